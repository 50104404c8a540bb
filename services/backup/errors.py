"""What a backup, restore or move may be refused for."""

from services.errors import CockpitError


class NothingToBackUpError(CockpitError):
    """The database has no tables yet."""

    user_message = (
        "Es gibt noch nichts zu sichern: Die Datenbank ist leer. Bitte das Cockpit einmal starten."
    )


class BackupUnreadableError(CockpitError):
    """The file is no backup, damaged or incomplete."""

    user_message = (
        "Die Sicherung ist nicht lesbar oder beschädigt; an der Datenbank wurde nichts geändert."
    )


class NewerSchemaError(CockpitError):
    """A newer build made the backup."""

    user_message = (
        "Die Sicherung stammt von einer neueren Fassung des Cockpits. Bitte erst das Cockpit "
        "aktualisieren."
    )


class TargetNotEmptyError(CockpitError):
    """The target has rows already."""

    user_message = (
        "Die Zieldatenbank ist nicht leer. Mit --force wird ihr Inhalt ersetzt; vorher sichern."
    )


class CountMismatchError(CockpitError):
    """Not as many rows arrived as were sent."""

    user_message = (
        "Im Ziel kam nicht jede Zeile an; an der Zieldatenbank wurde nichts geändert. Bitte melden."
    )


class FilesMissingError(CockpitError):
    """A file of the archive went while it was copied."""

    user_message = (
        "Während der Sicherung ist eine Datei des Archivs verschwunden; es wurde keine Sicherung "
        "geschrieben. Bitte den Ordner des Archivs prüfen und die Sicherung wiederholen."
    )


class SamePlaceError(CockpitError):
    """Source and target of a move are one database."""

    user_message = "Quelle und Ziel sind dieselbe Datenbank."
