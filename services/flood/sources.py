"""What the gauges of a river system feed into the routing: relative exceedance over time, members.

The grid runs in steps of 300 s from 12 hours before the clock, so that waves on their way are in
the river when the forecast begins, to the horizon and `TAIL_H` beyond it, so that a late arrival
still has a time.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from services.flood.celerity import stratified_normal
from services.flood.constants import HISTORY_H, HORIZON_H, SECONDS_PER_HOUR
from services.flood.exceedance import Scale
from services.flood.gauge_status import Draws, GaugeStatus, Sides
from services.flood.model import FloatArray
from services.flood.regular import on_grid

STEP_S = 300.0
"""Step of the routing; the scheme divides it further where a wave is fast (METHOD B.2)."""

TAIL_H = 4.0
"""Hours beyond the horizon (estimate: a slow member's delay)."""

LATERAL_MEDIAN = 0.8
LATERAL_SIGMA = 0.45
"""What flows in from the sides beside what the gauge above sees: median share and spread of ln.
Storms end somewhere and waves flatten, so less comes than by area. Chosen on 23 simulated events
(seed 1, numbers 74 to 145): with 1 arrivals far below a gauge that had crossed were told two hours
early, with 0.6 the chances were too low. Scored on other events only."""

AHEAD_SHARE = 0.6
"""The sides answer the same rain before the gauge does, by this share of the time that water needs
from the middle of the river above it: 0.6 gave the best CRPS of 0, 0.6 and 1 on 48 simulated events
(seed 1, numbers 100 to 147)."""

KNOWN_SIGMA = 0.27
"""The same spread where the rain on the sides is known and the gauge has told how its catchment
answers; its median is one (estimates)."""

LOST_SIGMA = 0.5
"""The same for a gauge that fell silent and is replaced by its neighbours' change (estimate)."""

_LATERAL, _LOST, _RATING = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Grid:
    """The instants of a routing, epoch seconds; `now_step` is the step of the clock."""

    times_s: FloatArray
    now_step: int

    def steps_until(self, time_s: float) -> int:
        """Return the last step that is not after an instant, at least 0."""
        return max(0, int((time_s - float(self.times_s[0])) // STEP_S))


@dataclass(frozen=True, slots=True)
class Sources:
    """Courses of e, shape (members, steps, 2 gauges): first the gauges', then their sides'."""

    e: FloatArray
    heard: tuple[bool, ...]
    last_step: tuple[int, ...]
    """By gauge the step of its last valid reading; beyond the grid for an assumed course."""


def make_grid(now_s: float) -> Grid:
    """Return the grid around an instant."""
    before = int(HISTORY_H * SECONDS_PER_HOUR / STEP_S)
    after = int((HORIZON_H + TAIL_H) * SECONDS_PER_HOUR / STEP_S)
    return Grid(now_s + STEP_S * np.arange(-before, after + 1, dtype=np.float64), before)


def make_sources(
    gauges: tuple[str, ...],
    statuses: Mapping[str, GaugeStatus],
    scales: Mapping[str, Scale],
    grid: Grid,
    draws: Draws,
    ahead_h: Mapping[str, float],
) -> Sources | None:
    """Return the courses of all gauges of a system, None when none of them can be heard.

    `ahead_h` is by gauge how long before it the sides of the river below answer the same rain.
    """
    heard = tuple(_is_heard(name, statuses, scales) for name in gauges)
    if not any(heard):
        return None
    members, steps, count = draws.members, grid.times_s.size, len(gauges)
    # a source lies together in memory: that is how it is filled here, and read by the kernel
    e = np.moveaxis(np.zeros((2 * count, members, steps)), 0, 2)
    for index, name in enumerate(gauges):
        if heard[index]:
            z = _normal(name, _RATING, draws) if scales[name].sigmas is not None else None
            e[:, :, index] = _course(statuses[name], scales[name], grid, z)
    live = [index for index in range(count) if heard[index]]
    common = e[:, :, live].mean(axis=2)
    for index, name in enumerate(gauges):
        if not heard[index]:
            status, scale = statuses.get(name), scales.get(name)
            z = _normal(name, _LOST, draws)
            e[:, :, index] = _lost(status, scale, common, grid, np.exp(LOST_SIGMA * z))
        lead = int(ahead_h.get(name, 0.0) * AHEAD_SHARE * SECONDS_PER_HOUR / STEP_S)
        sides = statuses[name].sides if heard[index] else None
        if heard[index] and statuses[name].is_assumed:
            lead = 0  # nothing but the gauge's own course is assumed
        z = _normal(name, _LATERAL, draws)
        e[:, :, count + index] = _beside(e[:, :, index], lead, z, sides, grid)
    last = tuple(
        _last_step(statuses[name], grid) if heard[index] else -1
        for index, name in enumerate(gauges)
    )
    return Sources(e, heard, last)


def _is_heard(name: str, statuses: Mapping[str, GaugeStatus], scales: Mapping[str, Scale]) -> bool:
    status = statuses.get(name)
    return status is not None and status.is_usable and status.courses is not None and name in scales


def _course(
    status: GaugeStatus, scale: Scale, grid: Grid, z_rating: FloatArray | None
) -> FloatArray:
    """Return e per member and step: readings until the last one, then the nowcast's members.

    `z_rating` are standard draws of the rating curve's error, None for a gauge without one.
    """
    past = _with_error(
        np.interp(grid.times_s, status.times_s, scale.e(status.values)),
        np.interp(grid.times_s, status.times_s, scale.sigma(status.values)),
        z_rating,
    )
    courses = status.courses
    if courses is None or courses.times_s.size < 2:  # noqa: PLR2004  # a course has two ends
        return np.broadcast_to(past, (status.z_travel.size, grid.times_s.size))
    future = _with_error(scale.e(courses.members), scale.sigma(courses.members), z_rating)
    ahead = on_grid(courses.times_s, future, grid.times_s)
    return np.where(grid.times_s < courses.times_s[0], past, ahead)


def _beside(e: FloatArray, lead: int, z: FloatArray, sides: Sides | None, grid: Grid) -> FloatArray:
    """Return what enters from the sides: the gauge's course, sooner; by rain where that is told."""
    sooner = np.minimum(np.arange(grid.times_s.size) + lead, grid.times_s.size - 1)
    usual = e[:, sooner] * (LATERAL_MEDIAN * np.exp(LATERAL_SIGMA * z))[:, None]
    if sides is None:
        return usual
    told = on_grid(sides.times_s, sides.e, grid.times_s)
    told = told * np.exp(KNOWN_SIGMA * z)[:, None]
    return np.where(np.isnan(told), usual, told)


def _with_error(e: FloatArray, sigma: FloatArray, z_rating: FloatArray | None) -> FloatArray:
    """Return e with the rating curve's error of each member, a row a member."""
    return e if z_rating is None else e * np.exp(sigma * z_rating[:, None])


def _lost(
    status: GaugeStatus | None,
    scale: Scale | None,
    common: FloatArray,
    grid: Grid,
    factor: FloatArray,
) -> FloatArray:
    """Return what a silent gauge may do: from its last reading on as its neighbours do, wider."""
    if status is None or scale is None or not status.times_s.size or status.is_stuck:
        return common * factor[:, None]
    last = grid.steps_until(float(status.times_s[-1]))
    past = np.interp(grid.times_s, status.times_s, scale.e(status.values))
    if last >= grid.times_s.size:
        return np.broadcast_to(past, common.shape)
    change = (common - common[:, last : last + 1]) * factor[:, None]
    after = np.arange(grid.times_s.size) > last
    return np.where(after, np.maximum(past[last] + change, 0.0), past)


def _last_step(status: GaugeStatus, grid: Grid) -> int:
    if status.is_assumed:
        return int(grid.times_s.size)
    return grid.steps_until(float(status.times_s[-1]))


def _normal(name: str, what: int, draws: Draws) -> FloatArray:
    generator = np.random.default_rng([draws.seed, what, zlib.crc32(name.encode())])
    return stratified_normal(generator, draws.members)
