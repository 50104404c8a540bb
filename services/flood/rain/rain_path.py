"""From catchment rain to arrivals of the Voralarm level: runoff, lateral inflow, same routing.

Rain of the last 24 hours and what a forecast adds; beyond it no further rain. Flow is routed in
m³/s here, because rain gives it, and told only as a ratio to the planning flow of the Voralarm
level; it is never shown as a discharge. A gap in the rain counts as none: this path only ever
raises a state, so what it does not know can't clear anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from services.flood.arrivals import village_arrivals
from services.flood.constants import HISTORY_H, HORIZON_H, P_STATE, SECONDS_PER_HOUR
from services.flood.gauge_status import Draws
from services.flood.joint import JointForecast, reach_arrays, reach_tables, speed_factors
from services.flood.model import LEVELS, FloatArray, State, Village
from services.flood.outlooks import VillageArrivals
from services.flood.rain.network import RainNetwork
from services.flood.rain.rain_members import BASE_SPECIFIC, member_runoff, perturbation
from services.flood.rain.runoff import wetted
from services.flood.rain.series import RainSeries, is_fresh
from services.flood.reach_celerity import ReachCelerity
from services.flood.reach_graph import RiverSystem
from services.flood.routing.ensemble import Drive, Outputs, route_members
from services.flood.sources import STEP_S, TAIL_H, make_grid

MEMBERS = 100
"""Members of the rain path: its spread is wide, a percent is enough."""

EVENT_H = 24
"""Hours of rain that count as one event."""

ANTECEDENT_DAYS = 5
LEAST_KNOWN_DAYS = 4
"""Days before the event that tell how wet the ground is, and how many of them must be known."""


DRY_FACTOR = 1.01
"""No member's runoff is above base flow: nothing is routed."""

_DAY_S = 24 * SECONDS_PER_HOUR
_STEPS = int((EVENT_H + HORIZON_H + TAIL_H) * SECONDS_PER_HOUR / STEP_S)
_SKIPPED = int((EVENT_H - HISTORY_H) * SECONDS_PER_HOUR / STEP_S) - 1


@dataclass(frozen=True, slots=True)
class RainOutlook:
    """What the rain says of one village.

    `depth_mm` fell within 24 hours on its river's catchment or is forecast, `forecast_s` is the end
    of the forecast (the clock without one), `known_s` the time of the newest value.
    """

    arrivals: VillageArrivals
    depth_mm: float
    forecast_s: float
    known_s: float
    source: str


RainOutlooks = Mapping[tuple[str, str], RainOutlook]


def rain_outlooks(
    network: RainNetwork,
    celerity: ReachCelerity,
    villages: Mapping[tuple[str, str], Village],
    rain: Mapping[str, RainSeries],
    setting: tuple[float, int],
) -> dict[tuple[str, str], RainOutlook]:
    """Return what fresh rain says of the villages; systems without any fresh rain lack.

    Parameters
    ----------
    network, celerity, villages
        The rain path's network, wave speeds, villages by (place_id, river_id).
    rain
        Series by river; a river without one takes the mean of the others of its system.
    setting
        Clock in epoch seconds, and seed.
    """
    now_s, seed = setting
    found: dict[tuple[str, str], RainOutlook] = {}
    for system in network.systems:
        fresh = {
            name: rain[name]
            for name in system.rivers
            if name in rain and is_fresh(rain[name], now_s)
        }
        if fresh and system.outlets:
            known = {name: rain[name] for name in system.rivers if name in rain}
            told = _of_system((network, celerity), system, villages, known, (now_s, seed))
            found |= told if len(fresh) == len(known) else _only_warnings(told, now_s)
    return found


def _only_warnings(
    told: Mapping[tuple[str, str], RainOutlook], now_s: float
) -> dict[tuple[str, str], RainOutlook]:
    """Return what still warns: with a river's rain not heard, nothing is told to be over."""
    return {
        key: outlook
        for key, outlook in told.items()
        if outlook.arrivals.p_within(State.VORALARM, now_s)[HORIZON_H] >= P_STATE
    }


def _of_system(
    parts: tuple[RainNetwork, ReachCelerity],
    system: RiverSystem,
    villages: Mapping[tuple[str, str], Village],
    fresh: Mapping[str, RainSeries],
    setting: tuple[float, int],
) -> dict[tuple[str, str], RainOutlook]:
    network, celerity = parts
    now_s, seed = setting
    draws = Draws(MEMBERS, seed)
    begin_s = now_s - EVENT_H * SECONDS_PER_HOUR
    depths = {name: series.on_grid(begin_s, STEP_S, _STEPS) for name, series in fresh.items()}
    common: FloatArray = np.mean(list(depths.values()), axis=0)
    perturbed = perturbation(draws, STEP_S)
    runoff = np.empty((draws.members, _STEPS - _SKIPPED, len(system.gauges)))
    for index, name in enumerate(system.gauges):
        number = wetted(network.curve_number, _antecedent(fresh.get(name), begin_s), now_s)
        depth = _depth(depths, name, common)
        members = member_runoff(depth, number, network.lag_h[name], STEP_S, perturbed)
        runoff[:, :, index] = members[:, _SKIPPED:]
    if float(runoff.max()) <= BASE_SPECIFIC * DRY_FACTOR:
        arrivals = _nothing(system, draws.members)
    else:
        forecast = _routed(network, celerity, system, runoff, (now_s, draws))
        arrivals = village_arrivals(forecast, villages, draws)
    known = max(series.known_s for series in fresh.values())
    ends = max(float(series.times_s[-1]) for series in fresh.values())
    source = ", ".join(sorted({series.source for series in fresh.values() if series.source}))
    return {
        key: RainOutlook(
            item, float(_depth(depths, key[1], common).sum()), max(ends, now_s), known, source
        )
        for key, item in arrivals.items()
    }


def _depth(depths: Mapping[str, FloatArray], river_id: str, common: FloatArray) -> FloatArray:
    return depths.get(river_id, common)


def _nothing(system: RiverSystem, members: int) -> dict[tuple[str, str], VillageArrivals]:
    """Return arrivals that never come: nothing runs off, so nothing needs routing."""
    never = dict.fromkeys(LEVELS, np.full(members, np.inf))
    nothing = VillageArrivals(never, 0.0, 0.0, None)
    return {(outlet.place_id, outlet.river_id): nothing for outlet in system.outlets}


def _routed(
    network: RainNetwork,
    celerity: ReachCelerity,
    system: RiverSystem,
    runoff: FloatArray,
    setting: tuple[float, Draws],
) -> JointForecast:
    now_s, draws = setting
    count = len(system.reaches)
    none = np.full(count, -1, dtype=np.int64)
    area = np.array([max(reach.upper_km2, reach.lateral_km2) for reach in system.reaches])
    routed = route_members(
        reach_arrays(system),
        reach_tables(system, celerity, network.voralarm_flow(area)),
        speed_factors(system, celerity, draws),
        Drive(
            sources=runoff,
            lateral_source=np.array([reach.lateral for reach in system.reaches], dtype=np.int64),
            lateral_weight=np.array([reach.lateral_km2 for reach in system.reaches]),
            node_source=none,
            node_weight=np.zeros(count),
            node_splice=none,
            node_decay_steps=np.ones(count),
        ),
        Outputs(
            np.array([outlet.reach for outlet in system.outlets], dtype=np.int64),
            np.array([outlet.fraction for outlet in system.outlets]),
        ),
        STEP_S,
    )
    one = network.voralarm_flow(np.array([outlet.area_km2 for outlet in system.outlets]))
    e = np.divide(routed.values, one.astype(np.float32), dtype=np.float32)
    return JointForecast(system, make_grid(now_s), e, (True,) * len(system.gauges), 1.0)


def _antecedent(series: RainSeries | None, begin_s: float) -> float | None:
    """Return the rain of the five days before the event in mm, None where it is not known."""
    if series is None or series.times_s[0] > begin_s - LEAST_KNOWN_DAYS * _DAY_S:
        return None
    before = (series.times_s > begin_s - ANTECEDENT_DAYS * _DAY_S) & (series.times_s <= begin_s)
    return float(series.depth_mm[before].sum())
