import numpy as np
import pytest

from services.flood.reweight import LEAST_EFFECTIVE_SHARE, log_likelihood, resample, weights


def test_without_observations_all_members_count_alike():
    found = weights([np.zeros(8)])

    assert found == pytest.approx(np.full(8, 0.125))
    assert resample(found).tolist() == list(range(8))


def test_a_member_that_follows_the_readings_counts_more_than_one_that_is_late():
    on_time = np.zeros(6)
    late = np.array([0.0, -0.1, -0.2, -0.3, -0.4, -0.5])
    found = weights([log_likelihood(np.vstack([on_time, late]))])

    assert found[0] > found[1]


def test_an_offset_of_all_hours_is_not_held_against_a_member():
    logs = log_likelihood(np.vstack([np.zeros(5), np.full(5, 0.4)]))

    assert logs[0] == pytest.approx(logs[1])


def test_never_do_fewer_than_a_tenth_of_the_members_carry_all_weight():
    residuals = np.linspace(0.0, 5.0, 200)[:, None] * np.linspace(-1.0, 1.0, 6)
    found = weights([log_likelihood(residuals)])

    assert 1.0 / np.sum(found**2) >= LEAST_EFFECTIVE_SHARE * found.size
    assert found.argmax() == 0
    assert found.sum() == pytest.approx(1.0)


def test_a_gauge_without_readings_in_the_window_changes_nothing():
    assert log_likelihood(np.empty((4, 0))).tolist() == [0.0] * 4


def test_members_are_drawn_in_proportion_to_their_weight():
    chosen = resample(np.array([0.5, 0.25, 0.25, 0.0]))

    assert chosen.tolist() == [0, 0, 1, 2]


def test_as_many_can_be_drawn_as_are_wanted_and_the_heavier_more_often():
    found = resample(np.array([0.1, 0.8, 0.1]), 10)

    assert found.size == 10
    assert np.bincount(found).tolist() == [1, 8, 1]
