"""Golden scenarios: what the cycle says in the situations that matter."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from services.flood.cycle import run_cycle
from services.flood.model import Flag, Series, State, WhatIf
from services.flood.network import build_network
from services.flood.version import MODEL_VERSION
from tests.unit.services.flood.scenario import (
    NOW,
    exposure,
    flat,
    gauge,
    minutes,
    nette_pack,
    rising,
    series,
    thresholds,
    until,
)

NETWORK = build_network(nette_pack())
QUIET = {"nitz": flat(), "falkley": flat(), "muehle": flat()}


def village(result, place_id):
    return next(item for item in result.villages if item.place_id == place_id)


def gauge_of(result, gauge_id):
    return next(item for item in result.gauges if item.gauge_id == gauge_id)


def run(readings, previous=None, now=NOW, network=NETWORK, **options):
    memory = (
        {(item.place_id, item.river_id): item for item in previous.villages} if previous else {}
    )
    return run_cycle(network, readings, memory, now, **{"members": 200} | options)


def follow(readings, start, count, step_min=15):
    """Run cycles one after the other, each knowing only what had been read by then."""
    result = None
    for index in range(count):
        now = start + minutes(step_min * index)
        known = {name: until(item, now) for name, item in readings.items()}
        result = run(known, result, now)
        yield result


def test_quiet_gauges_make_their_villages_ok_and_leave_the_others_unknown():
    result = run(QUIET)

    assert village(result, "mayen").state is State.OK
    assert village(result, "mayen").driving_gauge == "muehle"
    above_all = village(result, "weibern")
    assert above_all.state is State.UNBEKANNT
    assert not above_all.has_gauge_above
    assert "kein Pegel oberhalb" in above_all.sentence
    assert result.model_version == MODEL_VERSION
    assert result.faults == ()


def test_an_observed_alarm_level_raises_all_villages_below_at_once():
    result = run(QUIET | {"muehle": rising(0.5, 0.6)})
    mayen, trimbs = village(result, "mayen"), village(result, "trimbs")

    assert mayen.state is trimbs.state is State.ALARM
    assert mayen.earliest < mayen.likely < mayen.latest
    assert mayen.likely < trimbs.likely
    assert village(result, "nitztal").state is State.OK


def test_a_fast_rise_warns_before_the_level_is_reached():
    result = run(QUIET | {"muehle": rising(0.5, 0.4, hours=2.0)})
    mayen = village(result, "mayen")

    assert gauge_of(result, "muehle").value == pytest.approx(1.3)
    assert mayen.state is State.WARNUNG
    assert mayen.earliest > NOW
    assert mayen.outlook[State.ALARM].p_within["12h"] < 0.5


def test_usable_minutes_are_the_fast_arrival_less_delivery_and_decision():
    result = run(QUIET | {"nitz": rising(0.5, 0.6)})
    mayen = village(result, "mayen")
    left = (mayen.earliest - NOW).total_seconds() / 60.0

    assert mayen.driving_gauge == "nitz"
    assert mayen.path_kind == "upstream"
    assert mayen.usable_p10_min == pytest.approx(left - 20.0)
    assert mayen.usable_p50_min > mayen.usable_p10_min


def test_no_time_left_is_zero_and_said():
    mayen = village(run(QUIET | {"muehle": rising(0.5, 0.9)}), "mayen")

    assert mayen.usable_p10_min == 0.0
    assert "keine Zeit mehr" in mayen.sentence


def test_the_driving_path_is_the_one_that_arrives_first():
    both = run(QUIET | {"nitz": rising(0.5, 0.6), "muehle": rising(0.5, 0.6)})

    assert village(both, "mayen").driving_gauge == "muehle"


def test_a_silent_nearest_gauge_falls_back_to_the_next_one_and_is_named():
    readings = QUIET | {"muehle": flat(last=NOW - minutes(46))}
    mayen = village(run(readings), "mayen")

    assert mayen.state is State.OK
    assert mayen.driving_gauge == "falkley"
    assert mayen.path_kind == "upstream"
    assert mayen.degraded
    assert "Pegel Muehle meldet seit 19:14 Uhr nichts" in mayen.sentence
    assert mayen.confidence == "gering"


def test_a_reading_of_45_minutes_still_counts():
    readings = QUIET | {"muehle": flat(last=NOW - minutes(45))}

    assert village(run(readings), "mayen").driving_gauge == "muehle"


def test_all_silent_is_unknown_never_ok():
    stale = {name: flat(last=NOW - minutes(50)) for name in QUIET}
    for readings in (stale, {}):
        result = run(readings)
        assert {item.state for item in result.villages} == {State.UNBEKANNT}
        assert {item.state for item in result.gauges} == {State.UNBEKANNT}


def test_silence_holds_an_alarm_and_says_since_when():
    alarmed = run(QUIET | {"muehle": rising(0.5, 0.6)})
    later = run({}, alarmed, NOW + timedelta(hours=7))
    mayen = village(later, "mayen")

    assert mayen.state is State.ALARM
    assert mayen.held_since == NOW
    assert mayen.likely == village(alarmed, "mayen").likely
    assert (
        "Stand 20:00 Uhr, seither keine Daten"
        in village(run({}, alarmed, NOW + minutes(50)), "mayen").sentence
    )
    assert "Stand 14.07., 20:00 Uhr" in mayen.sentence


def test_a_gauge_lost_while_rising_is_an_alarm_of_its_own():
    readings = QUIET | {"muehle": rising(0.3, 0.15, last=NOW - minutes(60))}
    result = run(readings)
    lost = gauge_of(result, "muehle")

    assert lost.is_silent
    assert lost.is_rising
    assert "Messausfall bei steigendem Pegel" in lost.sentence
    assert "Messausfall bei steigendem Pegel" in village(result, "mayen").sentence


def test_a_quiet_neighbour_does_not_clear_what_a_lost_gauge_raised():
    readings = QUIET | {"muehle": rising(0.5, 0.6)}
    alarmed = run(readings)
    now = NOW + timedelta(hours=3)
    fresh = {name: flat(last=now) for name in ("nitz", "falkley")}
    later = run(fresh | {"muehle": readings["muehle"]}, alarmed, now)

    assert village(later, "mayen").state is State.ALARM
    assert village(later, "mayen").held_since is not None


def test_an_alarm_ends_by_hysteresis_after_the_gauge_has_fallen():
    rise, fall = np.linspace(0.5, 2.3, 8), np.linspace(2.2, 0.4, 12)
    values = [0.5] * 24 + list(rise) + list(fall) + [0.4] * 60
    readings = {name: series(values, last=NOW) for name in QUIET}
    first = NOW - minutes(15 * (len(values) - 24))
    states, raised, cleared = [], None, None
    for result in follow(readings, first, 80):
        states.append(village(result, "mayen").state)
        if states[-1] is State.ALARM and raised is None:
            raised = result.as_of
        if raised is not None and cleared is None and states[-1] is State.OK:
            cleared = result.as_of
    top = states.index(State.ALARM)
    ranks = [list(State).index(state) for state in states[top:]]

    assert raised is not None
    assert cleared is not None
    assert cleared - raised >= minutes(60)
    assert ranks == sorted(ranks, reverse=True)


def test_lowering_waits_for_two_new_readings_not_for_two_cycles():
    alarmed = run(QUIET | {"muehle": rising(0.5, 0.6)})
    now = NOW + timedelta(hours=14)
    low = {name: flat(last=now) for name in QUIET}
    first = run(low, alarmed, now)
    same = run(low, first, now + minutes(1))
    new = run({name: flat(last=now + minutes(15)) for name in QUIET}, same, now + minutes(15))

    assert village(first, "mayen").state is State.ALARM
    assert village(same, "mayen").state is State.ALARM
    assert village(new, "mayen").state is State.OK


def test_a_wave_on_its_way_counts_after_the_gauge_has_fallen():
    network = build_network(nette_pack(exposures=(exposure("plaidt", "nette", 7.3),)))
    values = [0.5] * 24 + list(np.linspace(0.5, 2.3, 8)) + list(np.linspace(2.2, 0.4, 8))
    only = {"muehle": series(values)}
    plaidt = village(run_cycle(network, only, {}, NOW), "plaidt")

    assert plaidt.state is State.ALARM
    assert plaidt.likely > NOW
    gone = series(values + [0.4] * 96, last=NOW + timedelta(hours=24))
    assert (
        village(run_cycle(network, {"muehle": gone}, {}, NOW + timedelta(hours=24)), "plaidt").state
        is State.OK
    )


def test_a_suspect_high_reading_is_voralarm_to_be_checked():
    flags = [Flag.GOOD] * 40 + [Flag.SUSPECT]
    result = run(QUIET | {"muehle": series([0.4] * 40 + [1.9], flags=flags)})
    mayen = village(result, "mayen")

    assert mayen.state is State.VORALARM
    assert mayen.driving_gauge == "muehle"
    assert "1,90 m" in mayen.sentence
    assert "bitte prüfen" in mayen.sentence
    assert gauge_of(result, "muehle").state is State.VORALARM


def test_a_confirmed_jump_is_an_alarm():
    flags = [Flag.GOOD] * 40 + [Flag.FAIL, Flag.GOOD]
    readings = QUIET | {"muehle": series([0.4] * 40 + [3.1, 3.2], flags=flags)}

    assert village(run(readings), "mayen").state is State.ALARM


def test_failed_low_values_never_lower():
    alarmed = run(QUIET | {"muehle": rising(0.5, 0.6)})
    readings = rising(0.5, 0.6)
    result = alarmed
    for step in range(1, 40):
        now = NOW + minutes(15 * step)
        times = np.append(readings.times_s, now.timestamp())
        readings = Series(
            times, np.append(readings.values, 0.1), np.append(readings.flags, Flag.FAIL)
        )
        quiet = {name: flat(last=now) for name in ("nitz", "falkley")}
        result = run(quiet | {"muehle": readings}, result, now)

    assert village(result, "mayen").state is State.ALARM


def test_one_broken_gauge_does_not_stop_the_others():
    broken = Series(np.zeros(3), np.zeros(2), np.ones(3, dtype=np.int8))
    result = run(QUIET | {"nitz": broken})

    assert "Pegel Nitz" in result.faults[0]
    assert village(result, "nitztal").state is State.UNBEKANNT
    assert village(result, "mayen").state is State.OK
    assert len(result.gauges) == 3


def test_one_broken_river_does_not_stop_the_others():
    pack = nette_pack()
    network = build_network(pack)
    villages = tuple(
        item if item.river_id != "nitz" else _with_bad_distance(item) for item in network.villages
    )
    alarmed = run(QUIET | {"nitz": rising(0.5, 0.6)})
    memory = {(item.place_id, item.river_id): item for item in alarmed.villages}
    bad = type(network)(network.gauges, villages, "x")
    fresh = run_cycle(bad, QUIET, {}, NOW)
    held = run_cycle(bad, QUIET, memory, NOW)

    assert "Nitz" in fresh.faults[0]
    assert village(fresh, "nitztal").state is State.UNBEKANNT
    assert "gescheitert" in village(fresh, "nitztal").sentence
    assert village(held, "nitztal").state is State.ALARM
    assert village(fresh, "mayen").state is State.OK


def _with_bad_distance(item):
    paths = tuple(replace(path, distance_km=float("nan")) for path in item.paths)
    return replace(item, paths=paths)


def test_values_that_are_no_numbers_are_left_out():
    readings = flat()
    readings.values[-2] = np.nan

    result = run(QUIET | {"muehle": readings})
    assert village(result, "mayen").state is State.OK
    assert result.faults == ()


def test_readings_from_the_future_are_left_out():
    ahead = rising(0.5, 0.9, last=NOW + timedelta(hours=3))
    result = run(QUIET | {"muehle": ahead})

    assert gauge_of(result, "muehle").value == pytest.approx(0.5)


def test_what_if_raises_the_villages_below_and_only_those():
    assumed = {"nitz": WhatIf("nitz", rise_per_h=0.6, hours=3.0)}
    result = run(QUIET, overrides=assumed)
    nitztal = village(result, "nitztal")

    assert nitztal.state is State.ALARM
    assert nitztal.driving_gauge == "nitz"
    assert nitztal.likely > NOW + timedelta(hours=2.67)  # when the gauge itself reaches its level
    assert nitztal.earliest > NOW + timedelta(hours=1.5)
    assert gauge_of(result, "muehle").state is State.OK


def test_what_if_speaks_for_a_gauge_that_has_gone_silent():
    readings = QUIET | {"nitz": flat(last=NOW - minutes(90))}
    result = run(readings, overrides={"nitz": WhatIf("nitz", 0.6, hours=3.0)})

    assert village(result, "nitztal").state is State.ALARM


def test_what_if_without_any_reading_is_a_fault_that_names_the_gauge():
    result = run({}, overrides={"nitz": WhatIf("nitz", 0.6)})

    assert any("Pegel Nitz" in fault for fault in result.faults)


def test_a_village_with_side_brooks_always_carries_the_note():
    network = build_network(
        nette_pack(exposures=(exposure("isenburg", "nette", 20.0, side_brook_risk=True),))
    )
    for readings in (QUIET, {}, QUIET | {"muehle": rising(0.5, 0.6)}):
        found = village(run_cycle(network, readings, {}, NOW), "isenburg")
        assert "keine Aussage zu Seitenbächen" in found.sentence


def test_backwater_degrades_and_lowers_confidence():
    network = build_network(
        nette_pack(exposures=(exposure("muendung", "nette", 1.0, backwater_of="Rhein"),))
    )
    found = village(run_cycle(network, QUIET, {}, NOW), "muendung")

    assert found.degraded
    assert "Rückstau" in found.degraded_reasons[0]
    assert found.confidence == "gering"


def test_a_gauge_without_thresholds_is_ok_when_heard_and_unknown_when_silent():
    network = build_network(nette_pack(thresholds=thresholds("nitz")))
    heard = run_cycle(network, QUIET, {}, NOW)
    silent = run_cycle(network, {}, {}, NOW)

    assert gauge_of(heard, "muehle").state is State.OK
    assert gauge_of(silent, "muehle").state is State.UNBEKANNT
    assert village(heard, "mayen").driving_gauge == "nitz"


def test_discharge_gauges_speak_in_their_own_unit():
    network = build_network(
        nette_pack(
            gauges=(gauge("muehle", "nette", 34.0, observes="discharge", range_max=160.0),),
            thresholds=thresholds("muehle", (30.0, 50.0, 70.0)),
        )
    )
    result = run_cycle(network, {"muehle": rising(10.0, 12.0)}, {}, NOW)

    assert "46,0 m³/s" in gauge_of(result, "muehle").sentence
    assert "+12,0 m³/s je Stunde" in gauge_of(result, "muehle").sentence
    assert village(result, "mayen").state is State.WARNUNG


def test_no_gauges_at_all_leave_every_village_unknown():
    network = build_network(nette_pack(gauges=(), thresholds=()))
    result = run_cycle(network, {}, {}, NOW)

    assert {item.state for item in result.villages} == {State.UNBEKANNT}
    assert result.gauges == ()


def test_progress_is_told_for_each_river():
    told = []
    run(QUIET, on_river=lambda *step: told.append(step))

    assert told == [("nette", 0, 2), ("nitz", 1, 2)]


def test_the_band_starts_at_the_last_reading_and_widens():
    found = gauge_of(run(QUIET | {"muehle": rising(0.5, 0.2)}), "muehle").band

    assert found.times[0] == NOW
    assert found.p10[-1] < found.p50[-1] < found.p90[-1]
    assert found.p90[-1] - found.p10[-1] > found.p90[1] - found.p10[1]


def test_probabilities_grow_with_the_hours_ahead():
    found = village(run(QUIET | {"muehle": rising(0.5, 0.2)}), "trimbs").p_exceed

    assert list(found) == ["1h", "3h", "6h", "12h"]
    assert sorted(found.values()) == list(found.values())


def test_a_gauge_that_stands_still_while_one_above_rises_weakens_the_statement():
    result = run(QUIET | {"nitz": rising(0.3, 0.05)})
    mayen = village(result, "mayen")

    assert "steht seit Stunden still" in mayen.degraded_reasons[0]
    assert mayen.confidence == "gering"
    assert mayen.state is State.OK


def test_a_wave_that_the_gauge_below_has_not_seen_is_not_told_as_one_to_come():
    values = [0.5] * 24 + [1.4] * 16 + [0.5] * 26
    moving = {name: series([0.4, 0.402] * 48) for name in QUIET}
    mayen = village(run(moving | {"nitz": series(values)}), "mayen")

    assert mayen.state is State.OK
    assert mayen.level is None
    assert mayen.driving_gauge == "muehle"
    assert "frühestens" not in mayen.sentence


def test_a_steep_last_step_is_never_told_as_level():
    result = run(QUIET | {"muehle": series([0.5] * 24 + [0.95])})
    mayen = village(result, "mayen")

    assert gauge_of(result, "muehle").is_rising
    assert "steigt schnell" in gauge_of(result, "muehle").sentence
    assert mayen.state is not State.OK
    assert "gleich" not in mayen.sentence


def test_a_single_reading_has_an_unknown_trend():
    result = run(QUIET | {"muehle": series([0.9])})

    assert gauge_of(result, "muehle").sentence == (
        "Pegel Muehle steht bei 0,90 m (20:00 Uhr), Trend unbekannt."
    )
    assert gauge_of(result, "muehle").trend_per_h is None


def test_a_forecast_warning_stays_while_its_gauge_still_rises():
    fast = [0.5] * 24 + list(0.5 + 0.1 * np.arange(1, 9))
    slow = list(1.3 + 0.008 * np.arange(1, 17))
    readings = {name: flat(last=NOW + timedelta(hours=4)) for name in QUIET}
    readings["muehle"] = series(fast + slow, last=NOW + timedelta(hours=4))
    results = list(follow(readings, NOW, 17))
    states = [village(result, "mayen").state for result in results]

    assert states[0] is State.WARNUNG
    assert gauge_of(results[-1], "muehle").value < 1.5
    assert set(states) == {State.WARNUNG}


def _without_muehle():
    pack = nette_pack()
    return build_network(
        nette_pack(
            gauges=tuple(row for row in pack.gauges if row.gauge_id != "muehle"),
            thresholds=thresholds("nitz") + thresholds("falkley"),
        )
    )


def test_a_warning_whose_gauge_left_the_pack_goes_on_with_the_nearest_one_and_ends():
    network, result = _without_muehle(), run(QUIET | {"muehle": rising(0.5, 0.6)})
    found = []
    for index in range(3):
        now = NOW + timedelta(hours=14, minutes=15 * index)
        result = run({name: flat(last=now) for name in QUIET}, result, now, network)
        found.append(village(result, "mayen"))

    assert found[0].state is State.ALARM
    assert found[0].driving_gauge == "falkley"
    assert "Pegel Falkley steht bei 0,40 m" in found[0].sentence
    assert "kein Pegel oberhalb" not in found[0].sentence
    assert found[-1].state is State.OK


def test_a_warning_whose_gauge_left_the_pack_is_held_when_no_other_is_heard():
    alarmed = run(QUIET | {"muehle": rising(0.5, 0.6)})
    mayen = village(run({}, alarmed, NOW + minutes(50), _without_muehle()), "mayen")

    assert mayen.state is State.ALARM
    assert mayen.held_since == NOW
    assert "der auslösende Pegel gehört nicht mehr zum Netz" in mayen.sentence
    assert "Stand 20:00 Uhr" in mayen.sentence


def test_a_held_warning_names_its_gauge_with_last_value_and_since_when():
    last = rising(0.5, 0.6, hours=2.85)
    alarmed = run(QUIET | {"muehle": last})
    now = NOW + minutes(60)
    fresh = {name: series([0.4, 0.402] * 48, last=now) for name in ("nitz", "falkley")}
    mayen = village(run(fresh | {"muehle": last}, alarmed, now), "mayen")
    value = village(alarmed, "mayen").sentence.split("steht bei ")[1].split(" m")[0]

    assert mayen.sentence == (
        f"Alarm für Mayen bleibt: Pegel Muehle (zuletzt {value} m) meldet seit 20:00 Uhr nichts, "
        "Messausfall bei steigendem Pegel; Stand 20:00 Uhr, seither keine Daten von dort."
    )
    assert mayen.degraded
    assert any("Pegel Muehle meldet seit" in text for text in mayen.degraded_reasons)


def test_a_gauge_that_falls_silent_while_it_rises_is_named_and_its_warning_stays():
    warned = run(QUIET | {"nitz": rising(0.5, 0.6)})
    now = NOW + minutes(60)
    fresh = {name: flat(last=now) for name in ("muehle", "falkley")}
    later = run(fresh | {"nitz": rising(0.5, 0.6)}, warned, now)
    mayen = village(later, "mayen")

    assert gauge_of(later, "nitz").is_lost_while_rising
    assert mayen.state in {State.VORALARM, State.WARNUNG, State.ALARM}
    assert mayen.degraded
    said = "Pegel Nitz meldet seit 20:00 Uhr nichts (zuletzt 2,30 m), Messausfall bei steigendem"
    assert any(said in reason for reason in mayen.degraded_reasons)
    assert "Messausfall bei steigendem Pegel" in mayen.sentence
