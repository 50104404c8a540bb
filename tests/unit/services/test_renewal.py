"""A lease lasts as long as the work under it, and no longer than that."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from data import leases
from data.engine import writing
from data.models import Lease
from services.renewal import HeldLease, renewed

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TTL = timedelta(seconds=15)
SOON = timedelta(milliseconds=30)
PATIENCE_S = 20.0


def take(sessions, holder, at=NOW, ttl=TTL):
    with sessions.begin() as session:
        return leases.acquire(writing(session), "arbeit", holder, at, ttl)


def until(sessions):
    with sessions() as session:
        return session.scalar(select(Lease.until_at))


def held(sessions, now=lambda: NOW, ttl=TTL):
    return HeldLease(sessions, "arbeit", "a", ttl, now)


def eventually(is_so):
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.02)):
        if is_so():
            return True
        pause.wait(0.02)
    return False


def test_work_that_takes_longer_than_its_lease_keeps_it(sessions):
    clock = [NOW]
    assert take(sessions, "a", ttl=SOON)
    with renewed(held(sessions, lambda: clock[0], SOON)) as lease:
        for _ in range(3):
            clock[0] += TTL
            assert eventually(lambda: until(sessions) == clock[0] + SOON)
            assert not take(sessions, "b", clock[0])
        assert not lease.lost.is_set()


def test_a_lease_that_another_has_taken_over_is_not_taken_back(sessions, caplog):
    assert take(sessions, "a")
    assert take(sessions, "b", NOW + TTL)
    with renewed(held(sessions, ttl=SOON)) as lease:
        assert lease.lost.wait(PATIENCE_S)
        assert eventually(lambda: "übernommen" in caplog.text)
    assert not take(sessions, "a", NOW + TTL)


def test_a_lease_that_was_given_back_is_not_made_anew(sessions):
    assert take(sessions, "a")
    lease = held(sessions)
    with sessions.begin() as session:
        leases.release(writing(session), "arbeit", "a")
    lease.renew()
    assert lease.lost.is_set()
    assert until(sessions) is None


def test_the_renewing_ends_with_the_work_also_when_it_fails(sqlite_sessions):
    with pytest.raises(ZeroDivisionError), renewed(held(sqlite_sessions)):
        raise ZeroDivisionError
    assert eventually(lambda: not any("arbeit" in item.name for item in threading.enumerate()))


def test_a_database_that_fails_once_does_not_lose_the_lease(sqlite_sessions, caplog):
    assert take(sqlite_sessions, "a")
    with sqlite_sessions.begin() as session:
        session.execute(text("alter table leases rename to away"))
    with renewed(held(sqlite_sessions, lambda: NOW + TTL, SOON)) as lease:
        assert eventually(lambda: "nicht verlängert" in caplog.text)
        with sqlite_sessions.begin() as session:
            session.execute(text("alter table away rename to leases"))
        assert eventually(lambda: until(sqlite_sessions) == NOW + TTL + SOON)
        assert not lease.lost.is_set()
