from datetime import timedelta

import numpy as np
import pytest

from data.region_pack.scenarios import SensorFault
from services.simulation.sensors import virtual_readings
from services.simulation.truth import build_truth, route_lateral

GAUGE = "iot-nitz"


@pytest.fixture(scope="module")
def calm(region):
    scenario = region.scenarios["normal"]
    truth = build_truth(region.pack)
    lateral = np.tile(0.0045 * truth.area_km2, (24 * 60, 1))
    return route_lateral(truth, scenario.start.timestamp(), lateral), scenario


def readings(region, calm, **fault):
    course, scenario = calm
    window = {
        "start": scenario.start + timedelta(hours=6),
        "end": scenario.start + timedelta(hours=18),
    }
    faults = (SensorFault(gauges=(GAUGE,), **window, **fault),) if fault else ()
    changed = scenario.model_copy(update={"faults": faults})
    gauges = {row.gauge_id: row for row in region.pack.gauges}
    found = virtual_readings(course, changed, gauges, region.sensors)
    mine = {r.f_cnt: r for r in found if r.gauge_id == GAUGE}
    return mine, window


def lifted(region, calm, **fault):
    sound, _ = readings(region, calm)
    faulty, window = readings(region, calm, **fault)
    inside = {
        n: r.stage_m - sound[n].stage_m
        for n, r in faulty.items()
        if window["start"] <= r.taken_at < window["end"]
    }
    outside = [r.stage_m - sound[n].stage_m for n, r in faulty.items() if n not in inside]
    assert outside
    assert max(map(abs, outside)) == 0.0
    return inside


def test_debris_lifts_all_readings_by_the_same_step(region, calm):
    inside = lifted(region, calm, kind="step", size_m=0.4)
    assert all(value == pytest.approx(0.4, abs=0.002) for value in inside.values())


def test_drift_grows_slowly_to_its_size(region, calm):
    values = list(lifted(region, calm, kind="drift", size_m=0.3).values())
    assert values == sorted(values)
    assert values[0] < 0.02
    assert values[-1] == pytest.approx(0.3, abs=0.02)


def test_one_of_four_readings_of_a_spiking_sensor_stands_out(region, calm):
    inside = lifted(region, calm, kind="spike", size_m=0.7)
    high = {n for n, value in inside.items() if value > 0.5}
    assert high == {n for n in inside if n % 4 == 0}


def test_a_fault_without_a_size_has_the_usual_one(region, calm):
    inside = lifted(region, calm, kind="step")
    assert all(value == pytest.approx(0.35, abs=0.002) for value in inside.values())


def test_the_device_clock_runs_ahead_by_a_second_a_day(region, calm):
    course, _ = calm
    sound, _ = readings(region, calm)
    on_time = [r for r in sound.values() if (r.received_at - r.taken_at) < timedelta(minutes=1)]
    ahead = [2.0 - (r.received_at - r.taken_at).total_seconds() for r in on_time]
    day = [(r.taken_at.timestamp() - course.start_s) / 86_400 for r in on_time]
    assert ahead == pytest.approx(day, abs=1e-3)
