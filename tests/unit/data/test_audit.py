"""The audit log is a chain: what is changed, removed or put in later is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, update

from data import audit
from data.engine import writing
from data.models import AuditEntry

START = datetime(2026, 11, 28, 3, 4, 5, 678901, tzinfo=UTC)


def fill(sessions, count=6):
    for number in range(count):
        with sessions.begin() as session:
            at = START + timedelta(seconds=number)
            audit.note(
                writing(session), at, "Dienst", "do", f"ziel {number}", n=number, x=1.5, ä="ö"
            )


def verdict(sessions):
    with sessions() as session:
        return audit.verify(session)


def test_an_untouched_log_is_whole(sessions):
    assert verdict(sessions).entries == 0
    fill(sessions)
    found = verdict(sessions)
    assert (found.entries, found.unsealed, found.broken_at) == (6, 0, None)
    with sessions() as session:
        assert found.head == audit.newest(session, 1)[0].entry_hash


@pytest.mark.parametrize(
    "change",
    [
        update(AuditEntry).where(AuditEntry.audit_id == 3).values(actor="Anderer"),
        update(AuditEntry).where(AuditEntry.audit_id == 3).values(details={"n": 9}),
        update(AuditEntry).where(AuditEntry.audit_id == 3).values(at=START),
        update(AuditEntry).where(AuditEntry.audit_id == 3).values(entry_hash=""),
        delete(AuditEntry).where(AuditEntry.audit_id == 3),
    ],
)
def test_what_is_changed_or_removed_later_is_found(sessions, change):
    fill(sessions)
    with sessions.begin() as session:
        session.execute(change)
    assert verdict(sessions).broken_at in {3, 4}


def test_what_is_put_in_later_is_found(sessions):
    fill(sessions)
    with sessions.begin() as session:
        values = {"at": START, "actor": "x", "action": "y", "target": "z", "details": {}}
        session.execute(insert(AuditEntry).values(**values, prev_hash="", entry_hash=""))
    assert verdict(sessions).broken_at == 7


def test_entries_older_than_the_chain_are_counted_as_unsealed(sessions):
    with sessions.begin() as session:
        values = {"at": START, "actor": "x", "action": "y", "target": "z", "details": {}}
        session.execute(insert(AuditEntry).values(**values, prev_hash="", entry_hash=""))
    fill(sessions, 2)
    found = verdict(sessions)
    assert (found.entries, found.unsealed, found.broken_at) == (3, 1, None)


def test_writers_at_the_same_moment_make_one_chain(sessions):
    def write(number):
        with sessions.begin() as session:
            audit.note(writing(session), START, f"p{number}", "do", "x")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(30)))
    found = verdict(sessions)
    assert (found.entries, found.broken_at) == (30, None)
