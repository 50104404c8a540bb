"""The effect of other levels on a course of readings: pure, no store and no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from data.region_pack.columns import Level
from services.thresholds.checks import ORDER
from services.thresholds.effect_model import Crossing, EventEffect

QUIET_S = 24 * 3600.0
"""Readings above the lowest level that lie further apart are two events, as in the ledger."""
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """Readings of one event in time order, in the unit of the levels."""

    title: str
    kind: str
    times_s: FloatArray
    values: FloatArray
    flooded: bool | None
    flood_s: float | None = None


def event_effect(
    course: Course, before: Mapping[Level, float], after: Mapping[Level, float]
) -> EventEffect:
    """Return when each level was reached with the old and with the new values."""
    return EventEffect(
        title=course.title,
        kind=course.kind,
        began_at=_instant(float(course.times_s[0])),
        flooded=course.flooded,
        flood_at=None if course.flood_s is None else _instant(course.flood_s),
        crossings=tuple(
            Crossing(level, first(course, before.get(level)), first(course, after.get(level)))
            for level in ORDER
        ),
    )


def first(course: Course, level: float | None) -> datetime | None:
    """Return when a level was first reached, None for never."""
    if level is None:
        return None
    above = np.flatnonzero(course.values >= level)
    return _instant(float(course.times_s[above[0]])) if above.size else None


def stretches(times_s: FloatArray, values: FloatArray, lowest: float) -> list[tuple[int, int]]:
    """Return the events of a long series as (first, last) index: at or above the lowest level."""
    above = np.flatnonzero(values >= lowest)
    if not above.size:
        return []
    cuts = np.flatnonzero(np.diff(times_s[above]) > QUIET_S)
    starts, ends = [0, *(cuts + 1)], [*cuts, above.size - 1]
    return [(int(above[a]), int(above[b])) for a, b in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A level over all events: warned before and after, more and fewer, how many without flood."""

    level: str
    before: int
    after: int
    more: int
    more_dry: int
    more_unknown: int
    fewer: int
    fewer_flooded: int
    earlier_min: tuple[float, ...]
    """By how many minutes earlier, event by event where the level is reached both times."""


def count(events: Sequence[EventEffect], level: str) -> LevelCount:
    """Count what a change does to one level."""
    pairs = [
        (event, crossing)
        for event in events
        for crossing in event.crossings
        if crossing.level == level
    ]
    more = [e for e, c in pairs if c.before_at is None and c.after_at is not None]
    fewer = [e for e, c in pairs if c.before_at is not None and c.after_at is None]
    earlier = [c.earlier_min for _, c in pairs]
    return LevelCount(
        level=level,
        before=sum(c.before_at is not None for _, c in pairs),
        after=sum(c.after_at is not None for _, c in pairs),
        more=len(more),
        more_dry=sum(event.flooded is False for event in more),
        more_unknown=sum(event.flooded is None for event in more),
        fewer=len(fewer),
        fewer_flooded=sum(event.flooded is True for event in fewer),
        earlier_min=tuple(minutes for minutes in earlier if minutes is not None),
    )


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
