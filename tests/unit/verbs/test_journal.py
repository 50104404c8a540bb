"""`./cockpit journal verify` tells a whole journal from one that somebody has changed."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from cli import main
from config import Settings
from data import journal
from data.engine import writing
from data.journal import JournalRow
from data.models import JournalEntry
from wiring import wire

AT = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def wired(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path))
    made = wire(Settings())
    with made.sessions.begin() as session:
        writing(session)
        for text in ("erstes", "zweites", "drittes"):
            row = JournalRow("myk", "live", "lage", AT, AT, AT, "Dienst", text)
            journal.append(session, row)
    yield made
    made.engine.dispose()


def test_a_whole_journal_is_said_to_be_whole_with_its_head(wired):
    answer = CliRunner().invoke(main, ["journal", "verify"])
    with wired.sessions() as session:
        assert journal.head(session) in answer.output
    assert answer.exit_code == 0
    assert answer.output.startswith("3 Einträge, Kette unversehrt")


def test_a_changed_entry_is_named_with_exit_code_1(wired):
    with wired.sessions.begin() as session:
        change = update(JournalEntry).where(JournalEntry.entry_id == 2).values(text="anders")
        session.execute(change)
    answer = CliRunner().invoke(main, ["journal", "verify"])
    assert answer.exit_code == 1
    assert "gebrochen bei Eintrag 2" in answer.output
