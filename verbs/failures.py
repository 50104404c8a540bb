"""Expected failures of a verb as one German sentence: what, where, what to do."""

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DatabaseError

from config import Settings
from data.region_pack.faults import RegionPackError
from data.region_pack.reasons import where_and_why
from services.errors import CockpitError

EXPECTED = (
    CockpitError,
    RegionPackError,
    DatabaseError,
    ArgumentError,
    ValidationError,
    OSError,
)
"""What a verb may fail with through its surroundings; everything else is a bug."""


def sentence(error: Exception) -> str:
    """Return what the terminal says about an expected failure; a bug is raised again."""
    match error:
        case CockpitError():
            text = error.user_message
        case RegionPackError():
            text = str(error)
        case DatabaseError():
            text = (
                f"Die Datenbank ist nicht benutzbar ({_one_line(error.orig)}). Bitte "
                "COCKPIT_DATABASE_URL, den Server oder die Datei im Ordner COCKPIT_STATE_DIR "
                "prüfen."
            )
        case ArgumentError():
            text = (
                "COCKPIT_DATABASE_URL ist nicht lesbar; erwartet wird "
                "postgresql+psycopg://Nutzer:Passwort@Rechner/Datenbank oder sqlite:////Pfad."
            )
        case ValidationError() if error.title == Settings.__name__:
            text = _settings(error)
        case OSError() if error.filename:
            text = (
                f"{error.filename} ist nicht benutzbar ({error.strerror}). Bitte Pfad und Rechte "
                "prüfen; der Ordner des Cockpits steht in COCKPIT_STATE_DIR."
            )
        case _:
            raise error
    return text


def _settings(error: ValidationError) -> str:
    faults = [where_and_why(item) for item in error.errors()]
    named = "; ".join(f"COCKPIT_{name.upper()}: {reason}" for name, reason in faults)
    return f"Eine Einstellung ist falsch. {named}. Alle Einstellungen: docs/operations.md."


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
