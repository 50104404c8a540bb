"""Random rain fields of an hour to half a day over the cells of the truth, mm per minute.

Three kinds: a design storm of Euler II shape, moving convective cells, a long frontal rain. Depths
are of the size that KOSTRA gives for the Eifel once in some years (20, 40, 80 mm in 1, 3, 12 h);
the event's search scales them.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.region_pack.model import RegionPack
from services.simulation.truth import CELL_KM, STEP_S, Truth, pulse_shape

FloatArray = NDArray[np.float64]

KINDS: Final = ("bemessungsregen", "gewitterzellen", "landregen")
DESIGN: Final = ((1.0, 20.0), (3.0, 40.0), (12.0, 80.0))
"""Hours and depth of the design storms (estimate of the size of KOSTRA depths in the Eifel)."""
RIVER_SIGMA: Final = 0.35
"""Log-normal spread of a storm's depth between the catchments (estimate)."""
CELL_SIGMA_KM: Final = 4.0
CELL_SPEED_MS: Final = (5.0, 10.0)
CELL_DEPTH_MM: Final = 40.0
"""Size, speed and depth at the centre of a convective cell (estimates)."""
CELLS: Final = (1, 4)
CELL_PAUSE_H: Final = (0.4, 1.2)
"""Number of cells on one track and the time between them (estimates)."""
FRONT_H: Final = (8.0, 16.0)
FRONT_MM: Final = 60.0
NOISE_STEP_MIN: Final = 5
NOISE_PHI: Final = 0.9
NOISE_SIGMA: Final = 0.5
"""AR(1) noise in time, a log-normal factor on the rain, per five minutes (estimates)."""
KM_PER_DEGREE: Final = 111.2


def cell_positions(pack: RegionPack, truth: Truth) -> FloatArray:
    """Return x and y of each cell in km, shape (cells, 2), along the pack's river points."""
    by_river: dict[str, list[tuple[float, float, float]]] = {}
    for point in pack.river_points:
        by_river.setdefault(point.river_id, []).append((point.river_km, point.lat, point.lon))
    latitude = np.mean([point.lat for point in pack.river_points])
    stretch = math.cos(math.radians(float(latitude)))
    found = []
    for river, low_km in truth.cell_ids:
        km, lat, lon = np.array(sorted(by_river[river])).T
        middle = low_km + CELL_KM / 2.0
        x = float(np.interp(middle, km, lon)) * KM_PER_DEGREE * stretch
        found.append((x, float(np.interp(middle, km, lat)) * KM_PER_DEGREE))
    return np.array(found)


def random_rain(
    kind: str,
    cells: tuple[Truth, FloatArray],
    begin_h: float,
    steps: int,
    generator: np.random.Generator,
) -> FloatArray:
    """Return the rain of one storm, mm per minute, shape (steps, cells).

    Parameters
    ----------
    kind
        One of `KINDS`.
    cells
        The truth and the positions of its cells.
    begin_h
        Hours from the first step to the rain's beginning.
    steps
        Steps of a minute.
    generator
        Source of all randomness.
    """
    truth, positions = cells
    hours: FloatArray = np.arange(steps, dtype=np.float64) * (STEP_S / 3600.0) - begin_h
    if kind == "gewitterzellen":
        rain = _moving_cells(hours, positions, generator)
    else:
        length_h, depth = _length_and_depth(kind, generator)
        rivers, river_of = np.unique([river for river, _ in truth.cell_ids], return_inverse=True)
        share = np.exp(RIVER_SIGMA * generator.standard_normal(len(rivers)))[river_of]
        shape = pulse_shape(hours * 3600.0, 0.0, length_h, depth)
        rain = shape[:, None] * share
    noisy: FloatArray = rain * _noise(steps, generator)[:, None]
    return noisy


def _length_and_depth(kind: str, generator: np.random.Generator) -> tuple[float, float]:
    if kind == "landregen":
        return float(generator.uniform(*FRONT_H)), FRONT_MM
    return DESIGN[int(generator.integers(len(DESIGN)))]


def _moving_cells(
    hours: FloatArray, positions: FloatArray, generator: np.random.Generator
) -> FloatArray:
    target = positions[int(generator.integers(len(positions)))]
    angle = generator.uniform(0.0, 2.0 * math.pi)
    speed_kmh = generator.uniform(*CELL_SPEED_MS) * 3.6
    heading = np.array([math.cos(angle), math.sin(angle)])
    along = (positions - target) @ heading
    across = (positions - target) @ np.array([-heading[1], heading[0]])
    passage_h = CELL_SIGMA_KM * math.sqrt(2.0 * math.pi) / speed_kmh
    peak_mm = CELL_DEPTH_MM / passage_h * (STEP_S / 3600.0)
    sideways = np.exp(-0.5 * (across / CELL_SIGMA_KM) ** 2)
    rain = np.zeros((len(hours), len(positions)))
    at_h = 1.0
    for _ in range(int(generator.integers(CELLS[0], CELLS[1] + 1))):
        ahead = along - speed_kmh * (hours[:, None] - at_h)
        rain += peak_mm * np.exp(-0.5 * (ahead / CELL_SIGMA_KM) ** 2) * sideways
        at_h += generator.uniform(*CELL_PAUSE_H)
    return rain


def _noise(steps: int, generator: np.random.Generator) -> FloatArray:
    count = math.ceil(steps / NOISE_STEP_MIN)
    shocks = generator.standard_normal(count) * NOISE_SIGMA * math.sqrt(1.0 - NOISE_PHI**2)
    values = np.empty(count)
    state = NOISE_SIGMA * generator.standard_normal()
    for index in range(count):
        state = NOISE_PHI * state + shocks[index]
        values[index] = state
    factors: FloatArray = np.exp(values - NOISE_SIGMA**2 / 2.0)
    return np.repeat(factors, NOISE_STEP_MIN)[:steps]
