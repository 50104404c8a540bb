from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import TypeAdapter

from services.flood.model import LEVELS, State, VillageResult
from services.flood.states import Evidence, decide, floor_state, rule_state
from tests.unit.services.flood.scenario import LEVELS as LIMITS
from tests.unit.services.flood.scenario import NOW, minutes


def before(state, **changes):
    base = VillageResult(
        place_id="mayen",
        river_id="nette",
        state=state,
        level=state if state in LEVELS else None,
        degraded=False,
        degraded_reasons=(),
        earliest=None,
        likely=None,
        latest=None,
        usable_p10_min=None,
        usable_p50_min=None,
        p_exceed={},
        confidence="mittel",
        driving_gauge="muehle",
        path_kind="gauge",
        data_at=NOW - minutes(15),
        state_since=NOW - minutes(120),
        held_since=None,
        has_gauge_above=True,
        lower_cycles=0,
        sentence="",
    )
    return replace(base, **changes)


def evidence(state, floor=State.OK, **changes):
    base = Evidence(state, floor, has_valid_path=True, driver_at=NOW, driver_silent=False)
    return replace(base, **changes)


@pytest.mark.parametrize(
    ("p", "observed", "expected"),
    [
        ({}, [], State.OK),
        ({State.VORALARM: 0.49}, [], State.OK),
        ({State.VORALARM: 0.5}, [], State.VORALARM),
        ({State.WARNUNG: 0.5}, [], State.WARNUNG),
        ({State.ALARM: 0.5}, [], State.ALARM),
        ({State.ALARM: 0.3}, [], State.WARNUNG),
        ({State.ALARM: 0.29}, [], State.VORALARM),
        ({State.ALARM: 0.1}, [], State.VORALARM),
        ({State.ALARM: 0.09}, [], State.OK),
        ({}, [State.VORALARM], State.VORALARM),
        ({}, [State.VORALARM, State.WARNUNG], State.WARNUNG),
        ({}, list(LEVELS), State.ALARM),
        ({State.ALARM: 0.3}, [State.VORALARM], State.WARNUNG),
    ],
)
def test_the_state_rule(p, observed, expected):
    assert rule_state(p, observed, is_suspect_high=False) is expected


def test_a_suspect_high_reading_is_voralarm_and_no_more():
    assert rule_state({}, [], is_suspect_high=True) is State.VORALARM
    assert rule_state({State.ALARM: 0.5}, [], is_suspect_high=True) is State.ALARM


def test_a_level_is_not_left_within_five_centimetres_or_at_a_fifth():
    assert floor_state({}, LIMITS, 1.46, 1.0) is State.WARNUNG
    assert floor_state({}, LIMITS, 1.45, 1.0) is State.VORALARM
    assert floor_state({State.ALARM: 0.2}, LIMITS, 0.3, 1.0) is State.ALARM
    assert floor_state({State.ALARM: 0.19}, LIMITS, 0.3, 1.0) is State.OK


def test_five_centimetres_become_discharge_by_the_metre_equivalent():
    limits = {State.VORALARM: 30.0}

    assert floor_state({}, limits, 28.5, 33.3) is State.VORALARM
    assert floor_state({}, limits, 28.3, 33.3) is State.OK


def test_a_state_rises_at_once():
    found = decide(before(State.VORALARM, state_since=NOW), evidence(State.ALARM), NOW)

    assert found.state is State.ALARM
    assert found.state_since == NOW


def test_a_state_needs_two_cycles_with_new_readings_to_fall():
    first = decide(before(State.ALARM), evidence(State.OK), NOW)
    assert (first.state, first.lower_cycles, first.is_kept) == (State.ALARM, 1, True)

    after_first = before(State.ALARM, lower_cycles=1, data_at=NOW)
    same_reading = decide(after_first, evidence(State.OK), NOW + minutes(1))
    assert (same_reading.state, same_reading.lower_cycles) == (State.ALARM, 1)

    later = evidence(State.OK, driver_at=NOW + minutes(15))
    second = decide(after_first, later, NOW + minutes(15))
    assert (second.state, second.state_since) == (State.OK, NOW + minutes(15))


def test_a_state_stays_for_sixty_minutes():
    young = before(State.ALARM, lower_cycles=5, state_since=NOW - minutes(59))
    old = before(State.ALARM, lower_cycles=5, state_since=NOW - minutes(60))

    assert decide(young, evidence(State.OK), NOW).state is State.ALARM
    assert decide(old, evidence(State.OK), NOW).state is State.OK


def test_a_state_falls_only_to_the_level_that_may_be_left():
    ready = before(State.ALARM, lower_cycles=1)

    assert decide(ready, evidence(State.OK, State.VORALARM), NOW).state is State.VORALARM
    kept = decide(ready, evidence(State.OK, State.ALARM), NOW)
    assert (kept.state, kept.lower_cycles) == (State.ALARM, 0)


def test_confirmation_resets_the_count():
    found = decide(before(State.WARNUNG, lower_cycles=1), evidence(State.WARNUNG), NOW)

    assert found.lower_cycles == 0
    assert found.state_since == NOW - minutes(120)


@pytest.mark.parametrize("state", LEVELS)
def test_silence_holds_a_warning_with_the_time_of_the_last_data(state):
    silent = evidence(State.UNBEKANNT, has_valid_path=False, driver_silent=True, driver_at=None)
    found = decide(before(state), silent, NOW)

    assert (found.state, found.held_since) == (state, NOW - minutes(15))
    again = decide(before(state, held_since=found.held_since), silent, NOW + timedelta(days=3))
    assert (again.state, again.held_since) == (state, found.held_since)


def test_silence_makes_ok_unknown():
    silent = evidence(State.UNBEKANNT, has_valid_path=False, driver_silent=True)

    assert decide(before(State.OK), silent, NOW).state is State.UNBEKANNT


def test_another_quiet_gauge_does_not_lower_while_the_driving_one_is_silent():
    found = decide(before(State.ALARM, lower_cycles=9), evidence(State.OK, driver_silent=True), NOW)

    assert found.state is State.ALARM
    assert found.held_since is not None


def test_a_held_warning_is_free_again_when_data_confirm_it():
    held = before(State.WARNUNG, held_since=NOW - minutes(60))

    assert decide(held, evidence(State.WARNUNG), NOW).held_since is None


def test_the_first_cycle_takes_the_rule_as_it_is():
    found = decide(None, evidence(State.OK), NOW)

    assert (found.state, found.state_since) == (State.OK, NOW)


def test_a_state_is_not_left_while_its_gauge_still_rises():
    ready = before(State.WARNUNG, lower_cycles=5)
    found = decide(ready, evidence(State.OK, driver_rising=True), NOW)

    assert (found.state, found.lower_cycles, found.is_kept) == (State.WARNUNG, 0, True)


def test_the_sixty_minutes_count_from_the_last_confirmation():
    young = before(State.ALARM, lower_cycles=5, confirmed_at=NOW - minutes(59))
    old = before(State.ALARM, lower_cycles=5, confirmed_at=NOW - minutes(60))

    assert decide(young, evidence(State.OK), NOW).state is State.ALARM
    assert decide(old, evidence(State.OK), NOW).state is State.OK


def test_evidence_confirms_a_state_and_its_absence_does_not():
    known = before(State.ALARM, confirmed_at=NOW - minutes(30))
    silent = evidence(State.UNBEKANNT, has_valid_path=False, driver_silent=True)

    assert decide(known, evidence(State.ALARM), NOW).confirmed_at == NOW
    assert decide(known, evidence(State.OK), NOW).confirmed_at == NOW - minutes(30)
    assert decide(known, silent, NOW).confirmed_at == NOW - minutes(30)
    assert decide(before(State.ALARM), silent, NOW).confirmed_at == NOW - minutes(120)


def test_a_stored_result_of_an_older_version_still_loads():
    adapter = TypeAdapter(VillageResult)
    stored = adapter.dump_python(before(State.ALARM), mode="json")
    del stored["confirmed_at"]

    assert adapter.validate_python(stored) == before(State.ALARM)
