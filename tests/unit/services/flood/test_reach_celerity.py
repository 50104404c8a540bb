import math
from dataclasses import replace

import numpy as np
import pytest

from services.flood.celerity import along
from services.flood.constants import METRES_PER_KM, SECONDS_PER_MIN, Z80
from services.flood.flow_classes import FLOOD, FLOW_CLASSES
from services.flood.lags import LagObservation, Prior, Reach, Stretch
from services.flood.reach_celerity import learn

NETTE = (Reach("nette-1", "nette", 40.0, 25.0), Reach("nette-2", "nette", 25.0, 0.0))
ELZ = Reach("elzbach-gesamt", "elzbach", 50.0, 0.0)
REACHES = (*NETTE, ELZ)


def lag(event: str, speed_ms: float, stretch: Stretch, exceedance: float | None = None):
    minutes = stretch.length_km * METRES_PER_KM / speed_ms / SECONDS_PER_MIN
    return LagObservation(event, (stretch,), minutes, 0.25, exceedance)


WHOLE_ELZ = Stretch("elzbach", 50.0, 0.0)
LOWER_NETTE = Stretch("nette", 25.0, 0.0)


def test_a_reach_observed_alone_gives_the_worked_example():
    found = learn([ELZ], Prior(), [lag("2021", 0.97, WHOLE_ELZ)])
    mean, sigma = found.ln_mean[0, FLOOD], found.sigma[0, FLOOD]

    assert math.exp(mean) == pytest.approx(1.10, abs=0.005)
    assert math.exp(mean - Z80 * sigma) == pytest.approx(0.84, abs=0.01)
    assert math.exp(mean + Z80 * sigma) == pytest.approx(1.42, abs=0.01)


def test_a_river_without_events_borrows_the_region_and_stays_as_wide_as_the_prior():
    found = learn(REACHES, Prior(), [lag("2021", 0.97, LOWER_NETTE)])
    elz = [reach.reach_id for reach in found.reaches].index("elzbach-gesamt")

    assert math.exp(found.ln_mean[elz, FLOOD]) == pytest.approx(1.10, abs=0.005)
    assert found.sigma_slow[elz, FLOOD] == pytest.approx(math.hypot(0.35, 0.10))
    assert found.sigma_fast[elz, FLOOD] == pytest.approx(math.sqrt(2 * 0.35**2 + 0.01))
    assert found.n_events.sum(axis=1).tolist() == [0, 1, 0]


def test_a_flood_says_less_about_flow_within_the_banks():
    found = learn(REACHES, Prior(), [lag("2021", 0.97, LOWER_NETTE)])
    moved = np.abs(found.ln_mean[1] - math.log(1.4))

    assert moved[0] < moved[1] < moved[2]


def test_an_event_counts_for_the_class_of_its_flow():
    lags = [lag("a", 2.0, LOWER_NETTE, 0.6), lag("b", 1.0, LOWER_NETTE, 1.2)]
    found = learn(REACHES, Prior(), lags)

    assert found.n_events[1].tolist() == [1, 1, 0]
    assert found.ln_mean[1, 0] > found.ln_mean[1, 1]


def test_peak_and_rise_of_one_wave_are_one_event():
    peak = lag("2024-05", 1.0, LOWER_NETTE)
    once = learn(REACHES, Prior(), [peak])
    twice = learn(REACHES, Prior(), [peak, replace(peak)])

    assert twice.ln_mean == pytest.approx(once.ln_mean)
    assert twice.sigma == pytest.approx(once.sigma)
    assert twice.n_events.max() == 1


def test_further_events_narrow_both_sides():
    one = learn(REACHES, Prior(), [lag("0", 1.0, LOWER_NETTE)])
    four = learn(REACHES, Prior(), [lag(str(k), 1.0, LOWER_NETTE) for k in range(4)])

    assert four.sigma_fast[1, FLOOD] < one.sigma_fast[1, FLOOD]
    assert four.sigma_slow[1, FLOOD] < one.sigma_slow[1, FLOOD]


def test_the_version_names_prior_and_lags_in_any_order():
    lags = [lag("a", 1.0, LOWER_NETTE), lag("b", 1.2, WHOLE_ELZ)]
    found = learn(REACHES, Prior(), lags)

    assert learn(REACHES, Prior(), lags[::-1]).version == found.version
    assert learn(REACHES, Prior(), lags[:1]).version != found.version
    assert learn(REACHES, Prior(1.5), lags).version != found.version
    assert learn(REACHES, Prior(), lags[::-1]).ln_mean == pytest.approx(found.ln_mean)


def test_an_observation_of_two_reaches_speaks_for_their_mean():
    way = Stretch("nette", 40.0, 0.0)
    slow, fast = lag("u", 0.8, Stretch("nette", 40.0, 25.0)), lag("w", 1.4, way)
    found = learn(NETTE, Prior(), [slow, fast])

    assert found.ln_mean[0, FLOOD] < found.ln_mean[1, FLOOD]


def test_a_path_adds_the_times_of_its_reaches():
    lags = [lag("u", 0.8, Stretch("nette", 40.0, 25.0)), lag("v", 2.0, LOWER_NETTE)]
    found = learn(NETTE, Prior(), lags)
    path = along(found, [Stretch("nette", 30.0, 20.0)])
    times = 5.0 / np.exp(found.ln_mean[:, FLOOD])

    assert path.median_ms == pytest.approx(10.0 / times.sum())
    assert path.sigma_fast <= found.sigma_fast[:, FLOOD].max()
    assert path.n_events == 1


def test_a_lag_on_a_river_without_reach_is_refused():
    with pytest.raises(ValueError, match="keine Gewässerstrecke"):
        learn(NETTE, Prior(), [lag("x", 1.0, WHOLE_ELZ)])


@pytest.mark.parametrize("minutes", [0.0, -5.0, float("nan"), float("inf")])
def test_a_lag_without_speed_is_refused(minutes):
    with pytest.raises(ValueError, match="unbrauchbar"):
        LagObservation("x", (WHOLE_ELZ,), minutes, 0.25)


def test_correlations_are_a_correlation_matrix():
    found = learn(REACHES, Prior(), [lag("2021", 0.97, LOWER_NETTE)])

    assert np.diag(found.correlation) == pytest.approx(1.0)
    assert np.linalg.eigvalsh(found.correlation).min() > -1e-12
    assert found.correlation[0, 1] > found.correlation[0, 2]


def test_the_nearest_reach_of_a_river_answers_for_a_kilometre():
    found = learn(REACHES, Prior(), [])

    assert found.row_of("nette", 30.0) == 0
    assert found.row_of("nette", 60.0) == 0
    with pytest.raises(KeyError):
        found.row_of("mosel", 1.0)


def kinked(ln_e: np.ndarray, depth: float) -> np.ndarray:
    """ln c of a channel that is slowed down at bankfull and recovers in a great flood."""
    return 0.2 * ln_e - depth * np.exp(-0.5 * ((ln_e - math.log(1.5)) / 0.6) ** 2)


def synthetic_errors(events: int, repetitions: int = 200) -> tuple[float, float]:
    """Return mean error of ln c and share inside the 80 % interval, over all classes."""
    generator = np.random.default_rng(20 + events)
    errors, inside = [], []
    centres = np.log(FLOW_CLASSES.centres)
    for _ in range(repetitions):
        level = math.log(1.4) + 0.35 * generator.standard_normal()
        depth = generator.uniform(0.0, 0.5)
        ln_e = generator.normal(math.log(1.3), 0.6, events)
        ln_c = level + kinked(ln_e, depth) + 0.15 * generator.standard_normal(events)
        lags = [
            replace(lag(str(k), math.exp(c), LOWER_NETTE, math.exp(e)), sigma_ln=0.15)
            for k, (e, c) in enumerate(zip(ln_e, ln_c, strict=True))
        ]
        found = learn([NETTE[1]], Prior(), lags)
        error = found.ln_mean[0] - level - kinked(centres, depth)
        errors.append(np.abs(error).mean())
        inside.append((np.abs(error) <= Z80 * found.sigma[0]).mean())
    return float(np.mean(errors)), float(np.mean(inside))


def test_the_error_falls_with_events_and_the_interval_stays_honest():
    found = [synthetic_errors(events) for events in (1, 3, 8, 20)]
    errors = [error for error, _ in found]

    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.6 * errors[0]
    assert all(0.7 <= share <= 0.9 for _, share in found), found
