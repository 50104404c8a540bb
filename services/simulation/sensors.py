"""Virtual sensors: what a radar sensor makes of the true stage, with its everyday faults."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from data.region_pack.rows import GaugeRow
from data.region_pack.scenarios import Scenario, SensorFault
from data.region_pack.sensor_rows import SensorRow
from services.simulation.rain import catchment_rain
from services.simulation.truth import STEP_S, FloatArray, TrueCourse

NOISE_M = 0.005
"""Standard deviation of a reading (docs/method/simulation.md)."""
DROPOUT = 0.03
"""Share of uplinks that radio loses (2-5 %)."""
DUPLICATE = 0.02
"""Share of uplinks that arrive twice (estimate)."""
LATE = 0.01
"""Share of uplinks that arrive with the delay below (estimate)."""
LATE_BY = timedelta(minutes=11)
JITTER_S = 20.0
SECONDS_PER_DAY = 86_400.0
SPIKE_EVERY = 4
"""One of so many readings of a spiking sensor stands out (estimate)."""
LATENCY_S = 2.0
SIZES_M = {"spike": 0.9, "step": 0.35, "drift": 0.3}
"""Size of a fault that names none: estimates; debris lifts a reading by 0.2 to 0.5 m."""
RAIN_DECIMALS = 2
CLOCK_DRIFT_S_PER_DAY = 1.0
"""A device's clock runs fast by so much since the event began (estimate)."""


@dataclass(frozen=True, slots=True)
class VirtualReading:
    """One measurement on its way: when taken, when received, stage, battery, frame counter."""

    gauge_id: str
    taken_at: datetime
    received_at: datetime
    stage_m: float
    battery_percent: float
    f_cnt: int
    rain_mm: float | None = None
    """Rain since the reading before; None where the sensor has no rain gauge."""


def virtual_readings(
    course: TrueCourse,
    scenario: Scenario,
    gauges: Mapping[str, GaugeRow],
    sensors: Sequence[SensorRow],
) -> Iterator[VirtualReading]:
    """Yield the readings of all stage sensors; the same scenario gives the same readings."""
    speaking = sorted({row.gauge_id for row in sensors if row.observed_property == "stage"})
    with_rain = {row.gauge_id for row in sensors if row.observed_property == "rain"}
    for order, gauge_id in enumerate(speaking):
        generator = np.random.default_rng([order, int(scenario.start.timestamp())])
        readings = _of_gauge(course, scenario, gauges[gauge_id], order, generator)
        if gauge_id not in with_rain:
            yield from readings
            continue
        steps = course.stage_m.shape[0]
        rain = catchment_rain(course.truth, scenario, gauges[gauge_id].river_id, steps)
        fallen = np.concatenate([[0.0], np.cumsum(rain)])
        for reading in readings:
            yield _with_rain(reading, gauges[gauge_id].sampling_min, course.start_s, fallen)


def _with_rain(
    reading: VirtualReading, sampling_min: float, start_s: float, fallen: FloatArray
) -> VirtualReading:
    """Return the reading with the rain since the one before; a lost uplink loses its rain."""
    end = (reading.taken_at.timestamp() - start_s) / STEP_S
    ends = np.array([end - sampling_min * 60.0 / STEP_S, end])
    before, after = np.interp(ends, np.arange(fallen.size), fallen)
    return replace(reading, rain_mm=round(float(after - before), RAIN_DECIMALS))


def _of_gauge(
    course: TrueCourse,
    scenario: Scenario,
    gauge: GaugeRow,
    order: int,
    generator: np.random.Generator,
) -> Iterator[VirtualReading]:
    if gauge.river_km is None:
        return
    stages = course.stage_m[:, course.truth.cell_at(gauge.river_id, gauge.river_km)]
    faults = [
        fault for fault in scenario.faults if not fault.gauges or gauge.gauge_id in fault.gauges
    ]
    step = gauge.sampling_min * 60.0
    phase = (order * 97.0) % step  # sensors were not switched on at the same minute
    last = float(stages[0])
    count = math.ceil((len(stages) * STEP_S - phase) / step)
    for number in range(count):
        seconds = phase + number * step + float(generator.uniform(-JITTER_S, JITTER_S))
        noise, lost = float(generator.normal(0.0, NOISE_M)), float(generator.random())
        late, twice = float(generator.random()), float(generator.random())
        index = min(max(int(seconds / STEP_S), 0), len(stages) - 1)
        taken_at = datetime.fromtimestamp(course.start_s + seconds, UTC)
        fault = next((f for f in faults if f.start <= taken_at < f.end), None)
        value = _faulty(fault, (taken_at, float(stages[index]) + noise), last, number)
        if value is None or lost < DROPOUT:
            continue
        last = value
        delay = LATE_BY if late < LATE else timedelta(seconds=LATENCY_S)
        if fault is not None and fault.kind == "late":
            delay += fault.end - taken_at
        ahead = timedelta(seconds=CLOCK_DRIFT_S_PER_DAY * seconds / SECONDS_PER_DAY)
        reading = VirtualReading(
            gauge.gauge_id,
            taken_at + ahead,
            taken_at + delay,
            max(round(value, 3), 0.0),
            round(100.0 - 0.01 * number, 1),
            number,
        )
        yield reading
        if twice < DUPLICATE:
            yield reading


def _faulty(
    fault: SensorFault | None, reading: tuple[datetime, float], last: float, number: int
) -> float | None:
    at, value = reading
    if fault is None or fault.kind == "late":
        return value
    if fault.kind in {"still", "stuck"}:
        return last if fault.kind == "stuck" else None
    size_m = SIZES_M[fault.kind] if fault.size_m is None else fault.size_m
    if fault.kind == "drift":
        size_m *= (at - fault.start) / (fault.end - fault.start)
    if fault.kind == "spike" and number % SPIKE_EVERY:
        size_m = 0.0
    return value + size_m
