"""Instants as text in answers, and from the text of a question."""

from datetime import UTC, datetime, timedelta

from services.errors import BadParameterError

FIRST, LAST = datetime(1800, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""What both databases and Python can calculate with, and no reading is outside of."""


def text_of(instant: datetime) -> str:
    """Return an instant of the store (UTC) as ISO 8601 with Z."""
    return instant.isoformat().replace("+00:00", "Z")


def instant_of(name: str, text: str) -> datetime:
    """Return the instant that a text names, in UTC.

    Raises
    ------
    BadParameterError
        When it is none, has no offset, or lies outside of 1800 to 2200.
    """
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
        is_possible = found.tzinfo is not None and FIRST <= found <= LAST
    except (ValueError, OverflowError):
        is_possible = False
    if not is_possible:
        words = (
            f"{name} muss ein Zeitpunkt mit Zeitzone von 1800 bis 2200 sein, "
            "zum Beispiel 2021-07-14T18:00:00Z."
        )
        raise BadParameterError(user_message=words)
    return found.astimezone(UTC)


def next_minute(instant: datetime) -> datetime:
    """Return the end of the minute: an answer is the same, byte for byte, for so long."""
    return instant.replace(second=0, microsecond=0) + timedelta(minutes=1)
