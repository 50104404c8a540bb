"""A database that processes of other hosts work with is not taken away."""

import threading
from datetime import timedelta

import pytest

from data import leases
from data.engine import make_engine, make_sessions, writing
from services.clock import wall_now
from services.in_use import StillRunningError
from services.presence import PRESENT_FOR, announced, require_unused, touch

VERB, OPTION = "./cockpit db move", "--ignore-other-hosts"
PATIENCE_S = 20.0
pytestmark = pytest.mark.postgres


def is_used(engine, now=None):
    try:
        require_unused(engine, VERB, OPTION, now)
    except StillRunningError as error:
        return error.user_message
    return ""


def eventually(is_so):
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.02)):
        if is_so():
            return True
        pause.wait(0.02)
    return False


def test_a_process_is_present_while_it_works_and_gone_when_it_has_ended(postgres_engine):
    assert is_used(postgres_engine) == ""
    with announced(postgres_engine, "ingest"):
        assert eventually(lambda: is_used(postgres_engine))
        words = is_used(postgres_engine)
    assert "ingest auf " in words
    assert OPTION in words
    assert is_used(postgres_engine) == ""


def test_a_process_that_died_counts_for_a_minute(postgres_engine):
    sessions = make_sessions(postgres_engine)
    touch(sessions, "jobs", "host-b:12:ab")
    assert "jobs auf host-b" in is_used(postgres_engine)
    assert is_used(postgres_engine, wall_now() + PRESENT_FOR + timedelta(seconds=1)) == ""


def test_a_job_under_its_lease_counts_too(postgres_engine):
    with make_sessions(postgres_engine).begin() as session:
        leases.acquire(
            writing(session), "auftrag:verdichten", "host-c:1:x", wall_now(), PRESENT_FOR
        )
    assert "auftrag:verdichten auf host-c" in is_used(postgres_engine)


def test_a_database_that_is_away_at_first_hides_no_process(postgres_engine, monkeypatch):
    from sqlalchemy.exc import OperationalError

    from services import presence

    faults = [OperationalError("select", {}, Exception("weg"))]
    acquire = leases.acquire

    def failing(*given):
        if faults:
            raise faults.pop()
        return acquire(*given)

    monkeypatch.setattr(presence, "PRESENT_FOR", timedelta(seconds=30))
    monkeypatch.setattr(presence, "SHARE", 1000)
    monkeypatch.setattr(leases, "acquire", failing)
    with announced(postgres_engine, "worker"):
        assert eventually(lambda: is_used(postgres_engine))


def test_an_empty_database_is_used_by_nobody(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with make_sessions(engine)() as session:
        assert leases.standing(session, wall_now()) == []
    assert is_used(engine) == ""
    engine.dispose()
