"""How high, how steep, how long: a wave measured from its single readings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from services.archive.reading import Value
from services.flood.constants import MISSING_AGE_MIN
from services.flood.model import Flag
from services.gauge_context.rise import HOUR, TRUSTED, steepest_of
from services.gauge_events.gaps import Gap, gaps_of, may_hide_peak
from services.gauge_events.model import Reading, Wave, WaveFigures
from services.situation.model import Point

LEAD = timedelta(hours=6)
"""Hours before the first crossing that belong to the picture of a wave and to its rise
(estimate): creeks here take less from low water to their lowest threshold."""
LONGEST = timedelta(days=30)
"""Of a longer wave only the beginning is read (estimate): a threshold far too low would make one
wave of years."""
GAP_FACTOR = 3.5
"""So many sampling steps without a valid reading, and at least 45 minutes, are a gap: as where the
hydrograph breaks its line."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What waves of a gauge are measured by: lowest threshold, sampling step, time now."""

    threshold: float
    sampling: timedelta
    now: datetime

    @property
    def longest_step(self) -> timedelta:
        """Return from which distance on two readings have a gap between them."""
        return max(timedelta(minutes=MISSING_AGE_MIN), self.sampling * GAP_FACTOR)


def window(wave: Wave, now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when readings are needed to measure a wave."""
    end = _end(wave, now) + HOUR
    return wave.began_at - LEAD - HOUR, min(end, now)


def figures(values: Sequence[Value], wave: Wave, basis: Basis) -> WaveFigures:
    """Measure a wave from the readings of its window, in order of time.

    The ends of the wave need to be known to the hour only; the result has those of the readings.
    """
    known = [(at, value) for at, value, flag in values if value is not None and flag in TRUSTED]
    exact = _exact(known, wave, basis.threshold)
    end = _end(exact, basis.now)
    shown = [reading for reading in known if exact.began_at - LEAD <= reading[0] <= end]
    within = [reading for reading in shown if reading[0] >= exact.began_at]
    gaps = gaps_of(known, exact, basis.longest_step, basis.now)
    steepest = steepest_of(shown)
    return WaveFigures(
        wave=exact,
        points=tuple(Point(at, value, Flag.GOOD) for at, value in shown),
        sampling=basis.sampling,
        longest_step=basis.longest_step,
        steepest=steepest,
        hours_to_peak=(exact.peaked_at - exact.began_at) / HOUR,
        hours_above=_hours_above(within, basis),
        missing_share=_missing_share(within, (exact.began_at, end), basis.sampling),
        peak_may_be_missed=any(may_hide_peak(gap, exact, steepest) for gap in gaps),
        begins_in_gap=any(gap.until == exact.began_at for gap in gaps),
        ends_in_gap=_ends_in_gap(exact, gaps),
        has_gap=bool(gaps),
        is_silent=any(gap.after is None for gap in gaps),
        doubtful_peak=_doubtful(values, exact, end),
        is_cut=(exact.ended_at or exact.last_above_at) > wave.began_at + LONGEST,
    )


def _exact(known: Sequence[Reading], wave: Wave, threshold: float) -> Wave:
    """Return the wave with the instants of its single readings."""
    first = wave.began_at - HOUR
    above = [at for at, value in known if value >= threshold and at >= first]
    if not above:
        return wave
    last = max(above[-1], wave.last_above_at)
    ended = next((at for at, value in known if at > last and value < threshold), wave.ended_at)
    return replace(wave, began_at=above[0], last_above_at=last, ended_at=ended)


def _end(wave: Wave, now: datetime) -> datetime:
    """Return until when a wave is measured: its end, now while it runs, else its last reading."""
    end = wave.ended_at or (now if wave.is_ongoing else wave.last_above_at)
    return min(end, wave.began_at + LONGEST)


def _hours_above(within: Sequence[Reading], basis: Basis) -> float:
    total = timedelta()
    for (at, value), (later, _) in pairwise(within):
        if value >= basis.threshold and later - at <= basis.longest_step:
            total += later - at
    return total / HOUR


def _missing_share(
    within: Sequence[Reading], span: tuple[datetime, datetime], sampling: timedelta
) -> float:
    """Return which share of the readings that the sampling step promises is not there."""
    start, end = span
    expected = (end - start) // sampling
    if expected < 1:
        return 0.0
    return max(0.0, 1.0 - sum(at < end for at, _ in within) / expected)


def _ends_in_gap(wave: Wave, gaps: Sequence[Gap]) -> bool:
    if wave.ended_at is None:
        return not wave.is_ongoing
    return any(gap.until == wave.ended_at for gap in gaps)


def _doubtful(values: Sequence[Value], wave: Wave, end: datetime) -> float | None:
    suspect = [
        value
        for at, value, flag in values
        if value is not None and flag == Flag.SUSPECT and wave.began_at <= at <= end
    ]
    highest = max(suspect, default=None)
    return highest if highest is not None and highest > wave.peak else None
