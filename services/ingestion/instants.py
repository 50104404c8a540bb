"""Which instant a reading belongs to (METHOD G.7), and whether that instant can be true."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.ingestion.fields import parse_time
from services.ingestion.model import Reason, Uplink

FUTURE_TOLERANCE = timedelta(minutes=2)
"""A clock may run ahead of the receipt by this much (METHOD B.9)."""

SUSPECT_AGE = timedelta(days=30)
"""Older readings are kept and marked: a wrong clock is likelier than a backlog (estimate)."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""Clocks that were never set show 1970 or 1980."""

MILLISECONDS_FROM = 1e11
"""Unix times from here on are milliseconds; in seconds this would be the year 5138."""


@dataclass(frozen=True, slots=True)
class TimeFault:
    """Why an instant cannot be that of a reading."""

    code: Reason
    reason: str


def uplink_time(uplink: Uplink) -> datetime | TimeFault:
    """Return the device's time, else the gateway's, else the event's.

    A gateway clock that cannot be true is passed over, because the event's time is there.
    """
    if uplink.device_time is not None:
        return checked(uplink.device_time, uplink.received_at)
    if uplink.gateway_time is not None:
        found = checked(uplink.gateway_time, uplink.received_at)
        if isinstance(found, datetime) or uplink.event_time is None:
            return found
    if uplink.event_time is not None:
        return checked(uplink.event_time, uplink.received_at)
    return TimeFault(Reason.NO_TIME, "Zeit fehlt oder ist nicht lesbar (ISO 8601 mit Zeitzone).")


def device_time(value: object, received_at: datetime) -> datetime | TimeFault:
    """Return an instant that the device gives: ISO 8601 with zone, or Unix time."""
    found = parse_time(value) if isinstance(value, str) else _unix_time(value)
    if found is None:
        return TimeFault(Reason.NO_TIME, "Gerätezeit fehlt oder ist nicht lesbar.")
    return checked(found, received_at)


def checked(at: datetime, received_at: datetime) -> datetime | TimeFault:
    """Return the instant if it can be true at this receipt."""
    if at > received_at + FUTURE_TOLERANCE:
        return TimeFault(
            Reason.TIME_IN_FUTURE,
            f"Zeit {_text(at)} liegt in der Zukunft (Empfang {_text(received_at)}).",
        )
    if at < EARLIEST:
        return TimeFault(Reason.TIME_NOT_SET, f"Zeit {_text(at)}: die Uhr war nicht gestellt.")
    return at


def age_note(at: datetime, received_at: datetime) -> str:
    """Return a note for a reading so old that its time calls for suspicion, else an empty text."""
    if received_at - at > SUSPECT_AGE:
        return f"Zeitstempel älter als {SUSPECT_AGE.days} Tage beim Empfang"
    return ""


def _unix_time(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
        return datetime.fromtimestamp(
            seconds / 1000 if abs(seconds) >= MILLISECONDS_FROM else seconds, UTC
        )
    except (ValueError, OverflowError, OSError):
        return None


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%d.%m.%Y %H:%M:%S UTC")
