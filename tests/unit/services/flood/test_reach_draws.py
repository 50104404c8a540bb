import numpy as np
import pytest

from services.flood.constants import Z80
from services.flood.lags import LagObservation, Prior, Reach, Stretch
from services.flood.reach_celerity import learn
from services.flood.reach_draws import draw_standard

REACHES = (Reach("a", "nette", 40.0, 20.0), Reach("b", "nette", 20.0, 0.0), Reach("c", "elz", 9, 0))
POSTERIOR = learn(
    REACHES, Prior(), [LagObservation("2021", (Stretch("nette", 30.7, 4.6),), 450.0, 0.25)]
)


def test_draws_have_the_quantiles_of_a_normal_and_the_correlation_of_the_posterior():
    standard = draw_standard(POSTERIOR.correlation, 1000, np.random.default_rng(3))

    assert standard.shape == (1000, 3)
    assert np.corrcoef(standard.T) == pytest.approx(POSTERIOR.correlation, abs=0.06)
    found = np.quantile(standard, [0.1, 0.5, 0.9], axis=0)
    assert found == pytest.approx(np.outer([-Z80, 0.0, Z80], np.ones(3)), abs=0.08)


def test_the_same_seed_gives_the_same_draws():
    one = draw_standard(POSTERIOR.correlation, 50, np.random.default_rng(7))

    assert np.array_equal(one, draw_standard(POSTERIOR.correlation, 50, np.random.default_rng(7)))
