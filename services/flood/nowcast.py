"""Nowcast of one gauge: ensemble of courses to +12 h and first crossings (METHOD B.5).

A rise goes on for less the longer it has lasted (skill decays beyond half of the rise time, METHOD
B.5), and then recedes; a falling or still gauge is not extrapolated upwards.
Noise grows with the square root of the time since the last valid reading, so an old reading widens
the band.
"""

import math
from dataclasses import dataclass

import numpy as np

from services.flood.celerity import stratified_normal
from services.flood.constants import (
    HORIZON_H,
    RATING_EXPONENT,
    REFERENCE_STAGE_M,
    SECONDS_PER_HOUR,
    SECONDS_PER_MIN,
)
from services.flood.model import EngineGauge, FloatArray, WhatIf
from services.flood.trend import Trend

OVERDUE_GRACE_S = 120.0
"""A reading that is two minutes late is not overdue (clock tolerance of METHOD B.9)."""

STEP_S = 900.0
"""Grid of the ensemble: 15 minutes; crossings are interpolated inside a step."""

RISING_NOISE_M = 0.02
STILL_NOISE_M = 0.005
"""Growth of the ensemble's spread per square root of an hour, rising and else (estimate)."""

LASTING_H = 1.7
LASTING_POWER = -0.85
LASTING_SIGMA = 1.3
LEAST_RISE_H = 0.25
COMMON_SHARE = 0.7
"""How much a rise still brings: gain = slope · T, T log-normal with the median 1.7 h · r^-0.85, r
hours since the rise began (at least a quarter). Least absolute residuals of 2,600 rising readings
in 30 simulated events (seed 1, docs/method/lead-times.md); the slope itself told nothing more. The
share of the spread that all gauges of a region have in common, as one rain drives them, is an
estimate."""

SURE_RISE_M = 0.05
"""A rise of so much counts half, of more almost wholly: drizzle and noise of 5 mm make slopes of a
few centimetres an hour on calm days too (estimate, chosen so that the calm day warns nobody)."""

SPAN_SHARE = 1.3
"""A gain saturates at 1.3 times the way from the lowest stage seen to the highest level: G' =
S (1 - exp(-G / S)). In the same events the largest tenth of the gains was near 1.1 m whatever the
slope; the levels of these gauges lie about 0.9 m above low water."""

HALF_H = 0.87
HALF_POWER = 0.3
HALF_SIGMA = 0.4
SHAPE = 1.5
"""When it comes: half of the gain after 0.87 h · T^0.3 (spread of ln 0.4), by a Weibull course with
the exponent 1.5: a large gain from a small slope has to steepen. Fitted like the gain, to 2,100
rises by at least 10 cm in 48 events."""

RECESSION_H = 6.0
"""Damping time of a fall, and of the recession after an assumed peak (estimate)."""

PEAK_RECESSION_H = 8.0
PEAK_AFTER = 3.0
"""Recession of the excess over the lowest stage after a forecast peak (estimate, no local data);
a rise counts as peaked after three half times, at 97 % of what it can gain."""

OVERDUE_SLOPE_SIGMA_M_PER_H = 0.25
"""What a gauge may have begun to do since its next reading was due, per square root of an hour: the
slope noise of the trend filter (`trend.SLOPE_SIGMA_M_PER_H`). Two-sided: age alone warns a little
and clears nothing."""

WHAT_IF_HOURS = 3.0


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Courses of one gauge: times in epoch seconds, one row of values per member."""

    times_s: FloatArray
    members: FloatArray
    may_cross: bool
    """A rise is under way, or may have begun unseen: levels can be reached (METHOD B.5)."""


def metre_equivalent(gauge: EngineGauge) -> float:
    """Return what a metre of stage means in the gauge's unit.

    One for stage. For discharge the slope of the wide-channel rating at the lowest level,
    dQ/dh = (5/3) Q / h, with h = 1.5 m: 5 cm is then 5.6 % of the lowest level's discharge.
    """
    if gauge.unit == "m":
        return 1.0
    reference = min(gauge.thresholds.values(), default=(gauge.range_min + gauge.range_max) / 2.0)
    return max(RATING_EXPONENT * abs(reference) / REFERENCE_STAGE_M, 1e-6)


def ensemble(
    start: Trend,
    gauge: EngineGauge,
    now_s: float,
    common: FloatArray,
    generator: np.random.Generator,
) -> Ensemble:
    """Return courses from the last valid reading to 12 hours after `now_s`.

    Parameters
    ----------
    start
        Trend at the last valid reading.
    gauge
        The gauge, with levels and measuring range in its unit.
    now_s
        The cycle's clock, epoch seconds.
    common
        Standard normal draws that all gauges share, shape (members,).
    generator
        Source of the gauge's own draws.
    """
    metre = metre_equivalent(gauge)
    members = common.size
    hours = _grid_h(start.time_s, now_s)
    overdue_h = _overdue_h(start, gauge, now_s)
    z_level, z_slope, z_own, z_half = (stratified_normal(generator, members) for _ in range(4))
    level = start.level + start.level_sigma * z_level
    slope = _sure_slope(start, metre) + np.zeros(members)
    if not start.is_rising:
        slope = np.minimum(start.slope_per_h + start.slope_sigma * z_slope, 0.0)
    if overdue_h > 0:
        unseen = OVERDUE_SLOPE_SIGMA_M_PER_H * metre * math.sqrt(overdue_h)
        slope = slope + unseen * stratified_normal(generator, members)
    z_damping = math.sqrt(COMMON_SHARE) * common + math.sqrt(1.0 - COMMON_SHARE) * z_own
    gain = _gain(slope, start, hours, (z_damping, z_half), _ceiling(gauge, start))
    noise = (RISING_NOISE_M if start.is_rising else STILL_NOISE_M) * metre
    courses = level[:, None] + gain + noise * _walk(generator, members, hours)
    lowest = min(start.lowest, start.level)
    courses = np.clip(courses, max(gauge.range_min, lowest), max(gauge.range_max, start.level))
    may_cross = start.is_rising or overdue_h > 0
    return Ensemble(start.time_s + hours * SECONDS_PER_HOUR, courses, may_cross)


def _sure_slope(start: Trend, metre: float) -> float:
    """Return the slope of a rise, less while it has hardly left the noise of calm days.

    Its own spread is part of the spread of what the rise brings, which was fitted to it.
    """
    risen = max(start.level - start.lowest, 0.0)
    return max(start.slope_per_h, 0.0) * risen / (risen + SURE_RISE_M * metre)


def _overdue_h(start: Trend, gauge: EngineGauge, now_s: float) -> float:
    """Return for how long the next reading has been due."""
    due_s = start.time_s + (gauge.sampling_min + gauge.radio_min) * SECONDS_PER_MIN
    return max(0.0, now_s - due_s - OVERDUE_GRACE_S) / SECONDS_PER_HOUR


def _gain(
    slope: FloatArray,
    start: Trend,
    hours: FloatArray,
    z: tuple[FloatArray, FloatArray],
    ceiling: float | None,
) -> FloatArray:
    """Return the change of stage per member and hour: a rise and its recession, or a fall.

    `z` are the draws for how much a rise brings, and for when; `ceiling` is where it saturates.
    """
    median_h = LASTING_H * max(start.rise_h, LEAST_RISE_H) ** LASTING_POWER
    lasting = median_h * np.exp(LASTING_SIGMA * z[0])
    half = (HALF_H * lasting**HALF_POWER * np.exp(HALF_SIGMA * z[1]))[:, None]
    share = -np.expm1(-math.log(2.0) * (hours / half) ** SHAPE)
    rise = _saturated(np.maximum(slope, 0.0) * lasting, ceiling)[:, None] * share
    excess = np.maximum(start.level + rise - start.lowest, 0.0)
    since_peak = np.maximum(hours - PEAK_AFTER * half, 0.0)
    rise = rise + excess * np.expm1(-since_peak / PEAK_RECESSION_H)
    fall = np.minimum(slope, 0.0)[:, None] * RECESSION_H * -np.expm1(-hours / RECESSION_H)
    return np.where((slope > 0)[:, None], rise, fall)


def _ceiling(gauge: EngineGauge, start: Trend) -> float | None:
    """Return where a gain saturates, None for a gauge without a level above its lowest stage."""
    span = max(gauge.thresholds.values(), default=start.lowest) - start.lowest
    return SPAN_SHARE * span if span > 0 else None


def _saturated(gain: FloatArray, ceiling: float | None) -> FloatArray:
    return gain if ceiling is None else np.asarray(-ceiling * np.expm1(-gain / ceiling))


def assumed_ensemble(
    last: tuple[float, float],
    what_if: WhatIf,
    gauge: EngineGauge,
    now_s: float,
    members: int,
) -> Ensemble:
    """Return the assumed course from `now_s` on, the same in every member.

    `last` is the last valid reading (epoch seconds, value); it holds until `now_s`.
    """
    hours = _grid_h(now_s, now_s)
    duration = WHAT_IF_HOURS if what_if.hours is None else what_if.hours
    if what_if.peak is not None and what_if.rise_per_h > 0:
        until_peak = max(0.0, what_if.peak - last[1]) / what_if.rise_per_h
        duration = until_peak if what_if.hours is None else min(duration, until_peak)
    rise = what_if.rise_per_h * np.minimum(hours, duration)
    after = np.maximum(hours - duration, 0.0)
    course = np.clip(last[1] + rise * np.exp(-after / RECESSION_H), gauge.range_min, None)
    if not np.isfinite(course).all():
        raise ValueError(f"Was-wäre-wenn für {gauge.gauge_id}: keine brauchbaren Zahlen")
    courses = np.broadcast_to(course, (members, course.size))
    return Ensemble(now_s + hours * SECONDS_PER_HOUR, courses, may_cross=what_if.rise_per_h > 0)


def first_crossings(courses: Ensemble, level: float) -> FloatArray:
    """Return per member the epoch second at which it first reaches `level`, inf when never.

    Only a gauge that rises, or may have begun to, is extrapolated: else no member crosses.
    """
    count = courses.members.shape[0]
    never = np.full(count, np.inf)
    if not courses.may_cross:
        return never
    above = courses.members >= level
    reached = above.any(axis=1)
    if not reached.any():
        return never
    index = above.argmax(axis=1)
    before = np.maximum(index - 1, 0)
    row = np.arange(count)
    low, high = courses.members[row, before], courses.members[row, index]
    span = np.where(high > low, high - low, 1.0)
    share = np.where(index > 0, (level - low) / span, 0.0)
    start, end = courses.times_s[before], courses.times_s[index]
    return np.where(reached, start + share * (end - start), never)


def _grid_h(start_s: float, now_s: float) -> FloatArray:
    end_s = now_s + HORIZON_H * SECONDS_PER_HOUR
    steps = max(1, math.ceil((end_s - start_s) / STEP_S))
    return np.arange(steps + 1, dtype=np.float64) * (STEP_S / SECONDS_PER_HOUR)


def _walk(generator: np.random.Generator, members: int, hours: FloatArray) -> FloatArray:
    """Return standard random walks whose variance is the number of hours."""
    steps = generator.standard_normal((members, hours.size))
    steps[:, 0] = 0.0
    steps[:, 1:] *= np.sqrt(np.diff(hours))
    return np.asarray(np.cumsum(steps, axis=1), dtype=np.float64)
