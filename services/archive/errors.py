"""What can be wrong with the archive."""

from services.errors import CockpitError


class ArchiveDamagedError(CockpitError):
    """A file of the archive is missing or not what was written."""

    user_message = (
        "Eine Datei des Archivs fehlt oder ist beschädigt. Bitte aus der Sicherung "
        "zurückholen; die Werte dieses Zeitraums werden nicht angezeigt."
    )

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
