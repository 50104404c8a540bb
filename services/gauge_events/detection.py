"""Where waves begin and end: peaks over a threshold, set apart by time below it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from services.gauge_events.model import Reading, Wave

INDEPENDENCE = timedelta(hours=12)
"""Two exceedances with so long between falling below and rising again are two waves (estimate).

Flood statistics ask for five days and more (Lang et al. 1999, J. Hydrol. 225, 103-117), so that
peaks are independent samples. Here a wave is what a duty officer calls one: waves on our creeks
rise and fall within hours, and two storms on two evenings are two of them.
"""
LONGEST_GAP = timedelta(days=7)
"""A gap is no end of a wave; but one longer than this can't lie within one (estimate)."""


def waves(readings: Iterable[Reading], threshold: float, now: datetime) -> list[Wave]:
    """Return the waves of valid readings in order of time, the oldest first.

    Readings may be the extremes of hours: peaks and their times are exact then, the beginning and
    the end to the hour.
    """
    found: list[Wave] = []
    current: Wave | None = None
    before: datetime | None = None
    for at, value in readings:
        if current is not None and _is_apart(current, before, at, is_above=value >= threshold):
            found.append(current)
            current = None
        if value >= threshold:
            current = _grown(current, at, value)
        elif current is not None and current.ended_at is None:
            current = replace(current, ended_at=at)
        before = at
    if current is not None:
        found.append(_last(current, before, now))
    return found


def _is_apart(wave: Wave, before: datetime | None, at: datetime, *, is_above: bool) -> bool:
    """Tell whether a reading can't belong to the wave before it any more."""
    if before is not None and at - before > LONGEST_GAP:
        return True
    return is_above and wave.ended_at is not None and at - wave.ended_at >= INDEPENDENCE


def _grown(wave: Wave | None, at: datetime, value: float) -> Wave:
    if wave is None:
        return Wave(at, value, at, at)
    if value > wave.peak:
        wave = replace(wave, peak=value, peaked_at=at)
    return replace(wave, last_above_at=at, ended_at=None)


def _last(wave: Wave, before: datetime | None, now: datetime) -> Wave:
    is_fresh = before is not None and now - before <= LONGEST_GAP
    return replace(wave, is_ongoing=wave.ended_at is None and is_fresh)
