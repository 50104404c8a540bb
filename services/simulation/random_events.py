"""Random events: rain, truth parameters and sensor faults drawn from a seed.

A third of the events stays below Voralarm everywhere, a third reaches it, a third is a flood, so
that false alarms are punished and misses are seen: the rain's depth is searched until the highest
place is where the class wants it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.region_pack.model import RegionPack
from data.region_pack.scenarios import Scenario, SensorFault
from services.simulation.levels import threshold
from services.simulation.random_faults import random_faults
from services.simulation.runoff import specific_runoff_by_cell
from services.simulation.storms import KINDS, cell_positions, random_rain
from services.simulation.truth import (
    BASE_SPECIFIC,
    GAUGE_ZERO_BELOW_BED_M,
    STEP_S,
    TrueCourse,
    Truth,
    build_truth,
    route_lateral,
)
from services.simulation.variation import EventTruth, vary

FloatArray = NDArray[np.float64]

HOURS: Final = 36.0
"""Length of an event's truth; readings begin with it."""
WARM_UP_H: Final = 6.0
"""Hours of readings before the first cycle, as the trend filter wants them."""
RAIN_AFTER_H: Final = (5.0, 8.0)
FIRST_START: Final = datetime(2001, 1, 1, tzinfo=UTC)
APART: Final = timedelta(days=2)
CLASSES: Final = {"ruhig": (0.4, 0.97), "mittel": (1.03, 1.97), "hochwasser": (2.03, 2.8)}
"""Class of an event and the severity that its rain is scaled to, see `severity`."""
SEARCH_STEPS: Final = 9
FACTOR_RANGE: Final = (0.02, 12.0)
TOLERANCE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Targets:
    """Cells of exposed places and gauges with base depths at Voralarm and Alarm, in m."""

    cells: NDArray[np.int64]
    voralarm_m: FloatArray
    alarm_m: FloatArray


@dataclass(frozen=True, slots=True)
class Stage:
    """What all events of a region share: base truth, positions of cells, targets, gauge cells."""

    base: Truth
    positions: FloatArray
    targets: Targets
    gauge_cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RandomEvent:
    """One event: number, class, kind of rain, true course, and the faults as a scenario.

    `rain_mm` is the rain of each step on each cell of the truth, shape (steps, cells).
    """

    number: int
    kind: str
    rain: str
    severity: float
    course: TrueCourse
    rain_mm: FloatArray
    scenario: Scenario


def prepare_stage(
    pack: RegionPack, places: Sequence[tuple[str, float]], gauge_ids: Sequence[str]
) -> Stage:
    """Return what the events of a region share; `places` are (river, km) that can be flooded."""
    base = build_truth(pack)
    points = {row.gauge_id: (row.river_id, row.river_km) for row in pack.gauges}
    gauges = tuple(
        (name, base.cell_at(points[name][0], km))
        for name in sorted(gauge_ids)
        if (km := points[name][1]) is not None
    )
    cells = np.array([base.cell_at(*place) for place in places], dtype=np.int64)
    depths = [
        [threshold(base, *place, level) - GAUGE_ZERO_BELOW_BED_M for level in ("voralarm", "alarm")]
        for place in places
    ]
    low, high = np.array(depths).T
    return Stage(base, cell_positions(pack, base), Targets(cells, low, high), gauges)


def severity(depth_m: FloatArray, targets: Targets) -> float:
    """Return how bad a course is: 1 at the first place's Voralarm, 2 at Alarm, 3 at twice that.

    `depth_m` holds the highest depth of each cell.
    """
    found = depth_m[targets.cells]
    low, high = targets.voralarm_m, targets.alarm_m
    between = np.where(found < low, found / low, 1.0 + (found - low) / (high - low))
    scale = np.where(found < high, between, 1.0 + found / high)
    return float(scale.max())


def random_event(stage: Stage, seed: int, number: int) -> RandomEvent:
    """Return event `number` of a seed; the same two give the same event."""
    generator = np.random.default_rng([seed, number])
    kind = tuple(CLASSES)[number % len(CLASSES)]
    rain_kind = KINDS[int(generator.integers(len(KINDS)))]
    event = vary(stage.base, generator)
    start = FIRST_START + APART * number + timedelta(minutes=seed % 1440)
    steps = int(HOURS * 3600.0 / STEP_S) + 1
    rain = random_rain(
        rain_kind,
        (event.truth, stage.positions),
        float(generator.uniform(*RAIN_AFTER_H)),
        steps,
        generator,
    )
    wanted = float(generator.uniform(*CLASSES[kind]))
    course, factor = _scaled_course(event, rain, wanted, (start.timestamp(), stage.targets))
    reached = _severity_of(course, stage.targets)
    window = (start, start + timedelta(hours=HOURS))
    scenario = Scenario(
        id=f"zufall-{seed}-{number}",
        title=f"Zufallsereignis {number}",
        description=f"Zufallsereignis {number} ({kind}, {rain_kind})",
        start=start,
        play_from=start + timedelta(hours=WARM_UP_H),
        end=window[1],
        curve_number=event.curve_number,
        faults=_faults(stage, course, window, generator),
    )
    return RandomEvent(number, kind, rain_kind, reached, course, rain * factor, scenario)


def _severity_of(course: TrueCourse, targets: Targets) -> float:
    return severity(course.stage_m.max(axis=0) - GAUGE_ZERO_BELOW_BED_M, targets)


def _scaled_course(
    event: EventTruth, rain: FloatArray, wanted: float, setting: tuple[float, Targets]
) -> tuple[TrueCourse, float]:
    """Return the course whose severity is the wanted one, and the factor on the rain's depth.

    By bisection on the factor.
    """
    start_s, targets = setting
    low, high = (math.log(factor) for factor in FACTOR_RANGE)
    course = _course(event, rain, start_s)
    factor = 0.0
    for _ in range(SEARCH_STEPS):
        found = _severity_of(course, targets)
        if abs(found - wanted) < TOLERANCE / 2.0:
            break
        low, high = (factor, high) if found < wanted else (low, factor)
        factor = (low + high) / 2.0
        course = _course(event, rain * math.exp(factor), start_s)
    return course, math.exp(factor)


def _course(event: EventTruth, rain: FloatArray, start_s: float) -> TrueCourse:
    runoff = specific_runoff_by_cell(rain, STEP_S, event.curve_number, event.lag_h)
    base = BASE_SPECIFIC * event.base_factor
    return route_lateral(event.truth, start_s, (runoff + base) * event.truth.area_km2)


def _faults(
    stage: Stage,
    course: TrueCourse,
    window: tuple[datetime, datetime],
    generator: np.random.Generator,
) -> tuple[SensorFault, ...]:
    found: list[SensorFault] = []
    for gauge_id, cell in stage.gauge_cells:
        stages = course.stage_m[:, cell]
        river, low_km = course.truth.cell_ids[cell]
        peak = None
        if stages.max() >= threshold(stage.base, river, low_km + 0.5, "warnung"):
            peak = window[0] + timedelta(seconds=float(stages.argmax()) * STEP_S)
        found += random_faults(gauge_id, window, peak, generator)
    return tuple(found)
