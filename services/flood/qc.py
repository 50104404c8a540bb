"""Quality flags of readings (QARTOD, METHOD B.9); a raw value is never changed.

Each test gives a flag and a German reason. `flag_reading` judges a new value at receipt,
`flag_series` a whole series afterwards, `resolve` looks back at what the next reading confirmed.
A rise that looks like a spike may be a flash flood: the following reading confirms it. A fall is
never confirmed by a second low reading, only by the time that makes it plausible.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.flood.constants import (
    MISSING_AGE_MIN,
    SECONDS_PER_HOUR,
    SECONDS_PER_MIN,
    SUSPECT_AGE_MIN,
)
from services.flood.model import Flag, FloatArray, IntArray, Series

STEP_MIN = 15.0
"""Rate limits are meant per 15 minutes (METHOD B.9)."""

MIN_STEP_MIN = 5.0
"""Shortest step for the rate test: event mode sends every 5 minutes (METHOD B.9)."""

DISCHARGE_RATE_SUSPECT_SHARE = 0.25
DISCHARGE_RATE_FAIL_SHARE = 0.625
DISCHARGE_SPIKE_SUSPECT_SHARE = 0.0375
DISCHARGE_SPIKE_FAIL_SHARE = 0.10
DISCHARGE_FLAT_SHARE = 0.000125
"""Stage limits (1, 2.5, 0.15, 0.4, 0.0005 m) as shares of a creek's usual 4 m range (estimate):
at a gauge that reports m³/s they apply to its measuring range."""

JUMP = "Sprung, noch nicht bestätigt"
FAST = "ungewöhnlich schnelle Änderung, unbestätigt"
TOO_FAST = "Sprung über der Grenze, unbestätigt"
NO_NUMBER = "kein Zahlenwert"
IN_FUTURE = "Zeitstempel liegt in der Zukunft"
OUT_OF_RANGE = "außerhalb des Messbereichs"
UNUSUAL = "außerhalb des Üblichen"
STILL = "unverändert, während Nachbarpegel steigen"


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one gauge in its own unit; the defaults are for stage in metres (METHOD B.9)."""

    range_min: float = -0.5
    range_max: float = 8.0
    rate_suspect: float = 1.0
    rate_fail: float = 2.5
    spike_suspect: float = 0.15
    spike_fail: float = 0.4
    jump_suspect: float = 0.4
    """Latest value beyond the course so far: the spike limit, judged before the next reading."""
    flat_tolerance: float = 0.0005
    flat_suspect_h: float = 3.0
    flat_fail_h: float = 6.0
    user_min: float = -math.inf
    user_max: float = math.inf
    """Beyond these a value is possible, but nobody has seen it: suspect (user range of QARTOD)."""
    future_tolerance_s: float = 120.0


def limits_for(unit: str, range_min: float, range_max: float) -> Limits:
    """Return the limits of a gauge from its unit ("m" or "m³/s") and measuring range."""
    if unit == "m":
        return Limits(range_min=range_min, range_max=range_max)
    span = range_max - range_min
    return Limits(
        range_min=range_min,
        range_max=range_max,
        rate_suspect=DISCHARGE_RATE_SUSPECT_SHARE * span,
        rate_fail=DISCHARGE_RATE_FAIL_SHARE * span,
        spike_suspect=DISCHARGE_SPIKE_SUSPECT_SHARE * span,
        spike_fail=DISCHARGE_SPIKE_FAIL_SHARE * span,
        jump_suspect=DISCHARGE_RATE_SUSPECT_SHARE * span,
        flat_tolerance=DISCHARGE_FLAT_SHARE * span,
    )


def staleness(age_s: float) -> int:
    """Return the flag of a gauge whose last valid reading is so old: good, suspect or missing."""
    if age_s > MISSING_AGE_MIN * SECONDS_PER_MIN:
        return Flag.MISSING
    if age_s > SUSPECT_AGE_MIN * SECONDS_PER_MIN:
        return Flag.SUSPECT
    return Flag.GOOD


def is_valid(flags: IntArray) -> NDArray[np.bool_]:
    """Return which flags let a reading take part in trend and level."""
    found: NDArray[np.bool_] = (flags == Flag.GOOD) | (flags == Flag.NOT_EVALUATED)
    return found


def flag_reading(
    recent: Series,
    time_s: float,
    value: float,
    limits: Limits,
    *,
    received_s: float | None = None,
    neighbours_rise: bool = False,
) -> tuple[int, str]:
    """Return flag and German reason of a new value.

    Parameters
    ----------
    recent
        Flagged readings of the same gauge in time order; those after `time_s` are ignored.
    time_s, value
        Phenomenon time in epoch seconds and value in the gauge's unit.
    limits
        Limits in the same unit.
    received_s
        Clock at receipt; without it the future-time test is not made.
    neighbours_rise
        Evidence for the flat-line test: a still sensor at low flow is normal, so it is suspect
        only while other gauges of the river move.
    """
    flag, reason = _gross(time_s, value, limits, received_s)
    if flag != Flag.GOOD:
        return flag, reason
    before = _before(recent, time_s)
    flag, reason = _rate(before, time_s, value, limits)
    if flag == Flag.GOOD and neighbours_rise:
        flag, reason = _flat(before, time_s, value, limits)
    if flag == Flag.GOOD and not limits.user_min <= value <= limits.user_max:
        return Flag.SUSPECT, UNUSUAL
    return flag, reason


def flag_series(series: Series, limits: Limits) -> IntArray:
    """Return flags for a whole series: each reading in turn, then spikes and confirmed rises.

    The flags that `series` carries are not used, save `MISSING`.
    """
    flags = np.full(series.times_s.shape, Flag.GOOD, dtype=np.int8)
    start = 0
    for index in range(flags.size):
        time_s = float(series.times_s[index])
        while time_s - series.times_s[start] > limits.flat_fail_h * SECONDS_PER_HOUR:
            start += 1
        recent = Series(series.times_s[start:index], series.values[start:index], flags[start:index])
        flags[index] = flag_reading(recent, time_s, float(series.values[index]), limits)[0]
    flags[series.flags == Flag.MISSING] = Flag.MISSING
    return resolve(Series(series.times_s, series.values, flags), limits).flags


def resolve(series: Series, limits: Limits) -> Series:
    """Return the series with flags seen in hindsight: rises confirmed, single spikes flagged."""
    flags = series.flags.copy()
    for index in np.flatnonzero((flags == Flag.SUSPECT) | (flags == Flag.FAIL)):
        if _is_confirmed_rise(series, flags, int(index), limits):
            flags[index] = Flag.GOOD
    _flag_spikes(series, flags, limits)
    return Series(series.times_s, series.values, flags)


def is_flat(times_s: FloatArray, values: FloatArray, limits: Limits) -> bool:
    """Return whether valid readings have not moved for as long as makes a flat line suspect."""
    if not times_s.size:
        return False
    seconds = float(times_s[-1]) - flat_since_s(times_s, values, limits)
    return seconds >= limits.flat_suspect_h * SECONDS_PER_HOUR


def flat_since_s(times_s: FloatArray, values: FloatArray, limits: Limits) -> float:
    """Return since when valid readings (at least one) have not moved, in epoch seconds."""
    moved = np.flatnonzero(np.abs(values - values[-1]) > limits.flat_tolerance)
    return float(times_s[int(moved[-1]) + 1 if moved.size else 0])


def suspect_high(series: Series, limits: Limits, lowest_level: float | None, now_s: float) -> bool:
    """Return whether an unresolved suspect reading may be the start of a flood (METHOD B.9).

    It is unresolved until a valid reading follows or 45 minutes pass, and high when it reaches the
    lowest level or jumps up from the last valid reading by more than the rate limit.
    """
    found = highest_suspect(series, limits, now_s)
    if found is None:
        return False
    valid = np.flatnonzero(is_valid(series.flags))
    jump = found[1] - float(series.values[valid[-1]]) if valid.size else 0.0
    return jump > limits.rate_suspect or (lowest_level is not None and found[1] >= lowest_level)


def highest_suspect(series: Series, limits: Limits, now_s: float) -> tuple[float, float] | None:
    """Return time and value of the highest unresolved suspect reading, None without one."""
    valid = np.flatnonzero(is_valid(series.flags))
    first = int(valid[-1]) + 1 if valid.size else 0
    times, values = series.times_s[first:], series.values[first:]
    open_now = np.isin(series.flags[first:], (Flag.SUSPECT, Flag.FAIL))
    open_now &= (values >= limits.range_min) & (values <= limits.range_max)
    open_now &= now_s - times <= MISSING_AGE_MIN * SECONDS_PER_MIN
    if not open_now.any():
        return None
    index = int(np.argmax(np.where(open_now, values, -np.inf)))
    return float(times[index]), float(values[index])


def _gross(
    time_s: float, value: float, limits: Limits, received_s: float | None
) -> tuple[int, str]:
    if not math.isfinite(value):
        return Flag.MISSING, NO_NUMBER
    if received_s is not None and time_s > received_s + limits.future_tolerance_s:
        return Flag.FAIL, IN_FUTURE
    if not limits.range_min <= value <= limits.range_max:
        return Flag.FAIL, OUT_OF_RANGE
    return Flag.GOOD, ""


def _before(recent: Series, time_s: float) -> Series:
    end = int(np.searchsorted(recent.times_s, time_s, side="left"))
    return Series(recent.times_s[:end], recent.values[:end], recent.flags[:end])


def _allowed(limit: float, seconds: float) -> float:
    """Return the change allowed in a step: the limit per 15 minutes, scaled to its length."""
    return limit * max(seconds / SECONDS_PER_MIN, MIN_STEP_MIN) / STEP_MIN


def _rate(before: Series, time_s: float, value: float, limits: Limits) -> tuple[int, str]:
    valid = np.flatnonzero(is_valid(before.flags))
    if valid.size == 0:
        return Flag.GOOD, ""
    last = int(valid[-1])
    change = value - float(before.values[last])
    seconds = time_s - float(before.times_s[last])
    is_confirmed = change > 0 and _continues_rise(before, last, (time_s, value), limits)
    is_slow = abs(change) <= _allowed(limits.rate_suspect, seconds)
    if is_confirmed or (is_slow and not _is_jump(before, valid, (time_s, value), limits)):
        return Flag.GOOD, ""
    if abs(change) > _allowed(limits.rate_fail, seconds):
        return Flag.FAIL, TOO_FAST
    return Flag.SUSPECT, JUMP if is_slow else FAST


def _is_jump(
    before: Series, valid: NDArray[np.int64], new: tuple[float, float], limits: Limits
) -> bool:
    """Return whether a value leaves the course so far upwards by what a spike does (B.9).

    The spike test needs the next reading; until then such a value is provisional.
    """
    last = int(valid[-1])
    if new[0] - float(before.times_s[last]) > MISSING_AGE_MIN * SECONDS_PER_MIN:
        return False
    rising = 0.0
    if valid.size > 1:
        rising = max(0.0, float(before.values[last] - before.values[int(valid[-2])]))
    return new[1] - float(before.values[last]) - rising > limits.jump_suspect


def _continues_rise(before: Series, last: int, new: tuple[float, float], limits: Limits) -> bool:
    """Return whether the new value holds or exceeds an unconfirmed high reading just before."""
    index = before.times_s.size - 1
    if index <= last or before.flags[index] == Flag.MISSING:
        return False
    seconds = new[0] - float(before.times_s[index])
    previous = float(before.values[index])
    return (
        seconds <= MISSING_AGE_MIN * SECONDS_PER_MIN
        and limits.range_min <= previous <= limits.range_max
        and previous > float(before.values[last])
        and _holds(new[1] - previous, seconds, limits)
    )


def _holds(change: float, seconds: float, limits: Limits) -> bool:
    fall, rise = _allowed(limits.rate_suspect, seconds), _allowed(limits.rate_fail, seconds)
    return -fall <= change <= rise


def _flat(before: Series, time_s: float, value: float, limits: Limits) -> tuple[int, str]:
    moved = np.flatnonzero(np.abs(before.values - value) > limits.flat_tolerance)
    first = int(moved[-1]) + 1 if moved.size else 0
    if first >= before.times_s.size:
        return Flag.GOOD, ""
    hours = (time_s - float(before.times_s[first])) / SECONDS_PER_HOUR
    if hours >= limits.flat_fail_h:
        return Flag.FAIL, STILL
    if hours >= limits.flat_suspect_h:
        return Flag.SUSPECT, STILL
    return Flag.GOOD, ""


def _is_confirmed_rise(series: Series, flags: IntArray, index: int, limits: Limits) -> bool:
    valid = np.flatnonzero(is_valid(flags[:index]))
    if index + 1 >= flags.size or valid.size == 0:
        return False
    value = float(series.values[index])
    if not limits.range_min <= value <= limits.range_max:
        return False
    last = int(valid[-1])
    seconds = float(series.times_s[index] - series.times_s[last])
    jump = value - float(series.values[last])
    least = min(_allowed(limits.rate_suspect, seconds), limits.jump_suspect)
    if jump <= least or not is_valid(flags)[index + 1]:
        return False
    until_next = float(series.times_s[index + 1] - series.times_s[index])
    change = float(series.values[index + 1]) - value
    return until_next <= MISSING_AGE_MIN * SECONDS_PER_MIN and _holds(change, until_next, limits)


def _flag_spikes(series: Series, flags: IntArray, limits: Limits) -> None:
    """Flag single readings that stand out from both neighbours; the latest can't be judged yet."""
    good = np.flatnonzero(is_valid(flags) & np.isfinite(series.values))
    if good.size < 3:  # noqa: PLR2004  # the test needs both neighbours
        return
    x, t = series.values[good], series.times_s[good]
    left, right = x[1:-1] - x[:-2], x[1:-1] - x[2:]
    apart = np.abs(x[1:-1] - (x[:-2] + x[2:]) / 2.0)
    near = (t[2:] - t[:-2]) <= 2.0 * MISSING_AGE_MIN * SECONDS_PER_MIN
    alone = (left * right > 0) & near & (np.minimum(np.abs(left), np.abs(right)) > apart / 2.0)
    middle = good[1:-1]
    flags[middle[alone & (apart > limits.spike_suspect)]] = Flag.SUSPECT
    flags[middle[alone & (apart > limits.spike_fail)]] = Flag.FAIL
