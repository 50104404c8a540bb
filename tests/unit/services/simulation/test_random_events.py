import numpy as np
import pytest

from services.simulation.levels import threshold
from services.simulation.random_events import CLASSES, prepare_stage, random_event
from services.simulation.runoff import specific_runoff, specific_runoff_by_cell
from services.simulation.storms import CELL_SIGMA_KM, KINDS, random_rain
from services.simulation.variation import HIDDEN_RANGE, vary


@pytest.fixture(scope="module")
def stage(region):
    places = [(v.river_id, v.river_km) for v in region.network.villages if v.paths]
    return prepare_stage(region.pack, places, sorted(region.connected))


@pytest.fixture(scope="module")
def events(stage):
    return [random_event(stage, 7, number) for number in range(3)]


def reached(stage, event, level):
    highest = event.course.stage_m.max(axis=0)
    cells = set(stage.targets.cells.tolist())
    named = [(cell, *event.course.truth.cell_ids[cell]) for cell in cells]
    return [
        cell
        for cell, river, low_km in named
        if highest[cell] >= threshold(stage.base, river, low_km + 0.5, level)
    ]


def test_the_same_seed_gives_the_same_event_and_another_seed_another_one(stage, events):
    again, other = random_event(stage, 7, 1), random_event(stage, 8, 1)
    assert np.array_equal(again.course.stage_m, events[1].course.stage_m)
    assert again.scenario == events[1].scenario
    assert not np.array_equal(other.course.stage_m, events[1].course.stage_m)


def test_a_third_each_is_quiet_moderate_and_a_flood(stage, events):
    assert [event.kind for event in events] == list(CLASSES)
    quiet, moderate, flood = events
    assert reached(stage, quiet, "voralarm") == []
    assert reached(stage, moderate, "voralarm")
    assert reached(stage, moderate, "alarm") == []
    assert reached(stage, flood, "alarm")


def test_the_truth_of_an_event_is_not_the_one_that_the_levels_come_from(stage, events):
    rough = [
        event.course.truth.channel.manning_n / stage.base.channel.manning_n for event in events
    ]
    assert len({round(float(np.median(factor)), 3) for factor in rough}) == 3
    assert all(np.ptp(factor) > 0 for factor in rough)


def test_hidden_inflow_lies_between_a_tenth_and_thirty_percent(stage):
    varied = vary(stage.base, np.random.default_rng(3)).truth
    mapped = stage.base.area_km2.sum() / 1.15
    assert HIDDEN_RANGE[0] <= varied.area_km2.sum() / mapped <= HIDDEN_RANGE[1]
    outlets = stage.base.downstream < 0
    assert varied.upstream_km2[outlets].sum() == pytest.approx(varied.area_km2.sum())


def test_faults_hit_named_gauges_and_more_of_them_in_a_flood(stage, region):
    runs = [random_event(stage, 11, number).scenario.faults for number in (2, 5, 8)]
    faults = [fault for found in runs for fault in found]
    assert faults
    assert all(set(fault.gauges) <= region.connected and fault.gauges for fault in faults)


@pytest.mark.parametrize("kind", KINDS)
def test_rain_falls_after_its_beginning_only_and_is_never_negative(stage, kind):
    rain = random_rain(kind, (stage.base, stage.positions), 6.0, 2000, np.random.default_rng(5))
    assert rain.shape == (2000, len(stage.base.cell_ids))
    assert (rain >= 0).all()
    assert rain.sum() > 0
    assert rain[: 5 * 60].sum() < 0.01 * rain.sum()


def test_a_thunderstorm_cell_passes_on_and_wets_a_strip(stage):
    rain = random_rain(
        "gewitterzellen", (stage.base, stage.positions), 2.0, 1200, np.random.default_rng(1)
    )
    wet = rain.sum(axis=0)
    heaviest = stage.positions[int(wet.argmax())]
    far = np.hypot(*(stage.positions - heaviest).T) > 4 * CELL_SIGMA_KM
    assert wet[far].min() < 0.1 * wet.max()
    assert len(set(rain[:, wet > 0.3 * wet.max()].argmax(axis=0).tolist())) > 1


def test_runoff_by_cell_is_that_of_one_cell_column_by_column():
    generator = np.random.default_rng(2)
    rain = generator.uniform(0.0, 0.3, (900, 3))
    lags = np.array([1.5, 2.0, 1.5])
    found = specific_runoff_by_cell(rain, 60.0, 75.0, lags)
    for column, lag in enumerate(lags):
        expected = specific_runoff(rain[:, column], 60.0, 75.0, lag)
        tail = 1e-3 * expected.max()  # the unit hydrograph is cut at the event's end
        assert np.allclose(found[:, column], expected, atol=tail)
