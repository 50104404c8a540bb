"""Gauges that rise, with courses that know the rain on their catchment (see `rise`)."""

import math
import zlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from services.flood.celerity import stratified_normal
from services.flood.constants import SECONDS_PER_HOUR
from services.flood.exceedance import Scale
from services.flood.gauge_status import Draws, GaugeStatus, Sides
from services.flood.model import FloatArray
from services.flood.nowcast import COMMON_SHARE, Ensemble
from services.flood.rain.rise import WINDOW_H, Response, Rise, rain_rise
from services.flood.rain.series import GaugeRain, is_fresh, is_whole
from services.flood.regular import on_grid
from services.flood.trend import Trend

IntArray = NDArray[np.int64]

RISEN_E = 0.2
"""A rise of a fifth of the Voralarm flow tells how a catchment answers, also when it is over; less
may be noise (estimate)."""

_SEED, _ORDER = 0x2A1, 0x2A2


def informed(
    status: GaugeStatus,
    parts: tuple[Response, Scale],
    heard: GaugeRain,
    setting: tuple[float, Draws],
) -> GaugeStatus:
    """Return a gauge whose courses know the rain, itself where trend and readings alone speak.

    Parameters
    ----------
    status
        The gauge by its own readings.
    parts
        How its catchment answers rain, and its scale.
    heard
        Rain above it and beside the river below.
    setting
        Clock in epoch seconds, and draws.
    """
    now_s, draws = setting
    response, scale = parts
    own = status.trend
    readings = (status.times_s, scale.e(status.values))
    is_open = status.courses is not None and own is not None and not status.is_assumed
    if not is_open or own is None or not _speaks(heard, now_s):
        return status
    if not (own.is_rising or _has_risen(*readings)):
        return status
    seed = [draws.seed, _SEED, zlib.crc32(status.gauge.gauge_id.encode())]
    generator = np.random.default_rng(seed)
    rise = rain_rise(response, heard, readings, now_s, draws.members, generator)
    count = round(rise.trust * draws.members) if rise is not None else 0
    return status if rise is None or count == 0 else _told(status, (rise, count), scale, draws)


def _told(status: GaugeStatus, told: tuple[Rise, int], scale: Scale, draws: Draws) -> GaugeStatus:
    """Return the gauge with so many members from the rain, in the order of the common draws."""
    rise, count = told
    seed = [draws.seed, _ORDER, zlib.crc32(status.gauge.gauge_id.encode())]
    generator = np.random.default_rng(seed)
    own = status.trend
    common = math.sqrt(COMMON_SHARE) * draws.common()
    z = common + math.sqrt(1.0 - COMMON_SHARE) * stratified_normal(generator, draws.members)
    rank = np.argsort(np.argsort(z, kind="stable"), kind="stable")
    if own is not None and own.is_rising and status.courses is not None:
        return _prolonged(status, (own, status.courses), (rise, count, rank), scale, generator)
    sides = _filled(rise.sides[_spread(rise.sides, count)], rank.size)
    mixed = np.argsort(np.concatenate([_even(count), _even(rank.size - count)]), kind="stable")
    return replace(status, sides=Sides(rise.times_s, sides[mixed][rank]))


def _speaks(rain: GaugeRain, now_s: float) -> bool:
    return all(is_fresh(item, now_s) and is_whole(item, now_s) for item in (rain.above, rain.sides))


def _prolonged(
    status: GaugeStatus,
    known: tuple[Trend, Ensemble],
    told: tuple[Rise, int, IntArray],
    scale: Scale,
    generator: np.random.Generator,
) -> GaugeStatus:
    """Return a rising gauge whose courses follow the rain, some of them its trend."""
    own, by_trend = known
    rise, count, rank = told
    members = rank.size
    level = own.level + own.level_sigma * stratified_normal(generator, members)
    change = on_grid(rise.times_s, rise.change, by_trend.times_s)
    e = np.maximum(scale.e(level)[:, None] + change, 0.0)
    values = scale.from_reading(level, e)
    values = np.clip(values, min(own.lowest, own.level), max(status.gauge.range_max, own.level))
    rainy = _spread(values, count)
    others = _spread(by_trend.members, members - count)
    courses = np.concatenate([values[rainy], by_trend.members[others]])
    order = np.argsort(courses.max(axis=1), kind="stable")[rank]
    return replace(
        status,
        courses=Ensemble(by_trend.times_s, courses[order], may_cross=True),
        sides=Sides(rise.times_s, _filled(rise.sides[rainy], members)[order]),
        _crossings={},
    )


def _has_risen(times_s: FloatArray, e: FloatArray) -> bool:
    """Return whether the window holds a rise from which the catchment's answer can be told."""
    recent = e[times_s >= times_s[-1] - WINDOW_H * SECONDS_PER_HOUR]
    return bool(recent.max() - recent.min() >= RISEN_E)


def _filled(sides: FloatArray, members: int) -> FloatArray:
    """Return the rows with as many without a statement (NaN) as members lack."""
    missing = np.full((members - sides.shape[0], sides.shape[1]), np.nan)
    return np.concatenate([sides, missing])


def _even(count: int) -> FloatArray:
    return np.asarray((np.arange(count) + 0.5) / max(count, 1))


def _spread(members: FloatArray, count: int) -> IntArray:
    """Return which members to take, evenly from those that reach the least to the most."""
    order = np.argsort(members.max(axis=1), kind="stable")
    marks = ((np.arange(count) + 0.5) * members.shape[0] / max(count, 1)).astype(np.int64)
    return np.asarray(order[marks])
