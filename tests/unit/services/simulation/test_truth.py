from datetime import UTC, datetime

import numpy as np
import pytest

from services.simulation import truth as truth_module
from services.simulation.levels import partial_threshold, threshold
from services.simulation.runoff import effective_rain, nash_unit_hydrograph, specific_runoff
from services.simulation.truth import STEP_S, build_truth, run_truth


@pytest.fixture(scope="module")
def truth(region):
    return build_truth(region.pack)


@pytest.fixture(scope="module")
def flood(region, truth):
    return run_truth(truth, region.scenarios["2021-07"])


def crossing(course, river, km, level):
    stages = course.stage_m[:, course.truth.cell_at(river, km)]
    first = np.flatnonzero(stages >= threshold(course.truth, river, km, level))[0]
    return course.start_s + first * STEP_S


def test_no_water_is_made_or_lost_on_the_way(region, truth, flood):
    lateral = truth_module._lateral(truth, region.scenarios["2021-07"], len(flood.discharge_m3s))
    came_in = lateral[:-1].sum() * STEP_S
    left = flood.discharge_m3s[:-1, truth.downstream < 0].sum() * STEP_S
    first, last = (
        (truth.channel.area(flood.discharge_m3s[row]) * truth.channel.length_m).sum()
        for row in (0, -1)
    )
    assert left + last - first == pytest.approx(came_in, rel=1e-6)


def test_the_wave_of_july_2021_takes_six_to_nine_hours_from_mayen_to_miesenheim(flood):
    mayen = crossing(flood, "nette", 30.7, "alarm")
    miesenheim = crossing(flood, "nette", 4.6, "alarm")
    assert 6.0 <= (miesenheim - mayen) / 3600.0 <= 9.0


def test_the_nette_leaves_its_banks_in_mayen_at_about_half_past_seven(flood):
    seen = datetime.fromtimestamp(crossing(flood, "nette", 30.7, "alarm"), UTC)
    reported = datetime(2021, 7, 14, 17, 30, tzinfo=UTC)  # 19:30 CEST
    assert abs((seen - reported).total_seconds()) < 30 * 60


def test_virneburg_rises_by_about_seventy_centimetres_in_may_2024(region, truth):
    course = run_truth(truth, region.scenarios["2024-05"])
    stages = course.stage_m[:, truth.cell_at("nitzbach", 9.5)]
    assert stages.max() - stages[0] == pytest.approx(0.70, abs=0.10)


def test_the_shipped_thresholds_are_the_stages_of_the_truth(region, truth):
    gauges = {row.gauge_id: row for row in region.pack.gauges}
    for row in region.pack.thresholds:
        gauge = gauges[row.gauge_id]
        assert row.value == threshold(truth, gauge.river_id, gauge.river_km, row.level), row


def test_the_shipped_pairs_are_those_of_the_truth(region, truth):
    gauges = {row.gauge_id: row for row in region.pack.gauges}
    places = {(row.place_id, row.river_id): row for row in region.pack.exposures}
    for row in region.pack.pairs:
        gauge, place = gauges[row.gauge_id], places[row.place_id, row.river_id]
        expected = partial_threshold(
            truth,
            (gauge.river_id, gauge.river_km),
            (place.river_id, place.river_km),
            row.level,
        )
        assert row.value == expected, row


def test_little_rain_runs_off_nowhere_and_runoff_never_exceeds_rain():
    rain = np.array([0.0, 5.0, 50.0, 120.0])
    effective = effective_rain(rain, 60.0)
    assert effective[1] == 0.0
    assert (effective <= rain).all()
    assert (np.diff(effective) >= 0).all()


def test_the_unit_hydrograph_sums_to_one_and_its_mean_is_the_lag():
    step_h, lag_h = 1 / 60, 2.8
    shape = nash_unit_hydrograph(lag_h, step_h)
    times = (np.arange(len(shape)) + 0.5) * step_h
    assert shape.sum() == pytest.approx(1.0)
    assert (times * shape).sum() == pytest.approx(lag_h, rel=0.01)


def test_runoff_keeps_the_volume_of_effective_rain():
    rain = np.zeros(3000)
    rain[10:400] = 0.2
    runoff = specific_runoff(rain, 60.0, 70.0, 2.0)
    assert runoff.sum() * 60.0 / 1000.0 == pytest.approx(
        effective_rain(rain.cumsum(), 70.0)[-1], rel=1e-3
    )
