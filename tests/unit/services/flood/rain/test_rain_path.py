"""From rain to a Voralarm: formulas, members, routing, and what the overlay may and may not do."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from services.flood.cycle import run_cycle
from services.flood.gauge_status import Draws
from services.flood.model import State
from services.flood.network import build_network
from services.flood.path_kinds import PATH_RAIN
from services.flood.rain.rain_members import BASE_SPECIFIC, member_runoff, perturbation
from services.flood.rain.rain_path import EVENT_H, rain_outlooks
from services.flood.rain.runoff import effective_rain, wetted
from services.flood.rain.series import RainSeries
from services.flood.rain.unit_hydrograph import FEET_PER_M, kirpich_min, nash, scs_lag_h
from services.flood.sources import STEP_S
from tests.unit.services.flood.scenario import NOW, NOW_S, flat, nette_pack, rising

NETWORK = build_network(nette_pack())
QUIET = {"nitz": flat(), "falkley": flat(), "muehle": flat()}
MEMBERS = 64
PAIRS = {("weibern", "nette"), ("mayen", "nette"), ("trimbs", "nette"), ("nitztal", "nitz")}


def rain(depth_mm, hours=6.0, last=NOW, step_min=5.0):
    """Even rain of the last hours, known at its last value."""
    count = int(hours * 60 / step_min)
    times = last.timestamp() - 60.0 * step_min * np.arange(count - 1, -1, -1)
    return RainSeries(times, np.full(count, depth_mm / count), last.timestamp(), "Radar")


def cycle(wet, readings=None, memory=(), now=NOW):
    known = {(item.place_id, item.river_id): item for item in memory}
    given = QUIET if readings is None else readings
    return run_cycle(NETWORK, given, known, now, members=MEMBERS, rain=wet)


def states(result):
    return {item.place_id: item.state for item in result.villages}


def village(result, place_id):
    return next(item for item in result.villages if item.place_id == place_id)


@pytest.mark.parametrize(
    ("length_m", "slope", "minutes"),
    [(5000, 0.02, 61.99333015), (12000, 0.018, 126.68472597), (25000, 0.012, 260.59353567)],
)
def test_kirpich_has_its_published_form(length_m, slope, minutes):
    assert kirpich_min(length_m, slope) == pytest.approx(minutes, rel=1e-8)


@pytest.mark.parametrize(
    ("feet", "curve_number", "hours"),
    [(16404.1995, 70, 1.14760488), (39370.0787, 75, 2.01170489), (82020.9974, 80, 3.11633002)],
)
def test_the_scs_lag_has_its_published_form(feet, curve_number, hours):
    assert scs_lag_h(feet / FEET_PER_M, 0.12, curve_number) == pytest.approx(hours, rel=1e-6)


def test_the_curve_number_takes_a_fifth_of_the_storage_first():
    storage = 25400.0 / 75.0 - 254.0
    found = effective_rain(np.array([0.0, 0.2 * storage, 100.0]), 75.0)

    assert found[:2].tolist() == [0.0, 0.0]
    assert found[2] == pytest.approx((100.0 - 0.2 * storage) ** 2 / (100.0 + 0.8 * storage))


def test_wet_ground_lets_more_run_off_and_unknown_ground_is_usual():
    dry, usual, wet = (wetted(65.0, depth, NOW_S) for depth in (10.0, 45.0, 80.0))

    assert dry == pytest.approx(4.2 * 65 / (10 - 0.058 * 65))
    assert usual == 65.0 == wetted(65.0, None, NOW_S)
    assert wet == pytest.approx(23 * 65 / (10 + 0.13 * 65))


def test_nashs_cascade_keeps_the_volume_and_has_the_lag_as_its_mean():
    shape = nash(3.0, 1 / 12)
    times = (np.arange(shape.size) + 0.5) / 12

    assert shape.sum() == pytest.approx(1.0)
    assert (shape * times).sum() == pytest.approx(3.0, rel=0.01)


def test_members_keep_the_effective_volume_and_spread_as_the_rain_does():
    wet = np.zeros(600)
    wet[:24] = 3.0
    perturbed = perturbation(Draws(100, 0), STEP_S)
    found = member_runoff(wet, 75.0, 1.0, STEP_S, perturbed) - BASE_SPECIFIC
    volume = found.sum(axis=1) * STEP_S / 1000.0
    early = perturbed.shift >= 0

    assert volume[early] == pytest.approx(
        effective_rain(72.0 * perturbed.factor[early], 75.0), rel=0.01
    )
    assert np.std(np.log(perturbed.factor)) == pytest.approx(0.4, rel=0.05)
    assert np.median(perturbed.factor) == pytest.approx(1.0, abs=0.02)


def test_a_place_without_any_gauge_above_gets_an_outlook_from_rain():
    villages = {(item.place_id, item.river_id): item for item in NETWORK.villages}
    found = rain_outlooks(
        NETWORK.rain, NETWORK.celerity, villages, {"nette": rain(60.0)}, (NOW_S, 0)
    )

    assert set(found) == PAIRS
    assert found["weibern", "nette"].depth_mm == pytest.approx(60.0)


def test_more_rain_is_never_less_likely_to_reach_the_level():
    villages = {(item.place_id, item.river_id): item for item in NETWORK.villages}

    def chance(depth):
        found = rain_outlooks(
            NETWORK.rain, NETWORK.celerity, villages, {"nette": rain(depth)}, (NOW_S, 0)
        )
        return found["mayen", "nette"].arrivals.p_within(State.VORALARM, NOW_S)[12]

    chances = [chance(depth) for depth in (5.0, 30.0, 50.0, 80.0, 150.0)]
    assert chances == sorted(chances)
    assert chances[0] == 0.0
    assert chances[-1] > 0.9


def test_the_voralarm_flow_is_a_planning_figure_of_the_area():
    assert float(NETWORK.rain.voralarm_flow(np.array(100.0))) == pytest.approx(6.3246, rel=1e-4)


def test_heavy_rain_gives_voralarm_and_says_that_no_gauge_confirms_it():
    result = cycle({"nette": rain(120.0)})
    found = village(result, "mayen")

    assert result.has_rain
    assert set(states(result).values()) == {State.VORALARM}
    assert (found.path_kind, found.confidence) == (PATH_RAIN, "gering")
    assert found.driving_gauge is None
    assert found.earliest >= NOW
    assert found.earliest <= found.likely
    assert "Niederschlag: 120 mm in 24 Stunden samt Vorhersage im Einzugsgebiet" in found.sentence
    assert "nur aus Niederschlag gerechnet, kein Pegel bestätigt es" in found.sentence
    assert "m³" not in found.sentence


def test_light_rain_changes_nothing_at_all():
    with_rain, without = cycle({"nette": rain(8.0)}), cycle({})

    assert with_rain.villages == without.villages
    assert not without.has_rain


def test_rain_never_clears_a_place_without_gauge():
    found = village(cycle({"nette": rain(1.0)}), "weibern")

    assert found.state is State.UNBEKANNT


def test_a_gauge_that_warns_goes_on_speaking_in_the_rain():
    readings = QUIET | {"muehle": rising(1.2, 0.3)}
    dry, wet = cycle({}, readings), cycle({"nette": rain(120.0)}, readings)

    assert village(dry, "mayen").state in {State.WARNUNG, State.ALARM}
    heard = village(wet, "mayen")
    assert heard.state is village(dry, "mayen").state
    assert (heard.path_kind, heard.driving_gauge) == ("gauge", "muehle")


def test_old_rain_says_nothing():
    late = rain(120.0, last=NOW - timedelta(minutes=61))
    just = rain(120.0, last=NOW - timedelta(minutes=59))

    assert village(cycle({"nette": late}), "mayen").state is State.OK
    assert village(cycle({"nette": just}), "mayen").state is State.VORALARM


def test_an_old_forecast_does_not_pass_for_fresh_rain():
    ahead = replace(rain(120.0), known_s=NOW_S - 2 * 3600.0)

    assert village(cycle({"nette": ahead}), "mayen").state is State.OK


def test_forecast_rain_counts_and_its_end_is_said():
    soon = replace(rain(120.0, hours=2.0, last=NOW + timedelta(hours=2)), known_s=NOW_S)
    found = village(cycle({"nette": soon}), "mayen")

    assert found.state is State.VORALARM
    assert "mit Regenvorhersage bis 22:00 Uhr" in found.sentence


def test_a_voralarm_of_rain_stays_when_rain_falls_silent_until_gauges_say_calm():
    first = cycle({"nette": rain(120.0)})
    later = cycle({}, memory=first.villages, now=NOW + timedelta(hours=1))
    end = NOW + timedelta(hours=EVENT_H)
    deaf = cycle({}, {}, memory=later.villages, now=end)
    calm = cycle({}, {name: flat(last=end) for name in QUIET}, later.villages, end)

    held = village(later, "mayen")
    assert held.state is State.VORALARM
    assert held.held_since is not None
    assert "keine Niederschlagsdaten" in held.sentence
    assert village(deaf, "mayen").state is State.VORALARM
    assert village(calm, "mayen").state is State.OK
    assert village(calm, "weibern").state is State.VORALARM


def test_a_voralarm_of_rain_ends_when_the_rain_is_heard_to_have_ended():
    first = cycle({"nette": rain(120.0)})
    now = NOW + timedelta(hours=30)
    dry = replace(rain(0.0, last=now), known_s=now.timestamp())
    readings = {name: flat(last=now) for name in QUIET}

    assert village(cycle({"nette": dry}, readings, first.villages, now), "mayen").state is State.OK


def test_a_gauge_takes_over_from_rain_at_once():
    first = cycle({"nette": rain(120.0)})
    found = village(cycle({}, QUIET | {"muehle": rising(1.6, 0.3)}, first.villages), "mayen")

    assert found.state is State.ALARM
    assert found.path_kind != PATH_RAIN
