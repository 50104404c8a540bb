import math

import numpy as np
import pytest

from services.flood.constants import Z80
from services.flood.flow_classes import FLOOD, FLOW_CLASSES
from services.flood.lags import LagObservation, Prior, Reach, Stretch
from services.flood.reach_celerity import learn
from services.flood.reach_draws import at_exceedance, draw_standard, factors, speeds_ms

REACHES = (Reach("a", "nette", 40.0, 20.0), Reach("b", "nette", 20.0, 0.0), Reach("c", "elz", 9, 0))
POSTERIOR = learn(
    REACHES, Prior(), [LagObservation("2021", (Stretch("nette", 30.7, 4.6),), 450.0, 0.25)]
)


def test_draws_have_the_quantiles_and_the_correlation_of_the_posterior():
    standard = draw_standard(POSTERIOR.correlation, 1000, np.random.default_rng(3))
    speed = speeds_ms(POSTERIOR, standard, 3.0)
    mean, fast, slow = at_exceedance(POSTERIOR, 3.0)

    assert standard.shape == (1000, 3)
    assert np.corrcoef(standard.T) == pytest.approx(POSTERIOR.correlation, abs=0.06)
    found = np.quantile(speed, [0.1, 0.5, 0.9], axis=0)
    assert found[0] == pytest.approx(np.exp(mean - Z80 * slow), rel=0.03)
    assert found[1] == pytest.approx(np.exp(mean), rel=0.03)
    assert found[2] == pytest.approx(np.exp(mean + Z80 * fast), rel=0.03)


def test_the_same_seed_gives_the_same_draws():
    one = draw_standard(POSTERIOR.correlation, 50, np.random.default_rng(7))

    assert np.array_equal(one, draw_standard(POSTERIOR.correlation, 50, np.random.default_rng(7)))


def test_between_class_centres_the_speed_is_interpolated_and_outside_it_is_held():
    centres = FLOW_CLASSES.centres
    middle = math.sqrt(centres[0] * centres[1])
    mean, _, _ = at_exceedance(POSTERIOR, middle)

    assert mean == pytest.approx(POSTERIOR.ln_mean[:, :2].mean(axis=1), abs=1e-3)
    assert at_exceedance(POSTERIOR, 50.0)[0] == pytest.approx(POSTERIOR.ln_mean[:, FLOOD])
    assert at_exceedance(POSTERIOR, 0.01)[0] == pytest.approx(POSTERIOR.ln_mean[:, 0])


def test_each_reach_may_have_a_flow_of_its_own():
    mean, _, _ = at_exceedance(POSTERIOR, np.array([0.5, 3.0, 1.5]))

    assert mean == pytest.approx([POSTERIOR.ln_mean[k, c] for k, c in ((0, 0), (1, 2), (2, 1))])


def test_factors_are_speed_over_median():
    standard = draw_standard(POSTERIOR.correlation, 20, np.random.default_rng(1))
    ratio = speeds_ms(POSTERIOR, standard, 3.0) / np.exp(POSTERIOR.ln_mean[:, FLOOD])

    assert factors(POSTERIOR, standard)[:, :, FLOOD] == pytest.approx(ratio)
