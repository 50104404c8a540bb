"""The simulated truth: rivers as cells of about one kilometre, each a nonlinear storage.

The wave moves as dA/dt = (inflow - outflow) / length with outflow from the cell's own rating, so
volume is kept exactly. Parameters differ on purpose from what the engine believes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.region_pack.model import RegionPack
from data.region_pack.rows import (
    ReachRow,
    RiverRow,
)
from data.region_pack.scenarios import Scenario
from services.simulation.cascade import cascade, sections_of
from services.simulation.channel import Channel
from services.simulation.runoff import specific_runoff

FloatArray = NDArray[np.float64]
STEP_S = 60.0
CELL_KM = 1.0
ROUGHNESS_FACTOR = 1.25
"""Truth is rougher than the pack's reaches (estimate within the ±30 % of the method)."""
HIDDEN_INFLOW = 1.15
"""Side inflow that no map shows: 15 % more area (estimate within 10-30 %)."""
BASE_SPECIFIC = 0.0045
"""Mean low flow, m³/s per km² (median daily flow of Wernerseck 1.0 m³/s on 241 km²)."""
GAUGE_ZERO_BELOW_BED_M = 0.30
"""Gauge zero lies under the bed (estimate; Nettegut's usual stage is about 0.50 m)."""
SLOPE_LAG_H = 2.8
"""Catchment lag of a cell's own hill slopes in hours (estimate)."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A built truth network, cells ordered from source to mouth and tributaries before receivers.

    `downstream[i]` is the cell that cell i drains into, or -1 at the end of the network.
    """

    cell_ids: tuple[tuple[str, float], ...]
    channel: Channel
    area_km2: FloatArray
    upstream_km2: FloatArray
    downstream: NDArray[np.int64]

    def cell_at(self, river_id: str, river_km: float) -> int:
        """Return the index of the cell in which a point lies; cells are named by their lower km."""
        best, found = float("inf"), -1
        for index, (river, low_km) in enumerate(self.cell_ids):
            distance = abs(low_km + CELL_KM / 2.0 - river_km)
            if river == river_id and distance < best:
                best, found = distance, index
        if found < 0:
            raise LookupError(f"no cell on {river_id}")
        return found


@dataclass(frozen=True, slots=True)
class TrueCourse:
    """What really happened: discharge and stage of every cell, one row a minute."""

    truth: Truth
    start_s: float
    discharge_m3s: FloatArray
    stage_m: FloatArray


def build_truth(pack: RegionPack) -> Truth:
    """Return the truth network of a region pack, without rivers that were left out of it."""
    order = _rivers_in_order(tuple(row for row in pack.rivers if row.river_id not in pack.isolated))
    cells: list[tuple[str, float]] = []
    reach_of: list[ReachRow] = []
    areas: list[float] = []
    for river in order:
        lows = np.arange(river.length_km - CELL_KM, -CELL_KM, -CELL_KM)
        share = _local_area(river, pack.rivers) * HIDDEN_INFLOW / len(lows)
        for low in lows:
            low_km = max(float(low), 0.0)
            cells.append((river.river_id, low_km))
            reach_of.append(_reach_at(pack.reaches, river.river_id, low_km + CELL_KM / 2.0))
            areas.append(share)
    downstream = _downstream(cells, {river.river_id: river for river in order})
    area = np.array(areas)
    upstream = accumulate(area, downstream)
    return Truth(tuple(cells), _channel(reach_of), area, upstream, downstream)


def run_truth(truth: Truth, scenario: Scenario) -> TrueCourse:
    """Return the true course of a scenario."""
    start_s = scenario.start.timestamp()
    steps = int((scenario.end.timestamp() - start_s) / STEP_S) + 1
    return route_lateral(truth, start_s, _lateral(truth, scenario, steps))


def route_lateral(truth: Truth, start_s: float, lateral_m3s: FloatArray) -> TrueCourse:
    """Return the true course of inflows from the cells' slopes, shape (steps of 60 s, cells).

    The first row is taken as the steady state that the event begins with.
    """
    low_flow = accumulate(lateral_m3s[0], truth.downstream)
    discharge, depth = cascade(
        lateral_m3s,
        truth.channel.area(low_flow),
        truth.downstream,
        sections_of(truth.channel),
        STEP_S,
    )
    return TrueCourse(truth, start_s, discharge, depth + GAUGE_ZERO_BELOW_BED_M)


def accumulate(own: FloatArray, downstream: NDArray[np.int64]) -> FloatArray:
    """Return for each cell the sum of its own value and those of all cells above it."""
    total = own.copy()
    for index in range(len(total)):
        if downstream[index] >= 0:
            total[downstream[index]] += total[index]
    return total


def _lateral(truth: Truth, scenario: Scenario, steps: int) -> FloatArray:
    """Return the inflow from each cell's own hill slopes, m³/s, shape (steps, cells)."""
    times = scenario.start.timestamp() + np.arange(steps, dtype=np.float64) * STEP_S
    pulses = [
        pulse_shape(times, pulse.start.timestamp(), pulse.hours, pulse.depth_mm)
        for pulse in scenario.rain
    ]
    wet_by: dict[tuple[int, ...], FloatArray] = {}
    columns = []
    for river, low_km in truth.cell_ids:
        key = tuple(
            index
            for index, pulse in enumerate(scenario.rain)
            if (not pulse.rivers or river in pulse.rivers) and low_km >= pulse.above_km
        )
        if key not in wet_by:
            rain = sum((pulses[index] for index in key), np.zeros(steps))
            wet_by[key] = specific_runoff(rain, STEP_S, scenario.curve_number, SLOPE_LAG_H)
        columns.append(wet_by[key])
    return (np.stack(columns, axis=1) + BASE_SPECIFIC) * truth.area_km2


def pulse_shape(times_s: FloatArray, start_s: float, hours: float, depth_mm: float) -> FloatArray:
    """Rain per step with its peak at two thirds, like an Euler II design storm (DWA-A 118)."""
    position = (times_s - start_s) / (hours * 3600.0)
    peak_at = 2.0 / 3.0
    rising = position / peak_at
    falling = (1.0 - position) / (1.0 - peak_at)
    shape = np.clip(np.minimum(rising, falling), 0.0, None)
    total = shape.sum()
    return shape / total * depth_mm if total > 0 else np.zeros_like(shape)


def _rivers_in_order(rivers: tuple[RiverRow, ...]) -> list[RiverRow]:
    """Tributaries before the rivers that receive them; same order for any order of rows."""
    left = sorted(rivers, key=lambda river: river.river_id)
    done: list[RiverRow] = []
    while left:
        waiting = {river.receives_into for river in left}
        ready = [river for river in left if river.river_id not in waiting]
        done.extend(ready)
        left = [river for river in left if river not in ready]
    return done


def _local_area(river: RiverRow, rivers: tuple[RiverRow, ...]) -> float:
    tributaries = sum(
        other.area_km2 or 0.0 for other in rivers if other.receives_into == river.river_id
    )
    return max((river.area_km2 or 0.0) - tributaries, 0.0)


def _reach_at(reaches: tuple[ReachRow, ...], river_id: str, km: float) -> ReachRow:
    own = [reach for reach in reaches if reach.river_id == river_id]
    return min(own, key=lambda reach: max(reach.to_km - km, km - reach.from_km, 0.0))


def _downstream(cells: list[tuple[str, float]], rivers: dict[str, RiverRow]) -> NDArray[np.int64]:
    index_of: dict[str, list[int]] = {}
    for index, (river, _) in enumerate(cells):
        index_of.setdefault(river, []).append(index)
    result = np.full(len(cells), -1, dtype=np.int64)
    for river, own in index_of.items():
        result[own[:-1]] = own[1:]
        receiver, mouth = rivers[river].receives_into, rivers[river].mouth_km
        if receiver in index_of and mouth is not None:
            result[own[-1]] = min(
                index_of[receiver], key=lambda i: abs(cells[i][1] + CELL_KM / 2.0 - mouth)
            )
    return result


def _channel(reaches: list[ReachRow]) -> Channel:
    def column(name: str) -> FloatArray:
        return np.array([getattr(reach, name) for reach in reaches], dtype=float)

    return Channel(
        width_m=column("width_m"),
        floodplain_m=column("floodplain_width_m"),
        manning_n=column("manning_n") * ROUGHNESS_FACTOR,
        floodplain_n=column("floodplain_n") * ROUGHNESS_FACTOR,
        bankfull_m=column("bankfull_m"),
        slope=column("slope"),
        length_m=np.full(len(reaches), CELL_KM * 1000.0),
    )
