"""Start values of thresholds: the stages at which the simulated truth reaches HQ1, HQ2 and HQ5.

All of it is an estimate, owned by nobody, until the operator confirms levels of its own.
"""

from typing import Final

import numpy as np

from services.simulation.truth import GAUGE_ZERO_BELOW_BED_M, Truth

FLOOD_FACTORS: Final = {"voralarm": 0.20, "warnung": 0.30, "alarm": 0.42}
"""HQ1, HQ2, HQ5 in m³/s per km²^0.75: estimate, scaled to an HQ100 of 78 m³/s at Nettegut."""
AREA_EXPONENT: Final = 0.75
"""Regional flood peaks grow with area^0.75 (estimate after common regional formulas)."""
HALF: Final = 0.5


def flood_discharge(area_km2: float, level: str) -> float:
    """Return the estimated peak discharge of a level's return period, m³/s."""
    return float(FLOOD_FACTORS[level] * area_km2**AREA_EXPONENT)


def stage_at(truth: Truth, river_id: str, river_km: float, discharge_m3s: float) -> float:
    """Return the stage that the truth shows at a point for a discharge, m above gauge zero."""
    cell = truth.cell_at(river_id, river_km)
    wanted = np.full(len(truth.cell_ids), discharge_m3s)
    depth = truth.channel.depth(truth.channel.area(wanted))[cell]
    return float(depth + GAUGE_ZERO_BELOW_BED_M)


def threshold(truth: Truth, river_id: str, river_km: float, level: str) -> float:
    """Return the start value of a gauge's threshold, m above gauge zero, to the centimetre."""
    area = float(truth.upstream_km2[truth.cell_at(river_id, river_km)])
    return round(stage_at(truth, river_id, river_km, flood_discharge(area, level)), 2)


def partial_threshold(
    truth: Truth, gauge: tuple[str, float], place: tuple[str, float], level: str
) -> float:
    """Return a gauge's equivalent level for a place beyond a confluence, to the centimetre.

    A gauge that sees less than half of the place's catchment must rise higher before it speaks for
    the place: alone it has to bring half of the place's flood, so its discharge is scaled by
    0.5 / share (estimate).
    """
    own = float(truth.upstream_km2[truth.cell_at(*gauge)])
    share = own / float(truth.upstream_km2[truth.cell_at(*place)])
    factor = max(HALF / share, 1.0)
    return round(stage_at(truth, *gauge, flood_discharge(own, level) * factor), 2)
