import numpy as np
import pytest

from services.flood.verification.contingency import contingency
from services.flood.verification.records import EventRecord, Outcome
from services.flood.verification.resampling import Resampling

PLACE = ("mayen", "nette")


def outcome(truth=None, first=None, standing=(False,) * 4, missing=0.5, **more):
    told = {"place": PLACE, "was_ok": False, "is_misled": False} | more
    return Outcome(
        level="alarm", truth_s=truth, first_s=first, standing=standing, missing_m=missing, **told
    )


def records(*outcomes):
    return [
        EventRecord(n, "hochwasser", "landregen", (), (item,), (), 1, 0)
        for n, item in enumerate(outcomes)
    ]


def table(*outcomes, places=None):
    found = records(*outcomes)
    return contingency(found, Resampling.of(len(found), 1), "alarm", places)


def repeated(item, times):
    return [item] * times


def test_pod_far_csi_and_bias_follow_their_formulas_at_each_lead():
    early = outcome(9e3, 0.0, (True, True, True, False))
    late = outcome(9e3, 8e3, (True, False, False, False))
    missed = outcome(9e3, None)
    false = outcome(None, 5e3)
    quiet = outcome(None, None)
    found = table(
        *repeated(early, 12), *repeated(late, 4), *repeated(missed, 4), *repeated(false, 4), quiet
    )
    hour = found["leads"]["60"]
    assert (hour["hits"], hour["misses"], found["false_alarms"]) == (12, 8, 4)
    assert found["quiet"] == 1
    assert hour["pod"]["value"] == pytest.approx(12 / 20)
    assert hour["far"]["value"] == pytest.approx(4 / 16)
    assert hour["csi"]["value"] == pytest.approx(12 / 24)
    assert hour["bias"]["value"] == pytest.approx(16 / 20)
    assert found["leads"]["0"]["pod"]["value"] == pytest.approx(16 / 20)
    assert found["leads"]["120"]["hits"] == 0


def test_with_few_events_there_is_an_interval_and_no_point():
    found = table(*repeated(outcome(9e3, 0.0, (True,) * 4), 9))
    assert found["leads"]["60"]["pod"]["value"] is None
    assert found["leads"]["60"]["pod"]["low"] == 1.0


def test_a_false_alarm_that_lacked_little_is_counted_as_near():
    found = table(outcome(None, 1.0, missing=0.04), outcome(None, 1.0, missing=0.3))
    assert (found["false_alarms"], found["near_false_alarms"]) == (2, 1)


def test_a_false_alarm_below_a_gauge_that_read_too_high_is_counted_as_misled():
    found = table(outcome(None, 1.0, is_misled=True), outcome(None, 1.0))
    assert (found["false_alarms"], found["misled_false_alarms"]) == (2, 1)


def test_only_the_named_villages_count():
    other = outcome(9e3, 0.0, (True,) * 4, place=("plaidt", "nette"))
    found = table(outcome(9e3, None), other, places=frozenset({PLACE}))
    assert (found["reached"], found["leads"]["0"]["hits"]) == (1, 0)


def test_an_all_clear_while_the_water_came_is_counted():
    assert table(outcome(9e3, None, was_ok=True))["green_when_reached"] == 1


def test_intervals_come_from_whole_events():
    generator = np.random.default_rng(1)
    spread = [outcome(9e3, 0.0, (bool(generator.random() < 0.7),) * 4) for _ in range(40)]
    pod = table(*spread)["leads"]["60"]["pod"]
    assert pod["low"] < pod["value"] < pod["high"]
    assert pod["without_one"][0] <= pod["value"] <= pod["without_one"][1]
