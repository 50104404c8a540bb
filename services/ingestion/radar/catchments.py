"""Which cells of the radar belong to which river: schematic, from the river lines of the pack.

Catchment boundaries are not in a region pack. Each cell belongs to the nearest river line, and of
those a river takes the nearest ones until their area is that of its own catchment, without its
tributaries. The shape is a belt along the river ("schematisch"), the area is right.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.region_pack.model import RegionPack
from services.flood.model import FloatArray
from services.flood.reach_graph import area_km2
from services.ingestion.radar.grid import CELL_M, COLUMNS, ROWS, cell_area_km2, project

CellArray = NDArray[np.int64]

MARGIN_CELLS = 25
"""Cells around the river lines that are looked at: a belt of 25 km on both sides is more than any
river here needs."""

LEAST_POINTS = 2


@dataclass(frozen=True, slots=True)
class RiverCells:
    """Cells of one river: flat indices in rising order, and the river's km nearest to each."""

    cells: CellArray
    km: FloatArray


def river_cells(pack: RegionPack) -> dict[str, RiverCells]:
    """Return the cells by river; rivers without a line or off the grid lack."""
    lines = _lines(pack)
    if not lines:
        return {}
    rows, columns = _window(lines)
    x = (columns + 0.5) * CELL_M
    y = (rows + 0.5) * CELL_M
    near = {name: _nearest(line, x, y) for name, line in lines.items()}
    away = {name: distance for name, (distance, _) in near.items()}
    nearest = np.argmin(np.stack([away[name] for name in lines]), axis=0)
    km2 = cell_area_km2(float(np.mean([row.lat for row in pack.river_points])))
    found: dict[str, RiverCells] = {}
    for number, name in enumerate(lines):
        own = np.flatnonzero(nearest == number)
        count = max(1, round(_own_km2(pack, name) / km2))
        chosen = own[np.argsort(away[name][own], kind="stable")[:count]]
        cells = rows[chosen].astype(np.int64) * COLUMNS + columns[chosen].astype(np.int64)
        if cells.size:
            order = np.argsort(cells)
            found[name] = RiverCells(cells[order], near[name][1][chosen][order])
    return found


def catchment_mean(rain_mm: NDArray[np.float32], cells: CellArray) -> float | None:
    """Return the mean over the cells that have a value, None when more than half have none."""
    values = rain_mm.ravel()[cells]
    known = np.isfinite(values)
    if not known.any() or 2 * int(known.sum()) < values.size:
        return None
    return float(values[known].mean(dtype=np.float64))


def _lines(pack: RegionPack) -> dict[str, FloatArray]:
    """Return by river its line: metres on the plane and km, shape (points, 3), rivers by name."""
    lines = {}
    for river in sorted(pack.rivers, key=lambda row: row.river_id):
        own = sorted(
            (row for row in pack.river_points if row.river_id == river.river_id),
            key=lambda row: row.river_km,
        )
        if len(own) >= LEAST_POINTS:
            lat, lon = np.array([row.lat for row in own]), np.array([row.lon for row in own])
            km = np.array([row.river_km for row in own])
            lines[river.river_id] = np.stack([*project(lat, lon), km], axis=1)
    return lines


def _window(lines: Mapping[str, FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Return rows and columns of the cells around all lines, both flat, inside the grid."""
    points = np.concatenate(list(lines.values()))[:, :2] / CELL_M
    low, high = points.min(axis=0) - MARGIN_CELLS, points.max(axis=0) + MARGIN_CELLS
    columns = np.arange(max(0, int(low[0])), min(COLUMNS, int(high[0]) + 1))
    rows = np.arange(max(0, int(low[1])), min(ROWS, int(high[1]) + 1))
    across, up = np.meshgrid(columns, rows)
    return up.ravel().astype(np.float64), across.ravel().astype(np.float64)


def _nearest(line: FloatArray, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the distance of points to a line of straight pieces in metres, and the km there."""
    least = np.full(x.shape, np.inf)
    at_km = np.zeros(x.shape)
    for (x0, y0, km0), (x1, y1, km1) in itertools.pairwise(line):
        dx, dy = x1 - x0, y1 - y0
        length = max(dx * dx + dy * dy, 1e-9)
        share = np.clip(((x - x0) * dx + (y - y0) * dy) / length, 0.0, 1.0)
        distance = np.hypot(x - x0 - share * dx, y - y0 - share * dy)
        at_km = np.where(distance < least, km0 + share * (km1 - km0), at_km)
        least = np.minimum(least, distance)
    return least, at_km


def _own_km2(pack: RegionPack, river_id: str) -> float:
    rivers = {row.river_id: row for row in pack.rivers}
    joined = sum(area_km2(row) for row in pack.rivers if row.receives_into == river_id)
    return max(area_km2(rivers[river_id]) - joined, 0.0)
