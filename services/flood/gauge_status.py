"""What a cycle knows of one gauge before it speaks of villages: validity, trend, courses, spans."""

import math
import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np

from services.flood import nowcast, qc
from services.flood.celerity import stratified_normal
from services.flood.constants import MISSING_AGE_MIN, SECONDS_PER_MIN
from services.flood.model import EngineGauge, Flag, FloatArray, Series, WhatIf
from services.flood.trend import Trend, trend

FUTURE_TOLERANCE_S = 120.0
"""Readings further ahead of the cycle's clock are left out (METHOD B.9)."""

UNJUDGED_SIGMA_M = 0.05
"""Spread of a value that no test has judged, such as one read off a staff in moving water by night
or told by telephone (estimate: five times that of a sensor's reading)."""

_COMMON = 0xC0
"""Second word of the seed of what all gauges share; a gauge's own is the checksum of its id."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which a gauge stood at or above a level; `down_s` is inf while it still does."""

    up_s: float
    down_s: float


@dataclass(frozen=True, slots=True)
class Draws:
    """How many members a cycle draws, and from which seed."""

    members: int
    seed: int

    def common(self) -> FloatArray:
        """Return the standard normal draws that all gauges share, one a member."""
        return stratified_normal(np.random.default_rng([self.seed, _COMMON]), self.members)


@dataclass(frozen=True, slots=True)
class Sides:
    """What the areas below a gauge make of the rain: e by member and step, NaN where not told."""

    times_s: FloatArray
    e: FloatArray


@dataclass(frozen=True, slots=True)
class GaugeStatus:
    """One gauge in one cycle; without a valid reading `trend` is None."""

    gauge: EngineGauge
    times_s: FloatArray
    values: FloatArray
    last_flag: int
    age_s: float | None
    is_suspect_high: bool
    suspect: tuple[float, float] | None
    trend: Trend | None
    courses: nowcast.Ensemble | None
    z_travel: FloatArray
    is_assumed: bool = False
    flat_flag: int = Flag.GOOD
    sides: Sides | None = None
    _crossings: dict[float, FloatArray] = field(default_factory=dict)

    @property
    def value(self) -> float | None:
        """Return the last valid value."""
        return float(self.values[-1]) if self.values.size else None

    @property
    def observed_at(self) -> datetime | None:
        """Return the instant of the last valid reading."""
        if not self.times_s.size:
            return None
        return datetime.fromtimestamp(float(self.times_s[-1]), tz=UTC)

    @property
    def metre(self) -> float:
        """Return what a metre of stage means in the gauge's unit."""
        return nowcast.metre_equivalent(self.gauge)

    @property
    def is_silent(self) -> bool:
        """Return whether neither a valid reading of at most 45 minutes nor an assumption exists."""
        if self.is_assumed:
            return False
        return self.age_s is None or self.age_s > MISSING_AGE_MIN * SECONDS_PER_MIN

    @property
    def is_stuck(self) -> bool:
        """Return whether the gauge stood still so long beside rising ones that it failed."""
        return self.flat_flag == Flag.FAIL and not self.is_assumed

    @property
    def is_usable(self) -> bool:
        """Return whether a path from this gauge is valid."""
        return not self.is_silent and not self.is_stuck

    @property
    def is_rising(self) -> bool:
        """Return whether the gauge rises, or rose when it was last heard."""
        return self.trend is not None and self.trend.is_rising

    @property
    def is_still(self) -> bool:
        """Return whether the readings of the last hours are all the same: a sign, no proof."""
        limits = qc.limits_for(self.gauge.unit, self.gauge.range_min, self.gauge.range_max)
        return qc.is_flat(self.times_s, self.values, limits)

    def crossings(self, level: float) -> FloatArray:
        """Return per member when the courses reach `level`, inf when never."""
        if level not in self._crossings:
            never = np.full(self.z_travel.size, np.inf)
            found = nowcast.first_crossings(self.courses, level) if self.courses else never
            self._crossings[level] = found
        return self._crossings[level]

    def spans(self, level: float) -> tuple[Span, ...]:
        """Return the observed times at or above `level`, oldest first."""
        return observed_spans(self.times_s, self.values, level)


def assess_gauge(
    gauge: EngineGauge,
    series: Series,
    now_s: float,
    draws: Draws,
    what_if: WhatIf | None = None,
) -> GaugeStatus:
    """Return the status of a gauge from its readings until `now_s`.

    Raises
    ------
    ValueError
        When series, thresholds or assumption can't be used.
    """
    _check(gauge, series)
    generator = np.random.default_rng([draws.seed, zlib.crc32(gauge.gauge_id.encode())])
    z_travel = stratified_normal(generator, draws.members)
    limits = qc.limits_for(gauge.unit, gauge.range_min, gauge.range_max)
    known = qc.resolve(_ordered(series, now_s), limits)
    valid = qc.is_valid(known.flags) & np.isfinite(known.values)
    times_s, values = known.times_s[valid], known.values[valid]
    age_s = max(0.0, now_s - float(times_s[-1])) if times_s.size else None
    found = _trend(gauge, times_s, values)
    if found is not None and known.flags[valid][-1] == Flag.NOT_EVALUATED:
        found = _wider(found, UNJUDGED_SIGMA_M * nowcast.metre_equivalent(gauge))
    is_fresh = age_s is not None and age_s <= MISSING_AGE_MIN * SECONDS_PER_MIN
    courses = None
    if what_if is not None:
        courses = _assumed(gauge, (times_s, values), what_if, now_s, draws.members)
    elif found is not None and is_fresh:
        courses = nowcast.ensemble(found, gauge, now_s, draws.common(), generator)
    lowest = min(gauge.thresholds.values(), default=None)
    is_high = qc.suspect_high(known, limits, lowest, now_s)
    return GaugeStatus(
        gauge=gauge,
        times_s=times_s,
        values=values,
        last_flag=int(known.flags[-1]) if known.flags.size else Flag.MISSING,
        age_s=age_s,
        is_suspect_high=is_high,
        suspect=qc.highest_suspect(known, limits, now_s) if is_high else None,
        trend=found,
        courses=courses,
        z_travel=z_travel,
        is_assumed=what_if is not None,
    )


def observed_spans(times_s: FloatArray, values: FloatArray, level: float) -> tuple[Span, ...]:
    """Return the times in which the readings stood at or above `level`, ends interpolated."""
    above = values >= level
    if not above.any():
        return ()
    edges = np.diff(above.astype(np.int8), prepend=0, append=0)
    spans = []
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        up_s = float(times_s[0]) if start == 0 else _between(times_s, values, int(start), level)
        down_s = math.inf if end == values.size else _between(times_s, values, int(end), level)
        spans.append(Span(up_s, down_s))
    return tuple(spans)


def _between(times_s: FloatArray, values: FloatArray, index: int, level: float) -> float:
    low, high = values[index - 1], values[index]
    share = (level - low) / (high - low)
    return float(times_s[index - 1] + share * (times_s[index] - times_s[index - 1]))


def _trend(gauge: EngineGauge, times_s: FloatArray, values: FloatArray) -> Trend | None:
    if not times_s.size:
        return None
    return trend(times_s, values, nowcast.metre_equivalent(gauge), gauge.sampling_min)


def _wider(found: Trend, sigma: float) -> Trend:
    """Return a trend whose last value is less sure."""
    return replace(found, level_sigma=math.hypot(found.level_sigma, sigma))


def _ordered(series: Series, now_s: float) -> Series:
    """Return the readings known at `now_s` in time order, the last of equal times only."""
    keep = np.isfinite(series.times_s) & (series.times_s <= now_s + FUTURE_TOLERANCE_S)
    order = np.flatnonzero(keep)[np.argsort(series.times_s[keep], kind="stable")]
    times = series.times_s[order]
    order = order[np.append(np.diff(times) > 0, True)] if order.size else order
    return Series(series.times_s[order], series.values[order], series.flags[order])


def _assumed(
    gauge: EngineGauge,
    readings: tuple[FloatArray, FloatArray],
    what_if: WhatIf,
    now_s: float,
    members: int,
) -> nowcast.Ensemble:
    times_s, values = readings
    if not times_s.size:
        raise ValueError(f"Was-wäre-wenn: {gauge.name} hat keinen gültigen Messwert")
    last = (float(times_s[-1]), float(values[-1]))
    return nowcast.assumed_ensemble(last, what_if, gauge, now_s, members)


def _check(gauge: EngineGauge, series: Series) -> None:
    if not series.times_s.shape == series.values.shape == series.flags.shape:
        raise ValueError(f"{gauge.name}: Zeiten, Werte und Kennungen sind verschieden lang")
    numbers = (*gauge.thresholds.values(), gauge.range_min, gauge.range_max, gauge.river_km)
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError(f"{gauge.name}: Schwelle, Messbereich oder Lage ist keine Zahl")
