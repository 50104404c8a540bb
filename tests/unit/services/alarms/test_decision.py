"""From conditions to changes: what must hold for every sequence, and each rule by example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.decision import Hysteresis, decide
from services.alarms.model import (
    Condition,
    Ended,
    OpenAlarm,
    Opened,
    Raised,
    Reopened,
    Rule,
    Seen,
    Severity,
    Standing,
)

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RULES = Hysteresis({Rule.LEVEL: 60 * MINUTE}, gap=10 * MINUTE)
HOLDS, CLEAR, UNKNOWN = Standing.HOLDS, Standing.CLEAR, Standing.UNKNOWN


def told(standing=HOLDS, severity=Severity.WARNUNG, subject="mayen/nette"):
    return Condition(Rule.LEVEL, subject, "Mayen", severity, standing, "Text")


class Played:
    """Applies changes as the store does, so that a sequence can be looked at."""

    def __init__(self):
        self.now = NOW
        self.alarms = {}
        self.every = []

    def after(self, minutes, *conditions):
        self.now += minutes * MINUTE
        changes = decide(self.alarms.values(), conditions, self.now, RULES)
        for change in changes:
            self._apply(change)
        self.every += changes
        return changes

    def _apply(self, change):
        if isinstance(change, Opened):
            key = change.condition.key
            assert key not in self.alarms
            self.alarms[key] = OpenAlarm("a", key, change.condition.severity, HOLDS, "Text")
            return
        alarm = change.alarm
        if isinstance(change, Ended):
            made = replace(alarm, ended_at=self.now, standing=CLEAR)
        elif isinstance(change, Seen):
            made = replace(
                alarm, standing=change.standing, text=change.text,
                clear_since=change.clear_since, seen_clear_at=change.seen_clear_at,
            )  # fmt: skip
        else:
            is_raised = isinstance(change, Raised)
            severity = change.condition.severity if is_raised else change.severity
            made = OpenAlarm(alarm.alarm_id, alarm.key, severity, HOLDS, "Text")
        self.alarms[alarm.key] = made


@pytest.fixture
def played():
    return Played()


def test_a_condition_that_holds_opens_one_alarm_and_not_a_second(played):
    assert [type(change) for change in played.after(0, told(), told())] == [Opened]
    assert played.after(1, told()) == []


@pytest.mark.parametrize("standing", [CLEAR, UNKNOWN])
def test_nothing_opens_on_what_does_not_hold(played, standing):
    assert played.after(0, told(standing)) == []


def test_of_two_conditions_of_a_key_the_graver_counts(played):
    [change] = played.after(0, told(severity=Severity.VORALARM), told(severity=Severity.ALARM))
    assert change.condition.severity is Severity.ALARM
    assert played.after(1, told(CLEAR), told(severity=Severity.ALARM)) == []


def test_a_graver_condition_raises_and_a_lighter_one_does_not_lower(played):
    played.after(0, told(severity=Severity.WARNUNG))
    [raised] = played.after(1, told(severity=Severity.ALARM))
    assert isinstance(raised, Raised)
    assert played.after(1, told(severity=Severity.VORALARM)) == []
    [alarm] = played.alarms.values()
    assert alarm.severity is Severity.ALARM


def clear_for(played, minutes, step=5):
    for _ in range(minutes // step):
        played.after(step, told(CLEAR))


def test_an_hour_of_clear_looks_ends_it_and_not_a_minute_less(played):
    played.after(0, told())
    played.after(5, told(CLEAR))
    clear_for(played, 55)
    assert not any(isinstance(change, Ended) for change in played.every)
    clear_for(played, 5)
    assert isinstance(played.every[-1], Ended)


@pytest.mark.parametrize("between", [(told(UNKNOWN),), ()])
def test_what_is_unknown_or_not_reported_starts_the_minutes_anew(played, between):
    played.after(0, told())
    played.after(5, told(CLEAR))
    clear_for(played, 55)
    played.after(1, *between)
    played.after(1, told(CLEAR))
    clear_for(played, 55)
    assert not any(isinstance(change, Ended) for change in played.every)


def test_two_clear_looks_that_are_far_apart_prove_nothing_of_the_time_between(played):
    played.after(0, told())
    played.after(1, told(CLEAR))
    played.after(120, told(CLEAR))
    assert not any(isinstance(change, Ended) for change in played.every)


def test_a_clock_that_jumps_back_ends_nothing(played):
    played.after(0, told())
    played.after(1, told(CLEAR))
    played.after(-120, told(CLEAR))
    clear_for(played, 55)
    assert not any(isinstance(change, Ended) for change in played.every)


def test_an_ended_alarm_opens_again_instead_of_a_second_one(played):
    played.after(0, told(severity=Severity.ALARM))
    played.after(5, told(CLEAR))
    clear_for(played, 60)
    [again] = played.after(5, told(severity=Severity.VORALARM))
    assert isinstance(again, Reopened)
    assert again.severity is Severity.ALARM
    assert len(played.alarms) == 1


def test_an_ended_alarm_stays_ended_while_nothing_is_known(played):
    played.after(0, told())
    played.after(5, told(CLEAR))
    clear_for(played, 60)
    assert played.after(5) == []
    assert played.after(5, told(UNKNOWN)) == []


LOOKS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.lists(
            st.builds(
                told,
                st.sampled_from(list(Standing)),
                st.sampled_from(list(Severity)),
                st.sampled_from(["a/b", "c/d"]),
            ),
            max_size=3,
        ),
    ),
    max_size=30,
)


@given(LOOKS)
def test_no_sequence_ends_an_alarm_without_an_hour_of_clear_looks(looks):
    played = Played()
    clear_from, seen_at = {}, {}
    for minutes, conditions in looks:
        changes = played.after(minutes, *conditions)
        now = played.now
        for key in ("stufe:a/b", "stufe:c/d"):
            standings = {item.standing for item in conditions if item.key == key}
            is_near = key in seen_at and now - seen_at[key] <= RULES.gap
            if standings == {CLEAR}:
                if not is_near:
                    clear_from[key] = now
                seen_at[key] = now
            else:
                clear_from.pop(key, None)
                seen_at.pop(key, None)
        for change in changes:
            if isinstance(change, Ended):
                assert now - clear_from[change.alarm.key] >= 60 * MINUTE


@given(LOOKS)
def test_no_sequence_lowers_an_open_alarm_or_makes_two_of_a_key(looks):
    played = Played()
    before = {}
    for minutes, conditions in looks:
        played.after(minutes, *conditions)
        for key, alarm in played.alarms.items():
            assert alarm.severity.rank >= before.get(key, alarm.severity).rank
            before[key] = alarm.severity


@given(LOOKS)
def test_whatever_holds_is_open_and_not_ended_after_the_look(looks):
    played = Played()
    for minutes, conditions in looks:
        played.after(minutes, *conditions)
        for item in conditions:
            if item.standing is HOLDS:
                alarm = played.alarms[item.key]
                assert alarm.ended_at is None
                assert alarm.severity.rank >= item.severity.rank
