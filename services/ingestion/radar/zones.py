"""Which cells of the radar drain to a gauge, and which enter from the sides below it.

A river's cells (`catchments`) are cut where the reach graph is: at its gauges, along the km that is
nearest to each cell. A river without a gauge belongs to the stretch that it enters.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from data.region_pack.model import RegionPack
from services.flood.model import EngineGauge
from services.flood.rain.series import above_thing, sides_thing
from services.flood.reach_graph import RiverSystem
from services.ingestion.radar.catchments import CellArray, RiverCells


def gauge_zones(
    pack: RegionPack,
    gauges: Mapping[str, EngineGauge],
    systems: Sequence[RiverSystem],
    rivers: Mapping[str, RiverCells],
) -> dict[str, CellArray]:
    """Return the cells by thing; a zone without any cell lacks."""
    found: dict[str, CellArray] = {}
    for system in systems:
        for number, name in enumerate(system.gauges):
            gauge = gauges[name]
            stretches = [
                (reach.river_id, reach.lower_km, reach.upper_km)
                for reach in system.reaches
                if reach.lateral == number
            ]
            above = _from(pack, rivers, gauge.river_id, gauge.river_km)
            sides = [_between(pack, system, rivers, stretch) for stretch in stretches]
            found[above_thing(name)] = above
            found[sides_thing(name)] = np.unique(np.concatenate([*sides, _NO_CELLS]))
    return {name: cells for name, cells in found.items() if cells.size}


def _from(
    pack: RegionPack, rivers: Mapping[str, RiverCells], river_id: str, km: float
) -> CellArray:
    """Return the cells of a river from a point up, with all that enters above it."""
    own = rivers.get(river_id)
    parts = [_NO_CELLS] if own is None else [own.cells[own.km >= km]]
    parts += [
        _from(pack, rivers, row.river_id, 0.0)
        for row in pack.rivers
        if row.receives_into == river_id and row.mouth_km is not None and row.mouth_km >= km
    ]
    return np.unique(np.concatenate(parts))


def _between(
    pack: RegionPack,
    system: RiverSystem,
    rivers: Mapping[str, RiverCells],
    stretch: tuple[str, float, float],
) -> CellArray:
    """Return the cells beside a stretch, with the rivers without a gauge that enter it."""
    river_id, lower, upper = stretch
    own = rivers.get(river_id)
    parts = [_NO_CELLS] if own is None else [own.cells[(own.km >= lower) & (own.km < upper)]]
    gauged = {reach.river_id for reach in system.reaches}
    parts += [
        _from(pack, rivers, row.river_id, 0.0)
        for row in pack.rivers
        if row.receives_into == river_id
        and row.river_id not in gauged
        and row.mouth_km is not None
        and lower <= row.mouth_km < upper
    ]
    return np.concatenate(parts)


_NO_CELLS: CellArray = np.empty(0, dtype=np.int64)
