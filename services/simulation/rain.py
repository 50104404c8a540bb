"""What a rain gauge beside a virtual sensor measures: the event's rain on its river's catchment."""

import numpy as np

from data.region_pack.scenarios import Scenario
from services.simulation.truth import STEP_S, FloatArray, Truth, pulse_shape


def catchment_rain(truth: Truth, scenario: Scenario, river_id: str, steps: int) -> FloatArray:
    """Return the mean rain on a river's own catchment in mm per step of 60 s, shape (steps,)."""
    times = scenario.start.timestamp() + np.arange(steps, dtype=np.float64) * STEP_S
    own = [index for index, (river, _) in enumerate(truth.cell_ids) if river == river_id]
    area = truth.area_km2[own]
    low_km = np.array([truth.cell_ids[index][1] for index in own])
    total = np.zeros(steps)
    for pulse in scenario.rain:
        if pulse.rivers and river_id not in pulse.rivers:
            continue
        share = float(area[low_km >= pulse.above_km].sum() / area.sum())
        shape = pulse_shape(times, pulse.start.timestamp(), pulse.hours, pulse.depth_mm)
        total += share * shape
    return total
