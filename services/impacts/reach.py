"""Whether the water is at an object: by the reading of a gauge, or by a level of its place."""

from dataclasses import dataclass
from datetime import datetime

from services.flood.model import LEVELS, State
from services.impacts.model import Reach
from services.situation.levels import LevelTime, level_times
from services.situation.model import GaugeView, VillageView

EXPECTED_FROM = 0.5
"""A level counts as expected from this chance within twelve hours (METHOD E, state rule)."""
ORDER = (Reach.REACHED, Reach.EXPECTED, Reach.POSSIBLE, Reach.UNKNOWN, Reach.NOT_TOLD)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an object now; see `ImpactView` for the fields."""

    reach: Reach
    earliest: datetime | None = None
    likely: datetime | None = None
    reached_at: datetime | None = None
    missing: float | None = None
    data_at: datetime | None = None


def by_gauge(value: float | None, gauge: GaugeView | None) -> Told:
    """Compare with the reading; a silent gauge that was above it last stays reached."""
    if gauge is None or value is None or gauge.value is None:
        return Told(Reach.UNKNOWN, data_at=gauge.observed_at if gauge else None)
    missing = value - gauge.value
    if missing <= 0:
        return Told(Reach.REACHED, missing=missing, data_at=gauge.observed_at)
    if gauge.is_silent:
        return Told(Reach.UNKNOWN, data_at=gauge.observed_at)
    return Told(Reach.NOT_TOLD, missing=missing, data_at=gauge.observed_at)


def by_level(level: State, village: VillageView | None, now: datetime) -> Told:
    """Look when the place reaches the level, or since when it or a higher one is reached."""
    result = village.result if village else None
    if village is None or result is None or village.state is State.UNBEKANNT:
        return Told(Reach.UNKNOWN)
    times = {time.level: time for time in level_times(result, now)}
    above = [times[each] for each in LEVELS[LEVELS.index(level) :] if each in times]
    reached = next((time for time in above if time.reached_at is not None), None)
    own = times.get(level)
    if reached is not None:
        since = reached.reached_at if reached.is_since_known(now) else None
        return _told(Reach.REACHED, own or reached, result.data_at, since)
    if own is None or own.earliest is None:
        return Told(Reach.NOT_TOLD, data_at=result.data_at)
    is_likely = own.chance is not None and own.chance >= EXPECTED_FROM
    return _told(Reach.EXPECTED if is_likely else Reach.POSSIBLE, own, result.data_at, None)


def _told(
    reach: Reach, time: LevelTime, data_at: datetime | None, reached_at: datetime | None
) -> Told:
    return Told(reach, time.earliest, time.likely, reached_at, None, data_at)


def urgency(reach: Reach, earliest: datetime | None, name: str) -> tuple[int, float, str]:
    """Return the key that sorts the most urgent first."""
    at = earliest.timestamp() if earliest else float("inf")
    return ORDER.index(reach), at, name
