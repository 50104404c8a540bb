"""What can be wrong with a table that somebody uploads or a source sends."""

from services.errors import CockpitError


class TableUnreadableError(CockpitError):
    """A file is no table that can be read: kind, encoding, size, header."""

    user_message = "Die Datei ist keine lesbare Tabelle (CSV oder Excel)."

    def __init__(self, why: str) -> None:
        super().__init__(why, user_message=f"Die Datei kann nicht gelesen werden: {why}.")


class TableMappingError(CockpitError):
    """The chosen columns do not fit the table or each other."""

    user_message = "Die Zuordnung der Spalten passt nicht zur Tabelle."

    def __init__(self, why: str) -> None:
        super().__init__(why, user_message=f"Die Zuordnung der Spalten passt nicht: {why}.")
