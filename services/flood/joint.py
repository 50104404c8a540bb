"""All gauges of a river system together: routed members, judged by what is observed below.

The routed quantity is relative exceedance times catchment area, e · A: at a confluence it adds up,
from the sides it grows with the area, and a gauge sets it. No discharge is invented where there is
no rating curve. `docs/method/joint-routing.md` derives it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from services.flood.constants import HISTORY_H, SECONDS_PER_HOUR
from services.flood.exceedance import Scale
from services.flood.flood_network import FloodNetwork
from services.flood.flow_classes import FLOOD, FLOW_CLASSES
from services.flood.gauge_status import Draws, GaugeStatus
from services.flood.model import FloatArray
from services.flood.reach_celerity import ReachCelerity
from services.flood.reach_draws import draw_standard
from services.flood.reach_graph import RiverSystem
from services.flood.reweight import WINDOW_H, log_likelihood, resample, weights
from services.flood.routing.ensemble import (
    Drive,
    Outputs,
    ReachArrays,
    ReachTables,
    route_members,
)
from services.flood.routing.reaches import KNOTS, knot_flows
from services.flood.sources import STEP_S, Grid, Sources, make_grid, make_sources

Float32Array = NDArray[np.float32]

SPLICE_DECAY_H = 2.0
"""A gauge's own nowcast counts fully at its last reading and fades with this time; then what comes
from above counts (estimate: the nowcast's skill decays within about half of a rise, METHOD B.5, and
what entered between two gauges goes on entering as long as the event lasts)."""

CALM_E = 0.6
"""Below this in the last 12 hours nothing on its way can reach a village's Voralarm: the spread of
levels between gauge and village is 0.28 in ln e, so 3 % of the members have it lower (estimate)."""

E_SCALE_MAX = 12.0
"""Exceedance at the last knot of the speed tables, beyond it the speed stays (estimate)."""

_SPEED_SEED = 0x5EED
_HOUR_STEPS = 3600.0 / STEP_S


@dataclass(frozen=True, slots=True)
class JointForecast:
    """Members of one system after routing and reweighting.

    `e` is the relative exceedance at the outlets, shape (members, steps, outlets).
    """

    system: RiverSystem
    grid: Grid
    e: Float32Array
    heard: tuple[bool, ...]
    effective_share: float
    """Part of the members that still carry weight after the observations below."""
    is_measured: bool = False
    """Whether it rests on measured gauges only: no assumed course, not rain alone."""
    gauge_e: Mapping[str, Float32Array] = field(default_factory=dict)
    """e at the gauges that have others above them, shape (members, steps)."""

    def column(self, place_id: str, river_id: str) -> int | None:
        """Return the outlet of a village, None where the system does not reach it."""
        for index, outlet in enumerate(self.system.outlets):
            if (outlet.place_id, outlet.river_id) == (place_id, river_id):
                return index
        return None


def forecast_system(
    system: RiverSystem,
    network: FloodNetwork,
    statuses: Mapping[str, GaugeStatus],
    now_s: float,
    draws: Draws,
) -> JointForecast | None:
    """Return the forecast of a system.

    None when none of its gauges can be heard, or when all of them are calm: then each path by
    itself says that nothing comes, and the routing would only say it again.
    """
    if _is_calm(system, statuses, network.scales, now_s):
        return None
    grid = make_grid(now_s)
    responses = network.rain.responses if network.rain is not None else {}
    ahead_h = {name: response.river_h for name, response in responses.items()}
    sources = make_sources(system.gauges, statuses, network.scales, grid, draws, ahead_h)
    if sources is None or network.celerity is None or not system.outlets:
        return None
    area = np.array([outlet.area_km2 for outlet in system.outlets])
    upper_km2 = np.array([reach.upper_km2 for reach in system.reaches])
    drive = _drive(system, sources)
    lower = np.flatnonzero(~_is_head(system) & (drive.node_source >= 0))
    places = len(system.outlets)
    routed = route_members(
        reach_arrays(system),
        reach_tables(system, network.celerity, upper_km2),
        speed_factors(system, network.celerity, draws),
        drive,
        Outputs(
            np.array([*(outlet.reach for outlet in system.outlets), *lower], dtype=np.int64),
            np.array([*(outlet.fraction for outlet in system.outlets), *np.zeros(lower.size)]),
        ),
        STEP_S,
    )
    weight = _weights(system, drive, routed.node_raw, statuses, network.scales, grid)
    chosen = resample(weight)
    return JointForecast(
        system,
        grid,
        np.divide(routed.values[chosen, :, :places], area.astype(np.float32), dtype=np.float32),
        sources.heard,
        float(1.0 / np.sum(weight**2) / weight.size),
        not any(statuses[name].is_assumed for name in system.gauges if name in statuses),
        {
            system.gauges[system.reaches[reach].gauge]: np.divide(
                routed.values[chosen, :, places + index],
                np.float32(upper_km2[reach]),
                dtype=np.float32,
            )
            for index, reach in enumerate(lower)
        },
    )


def _is_calm(
    system: RiverSystem,
    statuses: Mapping[str, GaugeStatus],
    scales: Mapping[str, Scale],
    now_s: float,
) -> bool:
    """Return whether every gauge is heard, rises nowhere, and no wave is on its way."""
    since_s = now_s - HISTORY_H * SECONDS_PER_HOUR
    for name in system.gauges:
        status, scale = statuses.get(name), scales.get(name)
        if status is None or scale is None or not status.is_usable or status.courses is None:
            return False
        recent = status.values[status.times_s >= since_s]
        is_low = bool((scale.e(recent) < CALM_E).all())
        if status.courses.may_cross or status.is_suspect_high or not is_low:
            return False
    return True


def reach_arrays(system: RiverSystem) -> ReachArrays:
    """Return the reaches of a system for the kernel."""
    return ReachArrays(
        np.array([reach.downstream for reach in system.reaches], dtype=np.int64),
        np.array([reach.length_m for reach in system.reaches]),
    )


def reach_tables(
    system: RiverSystem, celerity: ReachCelerity, flow_of_one: FloatArray
) -> ReachTables:
    """Return the median speed of each reach over the flow, linear in ln e between the classes.

    `flow_of_one` is by reach the routed flow at e = 1.
    """
    rows = _rows(system, celerity)
    flow_max = flow_of_one * E_SCALE_MAX
    e = knot_flows(np.full(1, E_SCALE_MAX), KNOTS)[0]
    centres = np.log(FLOW_CLASSES.centres)
    ln_e = np.log(np.maximum(e, FLOW_CLASSES.centres[0]))
    speed = np.exp([np.interp(ln_e, centres, celerity.ln_mean[row]) for row in rows])
    return ReachTables.from_celerity(flow_max, speed, np.zeros_like(speed))


def speed_factors(system: RiverSystem, celerity: ReachCelerity, draws: Draws) -> FloatArray:
    """Return the factor on the speed per member and reach, that of flows above Voralarm.

    Drawn for the system's own reaches, so that another river of the region changes nothing here.
    """
    rows = np.array(_rows(system, celerity))
    own, back = np.unique(rows, return_inverse=True)
    generator = np.random.default_rng([draws.seed, _SPEED_SEED])
    standard = draw_standard(celerity.correlation[np.ix_(own, own)], draws.members, generator)
    fast, slow = celerity.sigma_fast[own, FLOOD], celerity.sigma_slow[own, FLOOD]
    return np.asarray(np.exp(standard * np.where(standard > 0, fast, slow))[:, back])


def _rows(system: RiverSystem, celerity: ReachCelerity) -> list[int]:
    return [
        celerity.row_of(reach.river_id, (reach.upper_km + reach.lower_km) / 2.0)
        for reach in system.reaches
    ]


def _drive(system: RiverSystem, sources: Sources) -> Drive:
    count = len(system.gauges)
    gauge = np.array([reach.gauge for reach in system.reaches], dtype=np.int64)
    is_head = _is_head(system)
    steps = sources.e.shape[1]
    last = np.array([*sources.last_step, steps], dtype=np.int64)
    # an uppermost gauge has nothing above that could take over, a silent one below says nothing
    splice = np.where(is_head, steps, last[gauge])
    node = np.where((gauge >= 0) & (is_head | (splice >= 0)), gauge, -1)
    return Drive(
        sources=sources.e,
        lateral_source=np.array([count + reach.lateral for reach in system.reaches]),
        lateral_weight=np.array([reach.lateral_km2 for reach in system.reaches]),
        node_source=node,
        node_weight=np.array([reach.upper_km2 for reach in system.reaches]),
        node_splice=splice,
        node_decay_steps=np.full(gauge.size, SPLICE_DECAY_H * _HOUR_STEPS),
    )


def _is_head(system: RiverSystem) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which reaches have nothing above them in the graph."""
    fed = {reach.downstream for reach in system.reaches}
    return np.array([index not in fed for index in range(len(system.reaches))])


def _weights(
    system: RiverSystem,
    drive: Drive,
    node_raw: Float32Array,
    statuses: Mapping[str, GaugeStatus],
    scales: Mapping[str, Scale],
    grid: Grid,
) -> FloatArray:
    """Return how much each member counts after the gauges below others have been read."""
    logs = [np.zeros(drive.sources.shape[0])]
    is_head = _is_head(system)
    column = -1
    for index, reach in enumerate(system.reaches):
        if drive.node_source[index] < 0:
            continue
        column += 1
        name = system.gauges[reach.gauge]
        if is_head[index] or statuses[name].is_assumed:
            continue
        modelled = node_raw[:, :, column].astype(np.float64) / reach.upper_km2
        logs.append(log_likelihood(_residuals(statuses[name], scales[name], modelled, grid)))
    return weights(logs)


def _residuals(status: GaugeStatus, scale: Scale, modelled: FloatArray, grid: Grid) -> FloatArray:
    """Return modelled less read stage at the readings of the window, in metres."""
    last_s = float(status.times_s[-1])
    first_s = max(last_s - WINDOW_H * 3600.0, float(grid.times_s[0]))
    used = (status.times_s >= first_s) & (status.times_s <= float(grid.times_s[-1]))
    times, values = status.times_s[used], status.values[used]
    step = np.clip(((times - grid.times_s[0]) / STEP_S).round().astype(np.int64), 0, None)
    stage = scale.value(modelled[:, np.minimum(step, grid.times_s.size - 1)])
    return np.asarray((stage - values[None, :]) / status.metre)
