"""What can be wrong with a radar file, in words for the person who imports it."""

from services.errors import CockpitError


class RadarFileError(CockpitError):
    """A radar file can't be read: no archive, no composite, cut off, or of another grid."""

    user_message = "Die Radardatei kann nicht gelesen werden."

    def __init__(self, why: str) -> None:
        super().__init__(why, user_message=f"Die Radardatei kann nicht gelesen werden: {why}.")
