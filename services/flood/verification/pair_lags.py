"""Travel of a level from gauge to gauge: the engine's celerity against the true course."""

import math
from collections.abc import Iterator
from typing import Final

from services.flood.constants import METRES_PER_KM, SECONDS_PER_MIN, Z80
from services.flood.model import LEVELS, EngineGauge, State
from services.flood.network import GaugePair, gauge_pairs
from services.flood.verification.baselines import VELOCITY_MS
from services.flood.verification.records import PairCase
from services.region import Region
from services.simulation.truth import STEP_S, TrueCourse

LONGEST_MIN: Final = 1440.0
"""A level that appears below more than a day later, or before, came another way."""


def pair_cases(region: Region, course: TrueCourse) -> Iterator[PairCase]:
    """Yield for each pair and level that both gauges reached its true and its forecast lag."""
    gauges = region.network.gauges
    for pair in gauge_pairs(region.pack, gauges):
        for level in LEVELS:
            upper = _crossing_min(course, gauges[pair.upper], level)
            lower = _crossing_min(course, gauges[pair.lower], level)
            if upper is None or lower is None or not 0.0 < lower - upper <= LONGEST_MIN:
                continue
            yield PairCase(
                pair=(pair.upper, pair.lower),
                level=level.value,
                truth_min=lower - upper,
                quantiles=lag_quantiles(pair),
                baseline_min=_minutes(pair.distance_km, VELOCITY_MS),
            )


def lag_quantiles(pair: GaugePair) -> tuple[float, float, float]:
    """Return P10, P50, P90 of a pair's travel time in minutes, as the engine believes."""
    c = pair.celerity
    return (
        _minutes(pair.distance_km, c.median_ms * math.exp(Z80 * c.sigma_fast)),
        _minutes(pair.distance_km, c.median_ms),
        _minutes(pair.distance_km, c.median_ms * math.exp(-Z80 * c.sigma_slow)),
    )


def _minutes(distance_km: float, celerity_ms: float) -> float:
    return distance_km * METRES_PER_KM / celerity_ms / SECONDS_PER_MIN


def _crossing_min(course: TrueCourse, gauge: EngineGauge, level: State) -> float | None:
    limit = gauge.thresholds.get(level)
    if limit is None:
        return None
    above = course.stage_m[:, course.truth.cell_at(gauge.river_id, gauge.river_km)] >= limit
    index = int(above.argmax())
    return index * STEP_S / SECONDS_PER_MIN if above[index] else None
