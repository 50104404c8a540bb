"""The stored alarms on both databases: one of a key, calls, people who act at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data import alarms, audit
from services.alarms.duties import Duties
from services.alarms.errors import (
    AlarmRefusedError,
    AlarmTakenError,
    RotaRefusedError,
    UnknownAlarmError,
)
from services.alarms.model import Outcome, Rule, Severity, Standing
from services.alarms.rota import DutyException, WeeklyDuty
from services.alarms.views import Remark
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from tests.support.at_once import pressed
from tests.support.sample_alarms import NOW, Room, StandingClock, condition
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)
OTHER = identity_of(Role.CRISIS, person_id="id-2", name="Dienst zwei")
CLEAR, UNKNOWN = Standing.CLEAR, Standing.UNKNOWN


@pytest.fixture
def room(sessions, region):
    return Room(sessions, region)


def board(room, who=CRISIS):
    with acting(who):
        return room.service.board()


def only(room):
    [view] = board(room).alarms
    return view


def kinds(room, alarm_id):
    with room.sessions() as session:
        return [row.kind for row in alarms.log_of(session, alarm_id)]


def end(room):
    """Let the condition be clear for long enough."""
    for _ in range(14):
        room.after(5, condition(CLEAR))


def test_an_alarm_is_stored_once_and_called_at_once(room):
    assert room.after(0, condition()) == 1
    assert room.after(1, condition()) == 0
    view = only(room)
    assert (view.severity, view.standing, view.is_drill) == (Severity.ALARM, "holds", False)
    [told] = room.told
    assert (told.group, told.step, told.is_drill) == ("bereitschaft", 0, False)
    assert told.title == "Alarm: Hochwasser, Mayen"
    assert view.next_call.group == "leitung"


def test_calls_go_up_the_chain_until_somebody_acknowledges(room):
    room.after(0, condition())
    room.after(6, condition())
    room.after(10, condition())
    assert [told.group for told in room.told] == ["bereitschaft", "leitung", "krisenstab"]
    view = only(room)
    with acting(CRISIS):
        room.desk.acknowledge(view.alarm_id, view.version)
    room.after(60, condition())
    assert len(room.told) == 3
    assert only(room).acknowledged_by == CRISIS.name


def test_a_risen_alarm_needs_a_new_acknowledgement_and_calls_anew(room):
    room.after(0, condition(severity=Severity.WARNUNG))
    view = only(room)
    with acting(CRISIS):
        room.desk.acknowledge(view.alarm_id, view.version)
    room.after(1, condition(severity=Severity.ALARM))
    assert only(room).needs_action
    assert [told.severity for told in room.told] == [Severity.WARNUNG, Severity.ALARM]
    assert kinds(room, view.alarm_id) == [
        "opened", "escalated", "acknowledged", "raised", "escalated",
    ]  # fmt: skip


def test_an_acknowledgement_of_what_has_risen_meanwhile_is_refused_in_words(room):
    room.after(0, condition(severity=Severity.WARNUNG))
    view = only(room)
    room.after(1, condition(severity=Severity.ALARM))
    with acting(CRISIS), pytest.raises(AlarmTakenError) as refused:
        room.desk.acknowledge(view.alarm_id, view.version)
    assert "jetzt: Alarm" in refused.value.user_message


def test_of_two_who_acknowledge_at_once_one_succeeds_and_the_other_is_told(room):
    room.after(0, condition())
    view = only(room)
    press = lambda _who: room.desk.acknowledge(view.alarm_id, view.version)  # noqa: E731
    done, refusal = pressed([CRISIS, OTHER], press)
    assert done == ""
    assert refusal == f"Diesen Alarm hat {only(room).acknowledged_by} gerade schon quittiert."
    assert kinds(room, view.alarm_id).count("acknowledged") == 1


def test_several_are_acknowledged_as_seen_and_what_was_taken_or_has_risen_stays(room):
    room.after(0, condition(subject="a/nette"), condition(subject="b/nette"))
    room.after(0, condition(subject="c/nette", severity=Severity.WARNUNG))
    with acting(OTHER):
        first = room.service.board().alarms
        seen = {view.alarm_id: view.version for view in first}
        by_subject = {view.subject: view.alarm_id for view in first}
        room.desk.acknowledge(by_subject["a/nette"], seen[by_subject["a/nette"]])
    room.after(1, condition(subject="c/nette", severity=Severity.ALARM))
    with acting(CRISIS):
        assert room.desk.acknowledge_all({**seen, "no-such-alarm": 1}) == 1
        found = {view.subject: view.acknowledged_by for view in room.service.board().alarms}
    assert found == {"a/nette": OTHER.name, "b/nette": CRISIS.name, "c/nette": ""}
    with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
        room.desk.acknowledge_all(seen)


def test_two_processes_that_look_at_once_open_one_alarm(room):
    look = lambda _who: room.keeper.look([condition()], frozenset({Rule.LEVEL}))  # noqa: E731
    assert pressed([CRISIS, CRISIS], look) == ["", ""]
    assert len(board(room).alarms) == 1
    assert len(room.told) == 1


def test_missing_data_never_ends_an_alarm(room):
    room.after(0, condition())
    for _ in range(50):
        room.after(10, condition(UNKNOWN))
        room.after(10)
    assert only(room).ended_at is None


def test_an_ended_alarm_waits_for_a_person_and_opens_again(room):
    room.after(0, condition())
    end(room)
    view = only(room)
    assert view.ended_at is not None
    room.after(5, condition())
    again = only(room)
    assert (again.alarm_id, again.ended_at) == (view.alarm_id, None)
    assert kinds(room, view.alarm_id)[-2:] == ["reopened", "escalated"]


def test_an_ended_alarm_calls_nobody_any_more(room):
    room.after(0, condition(severity=Severity.WARNUNG))
    end(room)
    before = len(room.told)
    room.after(120)
    assert len(room.told) == before


def test_rules_that_were_not_evaluated_are_left_alone(room):
    room.after(0, condition())
    room.after(1, condition(CLEAR))
    room.keeper.look([], frozenset({Rule.DISK}))
    with room.sessions() as session:
        [row] = alarms.open_rows(session, room.region.region_id, "live")
    assert row.clear_since is not None


def test_closing_needs_the_end_and_an_outcome(room):
    room.after(0, condition())
    view = only(room)
    with acting(CRISIS):
        with pytest.raises(AlarmRefusedError, match="besteht noch"):
            room.desk.close(view.alarm_id, view.version, "hit")
        room.after(5, condition(UNKNOWN))
        with pytest.raises(AlarmRefusedError, match="nicht durch Messwerte"):
            room.desk.close(view.alarm_id, view.version, "hit")
        end(room)
        view = only(room)
        with pytest.raises(AlarmRefusedError, match="geworden"):
            room.desk.close(view.alarm_id, view.version, "")
        room.desk.close(view.alarm_id, view.version, "hit", "Keller in der Brückenstraße")
        assert board(room).alarms == ()
        [closed] = room.service.ledger().alarms
        assert (closed.outcome, closed.closed_by) == ("hit", CRISIS.name)
        with pytest.raises(UnknownAlarmError):
            room.desk.comment(view.alarm_id, "zu spät")


def lost(standing=Standing.HOLDS, severity=Severity.ALARM):
    return condition(standing, severity, Rule.LOST_RISING, "iot-hammesmuehle")


def test_a_gauge_that_is_gone_may_be_closed_with_a_note_and_opens_only_after_it_spoke(room):
    room.after(0, lost())
    view = only(room)
    with acting(CRISIS):
        with pytest.raises(AlarmRefusedError, match="nicht durch Messwerte"):
            room.desk.close(view.alarm_id, view.version, "hit")
        room.desk.close(view.alarm_id, view.version, "hit", "vom Hochwasser mitgerissen")
    for standing in (Standing.HOLDS, UNKNOWN, Standing.HOLDS):
        room.after(5, lost(standing))
        assert board(room).alarms == ()
    room.after(5, lost(CLEAR))
    room.after(5, lost())
    assert only(room).alarm_id != view.alarm_id


def test_what_was_closed_as_lighter_opens_when_it_becomes_graver(room):
    room.after(0, lost(severity=Severity.HINWEIS))
    view = only(room)
    with acting(CRISIS):
        room.desk.close(view.alarm_id, view.version, "", "Techniker weiß es")
    room.after(5, lost(severity=Severity.HINWEIS))
    assert board(room).alarms == ()
    room.after(5, lost(severity=Severity.WARNUNG))
    assert only(room).severity is Severity.WARNUNG


def test_after_closing_the_same_condition_is_a_new_alarm(room):
    room.after(0, condition())
    end(room)
    view = only(room)
    with acting(CRISIS):
        room.desk.close(view.alarm_id, view.version, "false")
    room.after(1, condition())
    assert only(room).alarm_id != view.alarm_id


def test_an_outcome_may_be_changed_later_and_the_log_keeps_both(room):
    room.after(0, condition())
    end(room)
    view = only(room)
    with acting(CRISIS):
        room.desk.close(view.alarm_id, view.version, "unclear")
        room.desk.judge(view.alarm_id, "late", "Meldung der Feuerwehr", "yes")
        room.desk.judge(view.alarm_id, "hit", "Meldung der Feuerwehr")
        with pytest.raises(AlarmRefusedError, match="evakuiert"):
            room.desk.judge(view.alarm_id, "hit", "Meldung der Feuerwehr", "vielleicht")
        log = room.service.log(view.alarm_id)
        ledger = room.service.ledger()
    assert log[-1].details == {
        "before": "late", "outcome": "hit", "evacuated_before": "yes", "evacuated": "yes",
    }  # fmt: skip
    assert (ledger.total.hits, ledger.total.evacuated) == (1, 1)
    assert [row.evacuated for row in ledger.years] == [1]


@pytest.mark.parametrize("rule", sorted(set(Rule) - {Rule.LEVEL, Rule.RISE}))
def test_what_foretells_no_water_is_never_too_late(room, rule):
    room.after(0, condition(rule=rule))
    view = only(room)
    with acting(CRISIS):
        offered = room.service.outcomes(view.alarm_id)
        room.after(1, condition(Standing.CLEAR, rule=rule))
        room.after(200, condition(Standing.CLEAR, rule=rule))
        with pytest.raises(AlarmRefusedError, match="was aus dem Alarm geworden ist"):
            room.desk.close(view.alarm_id, only(room).version, "late", "war so")
        room.desk.close(view.alarm_id, only(room).version, "hit", "war so")
    assert Outcome.LATE not in offered
    assert Outcome.HIT in offered


def test_assigning_and_comments_are_in_log_and_audit(room):
    room.after(0, condition())
    view = only(room)
    with acting(CRISIS):
        room.desk.assign(view.alarm_id, view.version)
        room.desk.comment(view.alarm_id, "  Feuerwehr fährt hin <b> ")
        log = room.service.log(view.alarm_id)
    assert [(row.kind, row.text) for row in log[-2:]] == [
        ("assigned", CRISIS.name), ("comment", "Feuerwehr fährt hin <b>"),
    ]  # fmt: skip
    assert only(room).assigned_to == CRISIS.name
    said = Remark(room.clock.now(), CRISIS.name, "Feuerwehr fährt hin <b>")
    assert only(room).remarks == (said,)
    with room.sessions() as session:
        actions = [row.action for row in audit.newest(session, 5)]
        assert audit.verify(session).broken_at is None
    assert actions == ["alarm-comment", "alarm-assigned"]


def test_remarks_stand_at_their_own_alarm_newest_first_and_stay_in_the_ledger(room):
    room.after(0, condition(), condition(subject="welling/nette"))
    with acting(CRISIS):
        first, second = room.service.board().alarms
        room.desk.comment(first.alarm_id, "eins")
        room.desk.comment(first.alarm_id, "zwei")
        board, ledger = room.service.board(), room.service.ledger()
    for views in (board.alarms, ledger.alarms):
        said = {view.alarm_id: [each.text for each in view.remarks] for view in views}
        assert said == {first.alarm_id: ["zwei", "eins"], second.alarm_id: []}


def test_a_missed_flood_is_entered_and_counts(room):
    with acting(CRISIS):
        room.desk.record_missed("mayen/nette", NOW - timedelta(hours=2), "Unterführung voll")
        ledger = room.service.ledger()
        with pytest.raises(AlarmRefusedError):
            room.desk.record_missed("gibt/es-nicht", NOW, "Notiz")
        with pytest.raises(AlarmRefusedError):
            room.desk.record_missed("mayen/nette", NOW + timedelta(hours=1), "Notiz")
        [entry] = [one for one in ledger.alarms if one.outcome == "missed"]
        room.desk.judge(entry.alarm_id, "hit", "Nachgetragen", "yes")
        later = room.service.ledger()
    assert (ledger.total.missed, ledger.total.pod) == (1, None)
    assert (later.total.missed, later.total.hits, later.total.evacuated) == (1, 0, 1)


@pytest.mark.parametrize("act", ["acknowledge", "assign", "comment", "close", "judge"])
def test_who_may_not_operate_changes_nothing(room, act):
    room.after(0, condition())
    view = only(room)
    arguments = {
        "acknowledge": (view.version,),
        "assign": (view.version,),
        "comment": ("Text",),
        "close": (view.version, "hit", "Notiz"),
        "judge": ("hit", "Notiz"),
    }[act]
    with pytest.raises(NotSignedInError):
        getattr(room.desk, act)(view.alarm_id, *arguments)
    wall = identity_of(Role.CRISIS, is_wall=True)
    for who in (identity_of(Role.PLANNER), wall, identity_of(Role.CRISIS, is_confirmed=False)):
        with acting(who), pytest.raises(NotAllowedError):
            getattr(room.desk, act)(view.alarm_id, *arguments)
    assert only(room) == view


def test_the_public_sees_no_alarms(room):
    with pytest.raises(NotSignedInError):
        room.service.board()
    with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
        room.service.ledger()


def test_alarms_of_a_replay_are_drills_and_end_with_it(sessions, region):
    clock = StandingClock(began_at=datetime(2026, 1, 1, tzinfo=UTC))
    room = Room(sessions, region, clock)
    room.after(0, condition())
    assert room.told[0].is_drill
    assert room.told[0].title.startswith("ÜBUNG")
    first = only(room)
    clock.began_at = datetime(2026, 1, 2, tzinfo=UTC)
    room.after(0)
    assert board(room).alarms == ()
    with acting(CRISIS):
        [closed] = room.service.ledger().alarms
    assert (closed.alarm_id, closed.outcome) == (first.alarm_id, "drill")


def test_a_replay_beside_leaves_real_alarms_alone(sessions, region):
    real = Room(sessions, region)
    real.after(0, condition())
    drill = Room(sessions, region, StandingClock(began_at=datetime(2026, 1, 1, tzinfo=UTC)))
    drill.after(0, condition())
    assert not only(real).is_drill
    assert only(drill).is_drill


def test_the_version_changes_with_what_happens_and_not_with_looks(room):
    before = room.service.version()
    room.after(0, condition())
    opened = room.service.version()
    room.after(1, condition(UNKNOWN))
    assert before != opened == room.service.version()


def test_a_fault_of_notification_keeps_the_alarm_and_the_call_is_made_again(sessions, region):
    room = Room(sessions, region)
    right = room.keeper.announce

    def refuse(_session, _told):
        raise RuntimeError("voll")

    object.__setattr__(room.keeper, "announce", refuse)
    room.after(0, condition())
    view = only(room)
    assert kinds(room, view.alarm_id) == ["opened"]
    object.__setattr__(room.keeper, "announce", right)
    room.after(1, condition())
    assert [told.step for told in room.told] == [0]


def test_the_call_goes_to_who_has_the_duty(room, region):
    duties = Duties(room.sessions, region.region_id, region.timezone, wall=room.clock.now)
    day = timedelta(days=1)
    with acting(identity_of(Role.ADMIN)):
        duties.set_weekly(
            "bereitschaft", [WeeklyDuty(0, *_seven(), 0, *_seven(), "bereitschaft-a")]
        )
    room.after(0, condition())
    with acting(CRISIS):
        duties.add_exception("bereitschaft", DutyException(NOW, NOW + day, "vertretung"))
    room.after(1, condition(subject="plaidt/nette"))
    assert [told.group for told in room.told] == ["bereitschaft-a", "vertretung"]
    assert board(room).on_duty == {"bereitschaft": "vertretung"}


def _seven():
    from datetime import time

    return (time(7),)


def test_a_rota_that_overlaps_or_runs_backwards_is_refused(room, region):
    duties = Duties(room.sessions, region.region_id, region.timezone)
    one = WeeklyDuty(0, *_seven(), 0, *_seven(), "a")
    with acting(identity_of(Role.ADMIN)):
        with pytest.raises(RotaRefusedError, match="überschneiden"):
            duties.set_weekly("bereitschaft", [one, one])
        with pytest.raises(RotaRefusedError):
            duties.add_exception("bereitschaft", DutyException(NOW, NOW, "a"))
    with acting(CRISIS), pytest.raises(NotAllowedError):
        duties.set_weekly("bereitschaft", [one])


def test_the_board_sorts_by_severity_then_what_waits_then_lost_sight(room):
    room.after(0, condition(subject="a/b"), condition(severity=Severity.WARNUNG, subject="c/d"))
    room.after(1, condition(subject="a/b"), lost(), condition(subject="e/f"))
    keys = [(view.severity.value, view.rule) for view in board(room).alarms]
    assert keys == [("alarm", "messausfall"), ("alarm", "stufe"), ("alarm", "stufe"),
                    ("warnung", "stufe")]  # fmt: skip
    first = board(room).alarms[0]
    with acting(CRISIS):
        room.desk.acknowledge(first.alarm_id, first.version)
    assert [view.rule for view in board(room).alarms][:3] == ["stufe", "stufe", "messausfall"]


def test_whoever_was_called_is_told_that_the_condition_is_over_once(room):
    room.after(0, condition())
    called = [told.group for told in room.told]
    end(room)
    ends = [told for told in room.told if told.kind == "end"]
    assert [told.group for told in ends] == list(dict.fromkeys(t.group for t in room.told))
    assert called[0] in {told.group for told in ends}
    assert all(told.title == "Alarm: Hochwasser, Mayen" for told in ends)


def test_each_call_carries_the_minutes_of_its_own_look_and_unknown_ones_are_none(room):
    for minutes_left in (38.0, 33.0, None):
        room.after(5 if room.told else 0, replace(condition(), usable_min=minutes_left))
    assert [told.usable_min for told in room.told] == [38.0, 33.0]
    room.after(60, replace(condition(), usable_min=None))
    assert room.told[-1].usable_min is None
