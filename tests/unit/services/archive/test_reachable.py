"""A host that lacks the archive is not ready, and says so without naming a path."""

import os
from datetime import UTC, datetime

from data import archives, things
from data.archives import ArchiveRow
from data.engine import make_engine, make_sessions, writing
from services.archive.reachable import archive_fault

AT = datetime(2026, 1, 1, tzinfo=UTC)


def note(sessions, path, sha256="0" * 64):
    with sessions.begin() as session:
        writing(session)
        things.ensure(session, "r", [things.stream("g", "G", "gauge", "stage", "m")])
        number = things.ids(session)["g/stage"]
        archives.add(session, ArchiveRow(number, path, AT, AT, 1, 0, sha256, AT))


def test_where_nothing_is_archived_no_folder_is_needed(sessions, tmp_path):
    note(sessions, "a/2026-01.deleted", archives.NO_FILE)
    assert archive_fault(sessions, tmp_path / "none") == ""


def test_a_folder_that_is_not_mounted_or_of_another_host_is_said(sessions, tmp_path):
    note(sessions, "a/2026-01-1.parquet")
    note(sessions, "a/2026-02-1.parquet")
    assert "nicht da" in archive_fault(sessions, tmp_path / "none")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "2026-01-1.parquet").touch()
    words = archive_fault(sessions, tmp_path)
    assert "neuesten 2 Dateien fehlen 1" in words
    assert str(tmp_path) not in words
    (tmp_path / "a" / "2026-02-1.parquet").touch()
    assert archive_fault(sessions, tmp_path) == ""


def test_a_folder_that_is_not_writable_is_said(sessions, tmp_path, monkeypatch):
    note(sessions, "2026-01-1.parquet")
    (tmp_path / "2026-01-1.parquet").touch()
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "nicht beschreibbar" in archive_fault(sessions, tmp_path)


def test_a_database_that_is_away_is_left_to_its_own_check(tmp_path):
    engine = make_engine("postgresql+psycopg://u@127.0.0.1:1/x")
    assert archive_fault(make_sessions(engine), tmp_path) == ""
