"""Arrivals at the villages of a system from its routed members, level by level, and the peak."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from services.flood.arrival_kernel import peaks, reached_steps
from services.flood.constants import EXCEEDANCE_HOURS, SECONDS_PER_HOUR
from services.flood.gauge_status import Draws
from services.flood.joint import JointForecast
from services.flood.model import LEVELS, FloatArray, State, Village
from services.flood.reach_draws import stratified_normal
from services.flood.sources import STEP_S

_EQUIVALENCE_SEED = 0xE0


@dataclass(frozen=True, slots=True)
class VillageArrivals:
    """What the routed members say of one village.

    `draws_s` has per level the epoch second of arrival, shape (members,): the routing's beginning
    where it was above as long as that looks back, inf where it never comes. `peak` and `peak_s`
    are the median highest relative exceedance from now on, and when.
    """

    draws_s: Mapping[State, FloatArray]
    peak: float
    peak_s: float
    peak_level: State | None

    def p_within(self, level: State, now_s: float) -> dict[int, float]:
        """Return the probability of arrival within 1, 3, 6 and 12 hours."""
        draws = self.draws_s[level]
        return {
            hours: float(np.mean(draws <= now_s + hours * SECONDS_PER_HOUR))
            for hours in EXCEEDANCE_HOURS
        }


@dataclass(frozen=True, slots=True)
class Outlooks:
    """Arrivals by village (place_id, river_id) of all systems that could be routed."""

    villages: Mapping[tuple[str, str], VillageArrivals] = field(default_factory=dict)

    def of(self, village: Village) -> VillageArrivals | None:
        """Return what the routing says of a village, None where it says nothing."""
        return self.villages.get((village.place_id, village.river_id))


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
