import numpy as np
import pytest

from services.flood.verification.arrival_scores import arrival_scores, case_table
from services.flood.verification.records import HORIZON_MIN, Case, EventRecord
from services.flood.verification.resampling import Resampling

PROBABILITIES = (0.1, 0.5, 0.9)
LEVELS = frozenset({"alarm"})
EVENTS = 12


def scores(*cases, events=EVENTS):
    records = [
        EventRecord(n, "hochwasser", "landregen", cases, (), (), 1, 0) for n in range(events)
    ]
    return arrival_scores(case_table(records, LEVELS), PROBABILITIES, Resampling.of(events, 1))


def case(truth, quantiles, baselines=(None, HORIZON_MIN, None), level="alarm"):
    return Case(("mayen", "nette"), level, 0.0, truth, quantiles, quantiles, baselines)


def test_the_crps_of_a_forecast_of_one_instant_is_its_absolute_error():
    found = scores(case(100.0, (130.0, 130.0, 130.0), (130.0, HORIZON_MIN, None)))
    assert found["crps_min"]["value"] == pytest.approx(30.0)
    against = found["skill"]["strecke"]
    assert against["baseline_crps_min"]["value"] == pytest.approx(30.0)
    assert against["skill"]["value"] == pytest.approx(0.0)


def test_crps_is_twice_the_mean_pinball_loss():
    found = scores(case(100.0, (80.0, 110.0, 150.0)))
    losses = (0.1 * 20.0, 0.5 * 10.0, 0.1 * 50.0)
    assert found["crps_min"]["value"] == pytest.approx(2 * np.mean(losses))
    assert found["pinball_min"]["0.5"] == pytest.approx(5.0)


def test_coverage_and_width_are_those_of_p10_to_p90():
    inside, outside = case(100.0, (80.0, 110.0, 150.0)), case(100.0, (110.0, 120.0, 130.0))
    found = scores(inside, inside, inside, outside)
    assert found["coverage"]["value"] == pytest.approx(0.75)
    assert found["too_late"]["value"] == pytest.approx(0.25)
    assert found["width_min"]["value"] == pytest.approx((3 * 70 + 20) / 4)


def test_skill_is_measured_where_both_speak_and_refusals_are_counted():
    both = case(100.0, (95.0, 100.0, 105.0), (160.0, HORIZON_MIN, None))
    alone = case(100.0, (95.0, 100.0, 105.0))
    against = scores(both, alone)["skill"]["strecke"]
    assert (against["cases"], against["refused"]) == (EVENTS, EVENTS)
    assert against["baseline_crps_min"]["value"] == pytest.approx(60.0)
    assert against["skill_refusals_as_never"]["value"] > against["skill"]["value"]


def test_arrivals_without_a_forecast_are_counted_not_scored():
    found = scores(case(100.0, None), case(100.0, (95.0, 100.0, 105.0)))
    assert (found["cases"], found["silent"]) == (EVENTS, EVENTS)


def test_no_forecast_at_all_gives_no_score():
    assert scores(case(100.0, None)) == {"cases": 0, "silent": EVENTS}


def test_fewer_than_ten_events_give_an_interval_only():
    found = scores(case(100.0, (80.0, 110.0, 150.0)), events=9)
    assert found["crps_min"]["value"] is None
    assert found["crps_min"]["low"] is not None
