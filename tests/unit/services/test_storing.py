"""What a person enters on a full disk: said in words, nothing half stored, and then it goes on."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data.models import Base
from services.alarm_plan.desk import Change
from services.alarm_plan.model import Status
from services.archive.reading import NO_ARCHIVE
from services.errors import NotStoredError, StoreFullError
from services.journal.desk import Draft
from services.journal.model import Kind
from services.people.identity import acting
from services.people.model import Role
from services.people.sign_in import TOUCH_EVERY, SignIn
from services.storing import storing
from services.thresholds.desk import ThresholdDesk
from tests.support.full_disk import no_file_grows
from tests.support.sample_alarms import NOW, Room, StandingClock, condition
from tests.support.sample_journal import Desk
from tests.support.sample_night import desks
from tests.support.sample_people import identity_of
from tests.support.sample_plan import Plan
from tests.support.sample_thresholds import proposal
from tests.unit.services.journal.test_photo import jpeg
from tests.unit.services.subscriptions.test_subscription_service import WISH, made

OFFICER = identity_of(Role.ADMIN)


def entry(sessions, region):
    desk = Desk(sessions, region).room.desk
    return lambda: desk.write(Draft(Kind.SITUATION, "Wasser steigt"))


def photo(sessions, region):
    desk = Desk(sessions, region).room.desk
    return lambda: desk.write(Draft(Kind.SITUATION, "Brücke", photo=jpeg()))


def tick(sessions, region):
    plan = Plan(sessions, region)
    with acting(OFFICER):
        plan.room.desk.start("nette", "voralarm", "Anordnung")
        [stage] = plan.room.reading.board().stages
    step = stage.steps[0]
    return lambda: plan.room.desk.change(step.step_id, step.version, Change(Status.BEGUN))


def subscription(sessions, region):
    kept = made(sessions, region, is_drill=True)
    return lambda: kept.request(WISH, "1.2.3.4")


def threshold(sessions, region):
    desk = ThresholdDesk(sessions, region, StandingClock(), NO_ARCHIVE, wall=lambda: NOW)
    return lambda: desk.propose(proposal())


def acknowledgement(sessions, region):
    room = Room(sessions, region)
    room.after(0, condition())
    with acting(OFFICER):
        [view] = room.service.board().alarms
    return lambda: room.desk.acknowledge(view.alarm_id, view.version)


def outage(sessions, region):
    _readings, outages = desks(sessions, region)
    until = "11.03.2026 12:00"
    gauge = next(iter(sorted(region.connected)))
    return lambda: outages.plan("gauge", gauge, until, "Wartung")


ACTS = (entry, photo, tick, subscription, threshold, acknowledgement, outage)


def everything(sessions):
    with sessions() as session:
        return [session.execute(select(table)).all() for table in Base.metadata.sorted_tables]


@pytest.mark.parametrize("make", ACTS)
def test_on_a_full_disk_nothing_is_half_stored_and_it_works_again_afterwards(
    sqlite_sessions, region, make
):
    act = make(sqlite_sessions, region)
    before = everything(sqlite_sessions)
    with acting(OFFICER):
        with no_file_grows(), pytest.raises(NotStoredError) as refused:
            act()
        assert refused.value.user_message.startswith("Nicht gespeichert: ")
        assert everything(sqlite_sessions) == before
        act()
    assert everything(sqlite_sessions) != before


def test_who_has_signed_in_goes_on_looking_on_a_full_disk(sqlite_sessions, region):
    clock = StandingClock()
    door = SignIn(sqlite_sessions, region.timezone, is_demo=True, wall=clock.now)
    token = door.enter_demo(Role.CRISIS)
    clock.instant += 2 * TOUCH_EVERY
    with no_file_grows():
        assert door.find(token).role is Role.CRISIS
        with pytest.raises(NotStoredError):
            door.enter_demo(Role.CRISIS)


def sqlite_full():
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (sqlite_full(), StoreFullError),
        (psycopg.errors.DiskFull("could not extend file"), StoreFullError),
        (sqlite3.OperationalError("database is locked"), NotStoredError),
        (psycopg.errors.AdminShutdown("terminating"), NotStoredError),
    ],
)
def test_a_full_disk_is_told_from_a_database_that_does_not_answer(sqlite_sessions, cause, kind):
    with pytest.raises(NotStoredError) as told, storing(sqlite_sessions):
        raise OperationalError("insert", {}, cause)
    assert type(told.value) is kind


def test_a_store_without_a_free_connection_says_so(sqlite_sessions):
    with pytest.raises(NotStoredError), storing(sqlite_sessions):
        raise PoolTimeoutError
