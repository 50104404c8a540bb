"""What a recurring job may fail with though it did the rest of its work."""

from collections.abc import Collection

from services.errors import CockpitError

MOST_NAMED = 3


class NotRolledUpError(CockpitError):
    """Some hours were left because a file of the archive is missing or damaged."""

    user_message = "Ein Teil der Stunden wurde nicht verdichtet: Dateien des Archivs fehlen."

    def __init__(self, hours: int, files: Collection[str]) -> None:
        named = ", ".join(sorted(files)[:MOST_NAMED])
        more = f" und {len(files) - MOST_NAMED} weitere" if len(files) > MOST_NAMED else ""
        super().__init__(
            user_message=(
                f"{hours} geänderte Stunden sind nicht verdichtet, weil Dateien des Archivs fehlen "
                f"oder beschädigt sind: {named}{more}. Bitte aus der Sicherung zurückholen."
            )
        )
