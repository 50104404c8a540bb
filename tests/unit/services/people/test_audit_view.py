"""The log as the administration reads it: newest first, by person, whole or broken."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from data import audit
from data.engine import writing
from services.people.audit_view import SHOWN, AuditView
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import PUBLIC, Role, system
from tests.support.sample_people import identity_of

T0 = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def view(sessions):
    with sessions.begin() as session:
        writing(session)
        for number in range(SHOWN + 5):
            who = "Leitung" if number % 2 else "Dienst_A"
            audit.note(session, T0 + timedelta(minutes=number), who, "sign-in", f"login{number}")
        audit.note(session, T0, "x", "account-add", "leitung.zwei")
    return AuditView(sessions)


def test_the_newest_entries_come_first_and_are_bounded(view):
    with acting(system("test")):
        found = view.newest()
    assert len(found) == SHOWN
    assert found[0].target == "leitung.zwei"
    assert found[0].audit_id > found[-1].audit_id


def test_a_person_is_found_as_who_acted_and_as_whose_account_was_changed(view):
    with acting(system("test")):
        found = view.newest(" leitung ")
        assert {row.actor for row in found} == {"Leitung", "x"}
        assert view.newest("%") == ()
        assert {row.actor for row in view.newest("dienst_a")} == {"Dienst_A"}
        assert view.newest("dienstxa") == ()


def test_the_chain_is_whole_until_somebody_changes_an_entry(view):
    with acting(system("test")):
        found = view.verify()
        assert (found.entries, found.broken_at) == (SHOWN + 6, None)
        with view.sessions.begin() as session:
            session.execute(text("update audit set actor = 'andere' where target = 'login3'"))
        assert view.verify().broken_at is not None


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (PUBLIC, NotSignedInError),
        (identity_of(Role.CRISIS), NotAllowedError),
        (identity_of(Role.ADMIN, is_confirmed=False), NotAllowedError),
        (identity_of(Role.ADMIN, is_wall=True), NotAllowedError),
    ],
)
def test_only_who_administers_reads_it(view, who, refusal):
    with acting(who):
        for ask in (view.newest, view.verify):
            with pytest.raises(refusal):
                ask()
