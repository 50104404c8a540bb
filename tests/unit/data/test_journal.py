"""The journal is a chain: what is changed, removed or put in later is found, on both databases."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, update

from data import dump, journal
from data.engine import make_engine, make_sessions, writing
from data.journal import JournalRow, PhotoRow, Search
from data.models import JournalEntry

START = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
ROW = JournalRow(
    "myk", "live", "lage", START, START, START, "Dienst", "Wasser steigt ß", "id-1",
    lat=50.3284137, lon=7.2231, details={"n": 1, "x": 0.1},
)  # fmt: skip


def fill(sessions, count=6):
    for number in range(count):
        at = START + timedelta(minutes=number)
        row = replace(ROW, happened_at=at, noted_at=at, text=f"Eintrag {number}")
        with sessions.begin() as session:
            journal.append(writing(session), row)


def verdict(sessions):
    with sessions() as session:
        return journal.verify(session)


def test_an_untouched_journal_is_whole(sessions):
    assert verdict(sessions).entries == 0
    fill(sessions)
    found = verdict(sessions)
    assert (found.entries, found.unsealed, found.broken_at) == (6, 0, None)
    with sessions() as session:
        assert found.head == journal.head(session)


@pytest.mark.parametrize(
    "change",
    [
        update(JournalEntry).where(JournalEntry.entry_id == 3).values(text="anders"),
        update(JournalEntry).where(JournalEntry.entry_id == 3).values(happened_at=START),
        update(JournalEntry).where(JournalEntry.entry_id == 3).values(wall_at=START + timedelta(9)),
        update(JournalEntry).where(JournalEntry.entry_id == 3).values(lat=50.0),
        update(JournalEntry).where(JournalEntry.entry_id == 3).values(details={}),
        update(JournalEntry).where(JournalEntry.entry_id == 3).values(actor="Anderer"),
        delete(JournalEntry).where(JournalEntry.entry_id == 3),
    ],
)
def test_what_is_changed_or_removed_later_is_found(sessions, change):
    fill(sessions)
    with sessions.begin() as session:
        session.execute(change)
    assert verdict(sessions).broken_at in {3, 4}


def test_what_is_put_in_later_is_found(sessions):
    fill(sessions)
    values = {name: getattr(ROW, name) for name in journal._SEALED}
    with sessions.begin() as session:
        session.execute(insert(JournalEntry).values(**values, prev_hash="", entry_hash=""))
    assert verdict(sessions).broken_at == 7


def test_writers_at_the_same_moment_make_one_chain(sessions):
    def write(number):
        with sessions.begin() as session:
            journal.append(writing(session), replace(ROW, text=str(number)))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(24)))
    found = verdict(sessions)
    assert (found.entries, found.broken_at) == (24, None)


def test_entries_are_found_by_what_narrows_them(sessions):
    with sessions.begin() as session:
        writing(session)
        journal.append(
            session, replace(ROW, text="Übergang 100% gesperrt", subjects="|mayen/nette|")
        )
        journal.append(session, replace(ROW, text="x", subjects="|mayen-ost/nette|", kind="alarm"))
        journal.append(session, replace(ROW, text="y", scope="replay"))
    wanted = Search("myk", "live")

    def texts(**changes):
        with sessions() as session:
            found = journal.search(session, replace(wanted, **changes), 10)
            assert journal.count(session, replace(wanted, **changes)) == len(found)
        return [row.text for row in found]

    assert len(texts()) == 2
    assert texts(kinds=("alarm",)) == ["x"]
    assert texts(but=("alarm",)) == ["Übergang 100% gesperrt"]
    assert texts(subject="mayen/nette|") == ["Übergang 100% gesperrt"]
    assert texts(words="100%") == texts(words="Überg") == ["Übergang 100% gesperrt"]
    assert texts(words="%_%") == []
    assert texts(start=START + timedelta(seconds=1)) == []
    assert texts(known_at=START - timedelta(seconds=1)) == []
    assert len(texts(end=START)) == 2


def test_a_photo_is_stored_once(sessions):
    row = PhotoRow("a" * 64, "image/jpeg", 3, 2, b"\x00\xff")
    for _ in range(2):
        with sessions.begin() as session:
            journal.add_photo(writing(session), row)
    with sessions.begin() as session:
        journal.append(writing(session), replace(ROW, photo=row.sha256))
    here = Search(ROW.region_id, ROW.scope)
    with sessions() as session:
        assert journal.photo(session, here, row.sha256) == row
        assert journal.photo(session, here, "b" * 64) is None
        for other in (replace(here, region_id="andere"), replace(here, scope="andere")):
            assert journal.photo(session, other, row.sha256) is None


def test_a_backup_keeps_the_chain(sessions, engine, tmp_path, sqlite_template):
    with sessions.begin() as session:
        writing(session)
        journal.add_photo(session, PhotoRow("a" * 64, "image/jpeg", 3, 2, b"\x00\xff"))
        number = journal.append(session, replace(ROW, photo="a" * 64))
        journal.append(session, replace(ROW, kind="korrektur", refers_to=number))
    path = tmp_path / "copy.sqlite"
    shutil.copyfile(sqlite_template, path)
    target = make_engine(f"sqlite:///{path}")
    with engine.connect() as source, target.begin() as connection:
        dump.write(connection, dump.read(source))
    with make_sessions(target)() as session:
        found = journal.verify(session)
        assert (found.entries, found.broken_at) == (2, None)
        here = Search(ROW.region_id, ROW.scope)
        assert journal.photo(session, here, "a" * 64).body == b"\x00\xff"
    target.dispose()
