"""The mailbox of drills reads as calls: a flood's forty alarms do not bury a test."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from data.drill_box import DrillRow
from services.notifications.drill_calls import AT_ONCE, calls_of

AT = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)


def row(
    ms: int, group: str = "bereitschaft", kind: str = "call", severity: str = "alarm"
) -> DrillRow:
    at = AT + timedelta(milliseconds=ms)
    return DrillRow(f"{ms}{group}{kind}", kind, "a", severity, group, 0, f"um {ms}", "", "", at)


def test_what_a_group_is_told_at_once_is_one_call_gravest_first():
    rows = [row(20, severity="warnung"), row(10), row(0, severity="voralarm")]
    [call] = calls_of(rows)
    assert [item.subject for item in call.rows] == ["um 10", "um 20", "um 0"]
    assert call.at == AT
    assert call.recipients == "bereitschaft"


def test_a_test_message_in_the_middle_of_a_flood_keeps_its_line():
    rows = [row(30), row(20, kind="test", group="keine"), row(10)]
    assert [[item.kind for item in call.rows] for call in calls_of(rows)] == [
        ["call"],
        ["test"],
        ["call"],
    ]


def test_another_group_and_another_moment_are_other_calls():
    assert len(calls_of([row(10, group="leitung"), row(0)])) == 2
    later = round(AT_ONCE / timedelta(milliseconds=1)) + 1
    assert len(calls_of([row(later), row(0)])) == 2
    assert calls_of([]) == ()


GROUPS = st.sampled_from(["a", "b"])


@given(st.lists(st.tuples(st.integers(0, 5000), GROUPS), max_size=30))
def test_no_message_is_lost_or_doubled_and_calls_stay_newest_first(found):
    rows = [row(ms, group) for ms, group in sorted(found, reverse=True)]
    calls = calls_of(rows)
    listed = sorted(item.created_at for call in calls for item in call.rows)
    assert listed == sorted(item.created_at for item in rows)
    assert all(later.at >= call.at for later, call in pairwise(calls))
