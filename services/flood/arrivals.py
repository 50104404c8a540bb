"""Arrivals at the villages of a system from its routed members, level by level, and the peak."""

from collections.abc import Mapping, Sequence

import numpy as np

from services.flood.arrival_kernel import peaks, reached_steps
from services.flood.constants import SECONDS_PER_HOUR
from services.flood.gauge_status import Draws
from services.flood.joint import JointForecast
from services.flood.model import LEVELS, FloatArray, Village
from services.flood.outlooks import VillageArrivals
from services.flood.reach_draws import stratified_normal
from services.flood.sources import STEP_S, Grid

LEAD_SPREAD = 0.4
LEAST_SPREAD_S = 1200.0
"""What the routing does not know of an arrival still to come, chiefly where the rain falls between
gauge and village: spread of ln of the minutes that are left, and at least 20 minutes."""

STEEPENING = 1.0
"""A rise that comes at all comes sooner than its members tell while the water is low: those that
just reach a level late are many. The minutes left are shortened by exp(-(1 - e) / e_L), e now
at the village or above, e_L of the level; nothing once Voralarm stands (e >= 1), and nothing where
no gauge measured: the figure was fitted on gauges, and an assumed course is the same in all."""

PAST_SPREAD_S = 1800.0
RECENT_S = 4.0 * SECONDS_PER_HOUR
"""An arrival reckoned to have happened in the last hours has not been seen by anybody: half an hour
of spread, so that it may still be to come.

The five figures were fitted on 48 simulated events (seed 1, numbers 100 to 147) so that 80 % of the
arrivals lie within P10 to P90; scored on other events only (docs/method/verification.md)."""

_EQUIVALENCE_SEED, _TIMING_SEED = 0xE0, 0xE1


def village_arrivals(
    forecast: JointForecast, villages: Mapping[tuple[str, str], Village], draws: Draws
) -> dict[tuple[str, str], VillageArrivals]:
    """Return the arrivals at all villages of a system."""
    keys = [(outlet.place_id, outlet.river_id) for outlet in forecast.system.outlets]
    z = stratified_normal(np.random.default_rng([draws.seed, _EQUIVALENCE_SEED]), draws.members)
    usual = np.array(
        [[villages[key].exceedance.get(level, np.nan) for level in LEVELS] for key in keys]
    )
    sigma = np.array([villages[key].exceedance_sigma for key in keys])
    levels = usual[None, :, :] * np.exp(sigma[None, :] * z[:, None])[:, :, None]
    steps = reached_steps(forecast.e, levels, forecast.grid.now_step)
    times = float(forecast.grid.times_s[0]) + STEP_S * np.maximum(steps, 0.0)
    standing = _standing(forecast, [villages[key] for key in keys])
    sooner = _sooner(standing, usual) if forecast.is_measured else np.ones(usual.shape)
    times = _spread(times, sooner, forecast.grid, draws)
    highest = peaks(forecast.e, forecast.grid.now_step)
    share = highest[:, :, 0, None] / levels
    found = {}
    for index, key in enumerate(keys):
        middle = float(np.median(highest[:, index, 0]))
        when = float(np.median(highest[:, index, 1]))
        reached = [
            level
            for number, level in enumerate(LEVELS)
            if np.median(share[:, index, number]) >= 1.0
        ]
        found[key] = VillageArrivals(
            {
                level: times[:, index, number]
                for number, level in enumerate(LEVELS)
                if np.isfinite(usual[index, number])
            },
            middle,
            float(forecast.grid.times_s[0]) + STEP_S * when,
            reached[-1] if reached else None,
        )
    return found


def _standing(forecast: JointForecast, places: Sequence[Village]) -> FloatArray:
    """Return e now by place: of the place, or a higher one above it on the same river.

    So the minutes to a place further down are never shortened more.
    """
    now = np.median(forecast.e[:, forecast.grid.now_step, :], axis=0).astype(np.float64)
    highest: dict[str, float] = {}
    for index in sorted(range(len(places)), key=lambda number: -places[number].river_km):
        river = places[index].river_id
        now[index] = highest[river] = max(float(now[index]), highest.get(river, 0.0))
    return now


def _sooner(standing: FloatArray, levels: FloatArray) -> FloatArray:
    """Return the factor on the minutes that are left, by place and level."""
    below = np.maximum(1.0 - standing, 0.0)[:, None]
    return np.exp(-STEEPENING * below / levels)


def timing(draws: Draws) -> FloatArray:
    """Return the standard draws of how late each member is, everywhere in the region alike."""
    return stratified_normal(np.random.default_rng([draws.seed, _TIMING_SEED]), draws.members)


def _spread(times_s: FloatArray, sooner: FloatArray, grid: Grid, draws: Draws) -> FloatArray:
    """Return the arrivals, shape (members, places, levels), with the spread of what is not known.

    A member is early or late everywhere, so the order of the villages changes little.
    """
    now_s = float(grid.times_s[grid.now_step])
    z = timing(draws)[:, None, None]
    left = times_s - now_s
    ahead = np.maximum(left * sooner * np.exp(LEAD_SPREAD * z) + LEAST_SPREAD_S * z, 0.0)
    since = np.where(left > -RECENT_S, left + PAST_SPREAD_S * z, left)
    return now_s + np.where(left > 0, ahead, since)
