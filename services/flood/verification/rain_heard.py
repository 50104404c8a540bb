"""The rain of an event as radar would report it: late, biased, noisy, or not at all.

Each gauge's catchment has a series of its own. What a radar composite makes of rain is wrong by a
factor that lasts (the relation of echo to rain of that day), one that differs between catchments,
and one that differs from interval to interval; a tenth of the events has no rain data.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.flood.model import FloatArray
from services.flood.rain.series import GaugeRain, RainSeries
from services.flood.reach_graph import RiverSystem
from services.simulation.random_events import RandomEvent
from services.simulation.truth import CELL_KM, STEP_S, Truth

INTERVAL_S: Final = 300.0
LATE_S: Final = 600.0
"""A composite of 5 minutes is there about ten minutes after its time (estimate)."""
DAY_SIGMA: Final = 0.3
CATCHMENT_SIGMA: Final = 0.2
INTERVAL_SIGMA: Final = 0.3
"""Spreads of ln of the factors (METHOD B.6 has 0.3 to 0.5 for the totals; the split is an
estimate)."""
NONE_CHANCE: Final = 0.1
"""Share of events without any rain data (estimate)."""


@dataclass(frozen=True, slots=True)
class RainZones:
    """Share of each cell of the truth in what drains to a gauge, and in the sides below it."""

    above: FloatArray
    sides: FloatArray


def rain_zones(
    truth: Truth, cells: Mapping[str, int], systems: Sequence[RiverSystem]
) -> dict[str, RainZones]:
    """Return the zones of each gauge, `cells` are those that the gauges stand in."""
    sides = _sides(truth, set(cells.values()), systems)
    found = {}
    for name, cell in cells.items():
        own = _share(truth, _upstream(truth, cell))
        beside = np.array([label == name for label in sides])
        found[name] = RainZones(own, _share(truth, beside) if beside.any() else own)
    return found


def _share(truth: Truth, inside: NDArray[np.bool_]) -> FloatArray:
    area = np.where(inside, truth.area_km2, 0.0)
    return np.asarray(area / area.sum())


def _upstream(truth: Truth, cell: int) -> NDArray[np.bool_]:
    """Return which cells drain to one; cells are in order of flow."""
    inside = np.zeros(len(truth.cell_ids), dtype=bool)
    inside[cell] = True
    for index in range(len(truth.cell_ids) - 1, -1, -1):
        below = int(truth.downstream[index])
        inside[index] |= below >= 0 and bool(inside[below])
    return inside


def _sides(
    truth: Truth, gauge_cells: Collection[int], systems: Sequence[RiverSystem]
) -> list[str | None]:
    """Return for each cell the gauge whose sides it belongs to, None above all gauges."""
    labels: list[str | None] = [None] * len(truth.cell_ids)
    for index in range(len(truth.cell_ids) - 1, -1, -1):
        river, low_km = truth.cell_ids[index]
        labels[index] = _lateral(systems, river, low_km + CELL_KM / 2.0)
        below = int(truth.downstream[index])
        if labels[index] is None and below >= 0 and below not in gauge_cells:
            labels[index] = labels[below]
    return labels


def _lateral(systems: Sequence[RiverSystem], river_id: str, km: float) -> str | None:
    for system in systems:
        for reach in system.reaches:
            if reach.river_id == river_id and reach.lower_km <= km < reach.upper_km:
                return system.gauges[reach.lateral]
    return None


def hear_rain(
    event: RandomEvent, zones: Mapping[str, RainZones], generator: np.random.Generator
) -> dict[str, GaugeRain]:
    """Return the whole event's series by gauge, empty when nobody reports rain."""
    if generator.random() < NONE_CHANCE:
        return {}
    day = DAY_SIGMA * generator.standard_normal()
    return {
        name: GaugeRain(
            _heard(event, zones[name].above, day, generator),
            _heard(event, zones[name].sides, day, generator),
        )
        for name in sorted(zones)
    }


def _heard(
    event: RandomEvent, share: FloatArray, day: float, generator: np.random.Generator
) -> RainSeries:
    per = int(INTERVAL_S / STEP_S)
    steps = len(event.rain_mm) // per
    times = event.course.start_s + INTERVAL_S * np.arange(1, steps + 1, dtype=np.float64)
    own = CATCHMENT_SIGMA * generator.standard_normal()
    noise = INTERVAL_SIGMA * generator.standard_normal(steps)
    depth = (event.rain_mm[: steps * per] @ share).reshape(steps, per).sum(axis=1)
    return RainSeries(times, depth * np.exp(day + own + noise), float(times[-1]))


def known_rain(heard: Mapping[str, GaugeRain], now_s: float) -> dict[str, GaugeRain]:
    """Return what has been received at an instant."""
    found = {}
    for name, rain in heard.items():
        if rain.above.times_s[0] <= now_s - LATE_S:
            found[name] = GaugeRain(_known(rain.above, now_s), _known(rain.sides, now_s))
    return found


def _known(series: RainSeries, now_s: float) -> RainSeries:
    count = int(np.searchsorted(series.times_s, now_s - LATE_S, side="right"))
    times = series.times_s[:count]
    return RainSeries(times, series.depth_mm[:count], float(times[-1]), "Radar")
