"""Two people at the same moment on both databases: one acts, the other is told, one audit entry."""

import time

import pytest
from sqlalchemy import func, select

from data import alarms, audit, journal, people, thresholds, warning_drafts
from data.models import AuditEntry
from services.alarm_plan.desk import Change
from services.alarm_plan.model import Status
from services.archive.reading import NO_ARCHIVE
from services.journal.desk import Draft
from services.journal.model import Kind
from services.people.accounts import Accounts
from services.people.identity import acting
from services.people.model import Role, system
from services.thresholds.desk import ThresholdDesk
from services.warnings.draft_desk import WarningDesk
from tests.support.at_once import pressed
from tests.support.fakes import site
from tests.support.sample_alarms import NOW, Room, StandingClock, condition
from tests.support.sample_journal import Desk, handover
from tests.support.sample_people import identity_of
from tests.support.sample_plan import Plan
from tests.support.sample_thresholds import proposal
from tests.support.sample_warnings import draft_text

FIRST = identity_of(Role.CRISIS)
SECOND = identity_of(Role.CRISIS, person_id="id-2", name="Dienst zwei")
THIRD = identity_of(Role.CRISIS, person_id="id-3", name="Dienst drei")
BOTH = (FIRST, SECOND)
LOOKING_S = 0.3
"""So long somebody looks before writing: the other one's look falls into it."""


def noted(sessions, action):
    with sessions() as session:
        assert audit.verify(session).broken_at is None
        assert journal.verify(session).broken_at is None
        question = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
        return session.scalar(question)


def test_of_two_who_approve_and_the_proposer_exactly_one_other_person_counts(sessions, region):
    desk = ThresholdDesk(sessions, region, StandingClock(), NO_ARCHIVE, wall=lambda: NOW)
    with acting(FIRST):
        change = desk.propose(proposal())
    desk.compute_effect(change)
    said = pressed((FIRST, SECOND, THIRD), lambda _who: desk.approve(change))
    assert said.count("") == 1
    assert sum("zweite Person" in words or "schon entschieden" in words for words in said) == 2
    assert noted(sessions, "threshold-approve") == 1
    with sessions() as session:
        row = next(row for row in audit.newest(session, 5) if row.action == "threshold-approve")
    assert row.actor in {SECOND.actor, THIRD.actor}


def test_of_an_approval_and_a_withdrawal_one_holds(sessions, region):
    desk = ThresholdDesk(sessions, region, StandingClock(), NO_ARCHIVE, wall=lambda: NOW)
    with acting(FIRST):
        change = desk.propose(proposal())
    desk.compute_effect(change)
    said = pressed(
        BOTH, lambda who: desk.withdraw(change) if who is FIRST else desk.approve(change)
    )
    assert said[0] == ""
    assert "schon entschieden" in said[1]
    assert noted(sessions, "threshold-approve") + noted(sessions, "threshold-withdraw") == 1


def test_a_measure_is_ticked_once(sessions, region):
    plan = Plan(sessions, region)
    with acting(FIRST):
        plan.room.desk.start("nette", "voralarm", "Anordnung")
        [stage] = plan.room.reading.board().stages
    step = stage.steps[0]
    said = pressed(
        BOTH,
        lambda _who: plan.room.desk.change(step.step_id, step.version, Change(Status.BEGUN)),
    )
    assert said[0] == ""
    assert "hat diese Maßnahme gerade schon geändert (jetzt: begonnen)" in said[1]
    assert noted(sessions, "plan-schritt") == 1


def test_a_stage_is_closed_once(sessions, region):
    plan = Plan(sessions, region)
    with acting(FIRST):
        stage = plan.room.desk.start("nette", "voralarm", "Anordnung")
    said = pressed(BOTH, lambda _who: plan.room.desk.close(stage, "Ende"))
    assert said[0] == ""
    assert "schon abgeschlossen" in said[1]
    assert noted(sessions, "plan-ende") == 1


@pytest.fixture
def alarm(sessions, region):
    room = Room(sessions, region)
    room.after(0, condition())
    with acting(FIRST):
        [view] = room.service.board().alarms
    return room, view


def test_an_alarm_is_acknowledged_once(alarm, sessions):
    room, view = alarm
    said = pressed(BOTH, lambda _who: room.desk.acknowledge(view.alarm_id, view.version))
    assert said[0] == ""
    assert "gerade schon quittiert" in said[1]
    assert noted(sessions, "alarm-acknowledged") == 1


def test_an_alarm_is_closed_once_and_its_first_outcome_stays(alarm, sessions):
    room, view = alarm
    with sessions.begin() as session:
        alarms.change(session, view.alarm_id, ended_at=NOW, standing="clear")
    outcomes = {FIRST: "hit", SECOND: "false"}
    said = pressed(
        BOTH,
        lambda who: room.desk.close(view.alarm_id, view.version, outcomes[who], "gesehen"),
    )
    assert said[0] == ""
    assert "schon abgeschlossen" in said[1]
    assert noted(sessions, "alarm-closed") == 1
    with sessions() as session:
        row = alarms.by_id(session, view.alarm_id)
    winner = next(who for who in BOTH if who.actor == row.closed_by)
    assert row.outcome == outcomes[winner]


def test_an_entry_is_corrected_once(sessions, region):
    desk = Desk(sessions, region).room.desk
    with acting(FIRST):
        number = desk.write(Draft(Kind.SITUATION, "Pegel 2,10 m"))
    said = pressed(BOTH, lambda who: desk.correct(number, f"von {who.name}", "Zahlendreher"))
    assert said[0] == ""
    assert "gerade schon berichtigt" in said[1]
    assert noted(sessions, "tagebuch-berichtigung") == 1


def look_longer_at(monkeypatch, module, name):
    plain = getattr(module, name)

    def slow(*given):
        found = plain(*given)
        time.sleep(LOOKING_S)
        return found

    monkeypatch.setattr(module, name, slow)


def test_a_shift_is_handed_over_once(sessions, region, monkeypatch):
    look_longer_at(monkeypatch, journal, "search")
    desk = Desk(sessions, region).room.desk
    said = pressed((FIRST, FIRST), lambda _who: desk.hand_over(handover()))
    assert said[0] == ""
    assert "wartet schon als Nr. 1" in said[1]
    assert noted(sessions, "tagebuch-uebergabe") == 1


def test_a_draft_is_saved_once(sessions, region, monkeypatch):
    look_longer_at(monkeypatch, warning_drafts, "newest")
    desk = WarningDesk(sessions, region, StandingClock(), site(is_demo=False), wall=lambda: NOW)
    said = pressed(BOTH, lambda _who: desk.save(draft_text()))
    assert said[0] == ""
    assert "schon gesichert" in said[1]
    assert noted(sessions, "warning-alert") == 1


def test_levels_are_proposed_once(sessions, region, monkeypatch):
    look_longer_at(monkeypatch, thresholds, "pending")
    desk = ThresholdDesk(sessions, region, StandingClock(), NO_ARCHIVE, wall=lambda: NOW)
    said = pressed(BOTH, lambda _who: desk.propose(proposal()))
    assert said[0] == ""
    assert "schon vorgeschlagen" in said[1]
    assert noted(sessions, "threshold-propose") == 1


@pytest.mark.parametrize("act", ["remove", "set_role", "close"])
def test_two_administrators_do_not_remove_each_other(sessions, monkeypatch, act):
    accounts = Accounts(sessions)
    with acting(system("test")):
        for login in ("eins", "zwei"):
            accounts.add(login, f"Leitung {login}", Role.ADMIN)
    look_longer_at(monkeypatch, people, "count")
    others = {
        identity_of(Role.ADMIN, person_id=f"id-{own}", name=f"Leitung {own}"): other
        for own, other in (("eins", "zwei"), ("zwei", "eins"))
    }

    def press(who):
        if act == "remove":
            accounts.remove(others[who])
        elif act == "set_role":
            accounts.set_role(others[who], Role.COUNCIL)
        else:
            accounts.set_active(others[who], is_active=False)

    said = pressed(others, press)
    assert said[0] == ""
    assert "letzte Konto der Verwaltung" in said[1]
    with sessions() as session:
        assert people.count(session, Role.ADMIN.value) == 1
    names = {"remove": "account-remove", "set_role": "account-role", "close": "account-close"}
    assert noted(sessions, names[act]) == 1


def test_a_login_is_given_once(sessions, monkeypatch):
    accounts = Accounts(sessions)
    look_longer_at(monkeypatch, people, "by_login")
    admins = [identity_of(Role.ADMIN, person_id=f"id-{number}") for number in range(2)]
    said = pressed(admins, lambda _who: accounts.add("dienst", "Dienst", Role.PLANNER))
    assert said == ["", "Diesen Anmeldenamen gibt es schon."]
    assert noted(sessions, "account-add") == 1
