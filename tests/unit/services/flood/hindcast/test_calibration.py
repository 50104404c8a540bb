import math

import numpy as np
import pytest

from services.flood.celerity import Prior, path_celerity
from services.flood.hindcast.calibration import (
    baseline,
    calibrate,
    huber_line,
    leave_one_out,
    sampling_sigma_min,
)
from services.flood.hindcast.matching import Match
from services.flood.hindcast.waves import Front, Wave

PRIOR = path_celerity(Prior(1.4, 0.35), [], [])
KM = 10.0


def front(mean, at_s=0.0):
    return Front(at_s, at_s, 10.0, mean)


def match(mean, lag_s):
    upper, lower = front(mean), front(mean, lag_s)
    return Match(Wave(upper, (upper,)), Wave(lower, (lower,)))


def law(mean):
    return 9000.0 * mean**-0.3


def matches(noise=0.02, count=40, seed=1):
    generator = np.random.default_rng(seed)
    flows = generator.uniform(5.0, 60.0, count)
    return [match(q, law(q) * math.exp(noise * generator.normal())) for q in flows]


def test_the_law_is_recovered():
    model = calibrate(matches(), KM, PRIOR, 8.6)

    assert model.slope == pytest.approx(-0.3, abs=0.02)
    assert model.lag_s(front(20.0)) == pytest.approx(law(20.0), rel=0.02)
    assert model.sigma_ln == pytest.approx(0.02, rel=0.4)


def test_a_few_wrong_matches_hardly_move_the_line():
    wrong = [match(20.0, law(20.0) * 2.0) for _ in range(4)]
    clean = calibrate(matches(), KM, PRIOR, 8.6)
    spoiled = calibrate(matches() + wrong, KM, PRIOR, 8.6)

    assert spoiled.lag_s(front(20.0)) == pytest.approx(clean.lag_s(front(20.0)), rel=0.02)
    assert spoiled.sigma_ln > clean.sigma_ln


def test_with_few_events_the_prior_speaks():
    model = calibrate(matches(count=4), KM, PRIOR, 8.6)

    assert model.lag_s(front(20.0)) == pytest.approx(10_000.0 / 1.4)
    assert model.sigma_ln >= 0.35


def test_waves_of_equal_flow_give_a_constant():
    model = calibrate([match(20.0, 3000.0 + 10 * i) for i in range(9)], KM, PRIOR, 8.6)

    assert model.slope == 0.0
    assert model.lag_s(front(50.0)) == pytest.approx(3040.0)


def test_a_prediction_stays_inside_the_believed_window():
    model = calibrate(matches(), KM, PRIOR, 8.6)

    assert model.lag_s(front(1e9)) == pytest.approx(2000.0)
    assert model.lag_s(front(1e-6)) == pytest.approx(10_000.0 / 0.9)


def test_the_interval_joins_residual_and_sampling_error():
    model = calibrate(matches(), KM, PRIOR, 8.6)
    lag = model.lag_s(front(20.0))
    low, high = model.interval_s(front(20.0))
    width = math.hypot(model.sigma_ln, 8.6 * 60.0 / lag)

    assert math.log(high / low) == pytest.approx(2 * 1.28155 * width, rel=1e-4)


def test_sampling_error_follows_the_coarser_gauge():
    assert sampling_sigma_min(15.0, 15.0) == 8.6
    assert sampling_sigma_min(5.0, 30.0) == 17.2


def test_the_baseline_is_distance_over_two_metres_a_second():
    model = baseline(matches(), KM, 8.6)

    assert model.lag_s(front(5.0)) == model.lag_s(front(60.0)) == pytest.approx(5000.0)
    assert baseline([], KM, 8.6).interval_s(front(5.0)) is None


def test_leaving_one_out_means_a_point_does_not_judge_itself():
    x, y = np.arange(10.0), np.arange(10.0) * 2.0
    y[4] += 5.0

    assert leave_one_out(x, y)[4] == pytest.approx(5.0, abs=0.01)
    assert huber_line(x, y) == pytest.approx((0.0, 2.0), abs=0.2)


def test_stage_is_taken_above_the_series_minimum():
    model = calibrate(matches(), KM, PRIOR, 8.6, floor=2.0)

    assert model.floor == 2.0
    assert model.lag_s(front(1.0)) == pytest.approx(10_000.0 / 0.9)
