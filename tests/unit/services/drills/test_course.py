"""The clock of a drill: legs of wall time, event time and pace."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.replays import Leg, ReplayRow
from services.clock import event_time, leg_at
from services.drills.desk import pace

WALL = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
EVENT = datetime(2021, 7, 14, 12, 0, tzinfo=UTC)


def row(*legs):
    return ReplayRow(1, "2021-07", EVENT, EVENT + timedelta(days=30), WALL, 20.0, legs)


def after(seconds):
    return WALL + timedelta(seconds=seconds)


steps = st.lists(
    st.tuples(st.floats(0.5, 300), st.sampled_from([0.0, 1.0, 20.0, 600.0])), max_size=8
)


@given(steps, st.lists(st.floats(0, 3000), min_size=2, max_size=20))
def test_event_time_never_goes_back_while_the_pace_changes(found, looks):
    legs, at = [], WALL
    for waited, speed in found:
        at += timedelta(seconds=waited)
        legs.append(Leg(at, event_time(row(*legs), at), speed))
    seen = [event_time(row(*legs), after(look)) for look in sorted(looks)]
    assert seen == sorted(seen)


@given(steps)
def test_a_change_of_pace_is_no_jump(found):
    legs, at = [], WALL
    for waited, speed in found:
        at += timedelta(seconds=waited)
        before = event_time(row(*legs), at)
        legs.append(Leg(at, before, speed))
        assert event_time(row(*legs), at) == before


def test_a_paused_drill_stands_still_and_remembers_its_pace():
    paused = row(Leg(after(10), EVENT + timedelta(seconds=200), 0.0))
    assert event_time(paused, after(5000)) == EVENT + timedelta(seconds=200)
    assert leg_at(paused, after(5000)).speed == 0.0
    assert pace(paused, after(5000)) == 20.0


def test_a_change_holds_from_its_own_time_on_and_not_before():
    jumping = row(Leg(after(10), EVENT + timedelta(hours=5), 1.0, is_jump=True))
    assert event_time(jumping, after(9)) == EVENT + timedelta(seconds=180)
    assert event_time(jumping, after(11)) == EVENT + timedelta(hours=5, seconds=1)
