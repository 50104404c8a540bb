"""Rating curves: formula, inverse, joints, spread, and what a rated gauge does in the network."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.region_pack import rows
from services.flood.gauge_status import Draws, assess_gauge
from services.flood.model import LEVEL_TO_LEVEL, MEASURED, RATED, State
from services.flood.network import build_network
from services.flood.rating import rated_scale, rating_of
from services.flood.sources import make_grid, make_sources
from tests.unit.services.flood.scenario import NOW_S, SOURCE, flat, gauge, nette_pack


def segment(from_m=0.3, a=5.0, h0_m=0.1, b=1.8, gauge_id="muehle", **changes):
    values = {"gauge_id": gauge_id, "sigma_rel": 0.15, "valid_to_m": 2.0, **SOURCE}
    values |= {"from_m": from_m, "a": a, "h0_m": h0_m, "b": b}
    return rows.RatingRow.model_validate(values | changes)


LOW = segment()
HIGH = segment(1.2, 5.0 * 1.1**1.8 / 1.0**2.4, 0.2, 2.4)
TWO = rating_of((HIGH, LOW))


def test_discharge_follows_each_segment_from_its_lower_end_on():
    found = TWO.discharge(np.array([0.05, 0.1, 0.3, 0.8, 1.7]))

    assert found[:2].tolist() == [0.0, 0.0]
    assert found[2:4] == pytest.approx([5.0 * 0.2**1.8, 5.0 * 0.7**1.8])
    assert found[4] == pytest.approx(HIGH.a * 1.5**2.4)


@given(st.floats(min_value=0.1, max_value=6.0))
def test_stage_and_discharge_are_inverse(stage):
    assert float(TWO.stage(TWO.discharge(np.array(stage)))) == pytest.approx(stage, abs=1e-6)


def test_a_small_jump_at_a_joint_is_closed():
    jump = rating_of((LOW, HIGH.model_copy(update={"a": HIGH.a * 0.93})))
    below, at = jump.discharge(np.array([1.2 - 1e-9, 1.2]))

    assert at == pytest.approx(below, rel=1e-6)
    assert (np.diff(jump.discharge(np.linspace(0.1, 4.0, 400))) > 0).all()


def test_the_spread_is_the_operators_in_range_and_grows_to_half_beyond():
    sigma = TWO.ln_sigma(np.array([0.5, 2.0, 2.95, 3.9, 9.0]))
    relative = np.sqrt(np.expm1(sigma**2))

    assert relative == pytest.approx([0.15, 0.15, 0.325, 0.5, 0.5])


def test_relative_exceedance_is_the_ratio_of_two_discharges():
    scale = rated_scale(TWO, 1.0, 6.0)
    stages = np.array([0.2, 0.6, 1.0, 1.6, 3.0])
    ratio = TWO.discharge(stages) / TWO.discharge(np.array(1.0))

    assert scale.e(stages) == pytest.approx(ratio, rel=2e-3)
    assert scale.value(scale.e(stages)) == pytest.approx(stages, abs=1e-6)


def test_at_the_voralarm_level_the_rating_cannot_err_and_far_from_it_it_does():
    scale = rated_scale(TWO, 1.0, 6.0)
    sigma = scale.sigma(np.array([0.3, 0.8, 1.0, 1.3, 2.0, 3.5]))

    assert sigma[2] == pytest.approx(0.0, abs=1e-6)
    assert sigma[0] > sigma[1] > 0
    assert sigma[5] > sigma[4] > sigma[3] > 0
    assert sigma[4] < 0.2 < sigma[5]


def test_a_level_at_which_nothing_flows_gives_no_scale():
    with pytest.raises(ValueError, match="fließt"):
        rated_scale(TWO, 0.1, 6.0)


def test_a_gauge_with_a_rating_is_rated_and_all_others_are_not():
    network = build_network(nette_pack(ratings=(LOW, HIGH)))

    assert network.gauges["muehle"].levels_as == RATED
    assert network.gauges["falkley"].levels_as == LEVEL_TO_LEVEL
    assert network.scales["falkley"].sigmas is None
    warnung = network.scales["muehle"].e(np.array(1.5))
    q = TWO.discharge(np.array([1.5, 1.0]))
    assert float(warnung) == pytest.approx(q[0] / q[1], rel=2e-3)
    assert dict(next(v for v in network.villages if v.place_id == "mayen").exceedance)[
        State.WARNUNG
    ] == pytest.approx(float(warnung))


def test_measured_discharge_stays_measured():
    gauges = tuple(
        gauge(name, "nette", km, observes="discharge") for name, km in (("falkley", 43.0),)
    )
    found = build_network(nette_pack(gauges=gauges)).gauges["falkley"]

    assert found.levels_as == MEASURED


def test_a_changed_rating_changes_the_config_hash():
    hashes = {
        build_network(nette_pack(ratings=ratings)).config_hash
        for ratings in ((), (LOW,), (LOW, HIGH), (segment(sigma_rel=0.3),))
    }
    assert len(hashes) == 4


def test_members_of_a_rated_gauge_differ_by_its_spread():
    network = build_network(nette_pack(ratings=(segment(sigma_rel=0.2),)))
    draws = Draws(200, 0)
    statuses = {
        name: assess_gauge(network.gauges[name], flat(0.4), NOW_S, draws) for name in network.gauges
    }
    (system,) = network.systems
    found = make_sources(system.gauges, statuses, network.scales, make_grid(NOW_S), draws, {})
    past = found.e[:, 0, :]
    rated, other = (system.gauges.index(name) for name in ("muehle", "falkley"))

    expected = float(network.scales["muehle"].sigma(np.array(0.4)))
    assert expected > 0.1
    assert np.std(np.log(past[:, rated])) == pytest.approx(expected, rel=0.05)
    assert np.ptp(past[:, other]) == 0.0


def test_the_loop_of_a_wave_is_negligible_here():
    under_root = (0.3 / 3600.0) / (2.0 * 0.006)

    assert under_root == pytest.approx(0.007, abs=3e-4)
    assert math.sqrt(1.0 + under_root) - 1.0 < 0.0036 < replace(TWO).sigma.min()
