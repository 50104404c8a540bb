"""What a result tells beyond its own level: all levels' arrivals, the peak and its class."""

from datetime import UTC, datetime

from services.flood.model import LEVELS, OUTLOOK_QUANTILES, LevelOutlook, State
from services.flood.village_view import View

BELOW_LEVELS = "unter Voralarm"
PEAK_CLASSES = {
    State.VORALARM: "Voralarmstufe",
    State.WARNUNG: "Warnstufe",
    State.ALARM: "Alarmstufe",
}
"""Provisional classes (METHOD E): no return period is told where no official one exists."""


def outlook(view: View, now: datetime) -> dict[State, LevelOutlook]:
    """Return quantiles and chances of each level that something speaks of."""
    found = {}
    for level in LEVELS:
        arrival = view.arrival(level)
        if arrival is not None:
            found[level] = LevelOutlook(
                arrival.instants(OUTLOOK_QUANTILES),
                {f"{hours}h": p for hours, p in arrival.p_within.items()},
                arrival.ahead(OUTLOOK_QUANTILES, now.timestamp()),
            )
    return found


def peak_class(view: View) -> str | None:
    """Return the class of the likely highest level from now on, None without a forecast."""
    if view.peak is None:
        return None
    return PEAK_CLASSES.get(view.peak.peak_level or State.OK, BELOW_LEVELS)


def peak_at(view: View) -> datetime | None:
    """Return when the highest level is likely, None without one to come."""
    if view.peak is None or view.peak.peak_level is None:
        return None
    return datetime.fromtimestamp(view.peak.peak_s, tz=UTC)
