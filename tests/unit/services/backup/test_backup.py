"""A backup brings everything back, into either database; a damaged one changes nothing."""

import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text

from data import audit, dump, observations, schema, things
from data.engine import make_engine, make_sessions, writing
from data.models import RejectedMessage, Run
from data.observations import ObservationRow
from services.backup import service
from services.backup.errors import (
    BackupUnreadableError,
    CountMismatchError,
    NewerSchemaError,
    TargetNotEmptyError,
)

START = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def fill(engine):
    sessions = make_sessions(engine)
    with sessions.begin() as session:
        writing(session)
        row = things.ThingRow("g", "Größe „ß“", "gauge", 50.1, None, "region", {"a": [1, None]})
        things.ensure(session, "r", [things.StreamRow(row, "stage", "m")])
        number = things.ids(session)["g/stage"]
        for value, received in ((1.0, START), (None, START + timedelta(days=1))):
            observations.upsert(
                session,
                [
                    ObservationRow(number, START + n * QUARTER, received, value, 0.1, 1, "", "live")
                    for n in range(20)
                ],
            )
        session.execute(
            insert(RejectedMessage).values(
                received_at=START,
                source="chirpstack",
                topic="t",
                device="d",
                reason_code="bad_json",
                reason="kein JSON",
                body=b"\x00\xff\n\\x",
                origin="live",
            )
        )
        session.execute(
            insert(Run).values(
                run_id="1", region_id="r", kind="cycle", clock="system", status="done",
                progress=1.0, as_of=START, started_at=START, finished_at=None, model_version="1",
                config_hash="x", origin="live", requested_by="", parameters={"rain": True},
                faults=["a\tb"], message="Zeile\nzwei",
            )
        )  # fmt: skip
        audit.note(session, START, "test", "made", "all", n=1)


def content(engine):
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            for table in dump.tables()
        }


@pytest.fixture
def other(tmp_path, engine, request):
    """An empty database of the other kind."""
    if engine.dialect.name == "sqlite":
        return request.getfixturevalue("postgres_engine")
    return request.getfixturevalue("sqlite_engine")


def test_what_was_backed_up_comes_back_after_the_database_was_wrecked(engine, tmp_path):
    fill(engine)
    before = content(engine)
    file = tmp_path / "b.zip"
    made = service.backup(engine, file, tmp_path, ())
    assert made.rows == sum(len(rows) for rows in before.values()) > 50
    with engine.begin() as connection:
        connection.execute(text("delete from observations"))
        connection.execute(text("update things set name = 'kaputt'"))
    with pytest.raises(TargetNotEmptyError):
        service.restore(engine, file, tmp_path, force=False)
    service.restore(engine, file, tmp_path, force=True)
    assert content(engine) == before


def test_a_backup_of_one_database_restored_into_the_other_is_equal_row_for_row(
    engine, other, tmp_path
):
    fill(engine)
    before = content(engine)
    service.backup(engine, tmp_path / "b.zip", tmp_path, ())
    service.restore(other, tmp_path / "b.zip", tmp_path, force=False)
    assert content(other) == before


def test_a_move_and_a_backup_back_are_equal_and_new_numbers_go_on(
    sqlite_engine, postgres_engine, tmp_path
):
    fill(sqlite_engine)
    before = content(sqlite_engine)
    assert service.move(sqlite_engine, postgres_engine, force=False).rows > 50
    assert content(postgres_engine) == before
    with make_sessions(postgres_engine).begin() as session:
        audit.note(session, START, "test", "later", "all")
        things.ensure(session, "r", [things.stream("h", "H", "gauge", "stage", "m")])
    before = content(postgres_engine)
    assert len({row.audit_id for row in before["audit"]}) == 2
    service.backup(postgres_engine, tmp_path / "b.zip", tmp_path, ())
    service.restore(sqlite_engine, tmp_path / "b.zip", tmp_path, force=True)
    assert content(sqlite_engine) == before


def test_a_move_that_loses_rows_changes_nothing(engine, other, monkeypatch):
    fill(engine)
    fill(other)
    before = content(other)
    real = dump.read
    with monkeypatch.context() as broken:
        broken.setattr(
            dump, "read", lambda c: (part for part in real(c) if part[0] != "observations")
        )
        with pytest.raises(CountMismatchError):
            service.move(engine, other, force=True)
    assert content(other) == before


def test_files_come_back_where_none_is(sqlite_engine, tmp_path):
    state = tmp_path / "state"
    (state / "spool" / "new").mkdir(parents=True)
    (state / "spool" / "new" / "1.jsonl").write_bytes(b"waiting")
    (state / "secret").write_text("no")
    made = service.backup(sqlite_engine, tmp_path / "b.zip", state, ("archive", "spool"))
    assert made.files == 1
    (state / "spool" / "new" / "1.jsonl").unlink()
    service.restore(sqlite_engine, tmp_path / "b.zip", state, force=True)
    assert (state / "spool" / "new" / "1.jsonl").read_bytes() == b"waiting"


def rewrite(file, change):
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda m: m.update({next(iter(m)): b"damaged"}), BackupUnreadableError),
        (lambda m: m.pop(next(iter(m))), BackupUnreadableError),
        (lambda m: m.pop("manifest.json"), BackupUnreadableError),
        (
            lambda m: m.update(
                {"manifest.json": m["manifest.json"].replace(b'"revision": "', b'"revision": "9')}
            ),
            NewerSchemaError,
        ),
    ],
)
def test_a_damaged_or_newer_backup_is_refused_and_changes_nothing(
    sqlite_engine, tmp_path, change, error
):
    fill(sqlite_engine)
    before = content(sqlite_engine)
    file = tmp_path / "b.zip"
    service.backup(sqlite_engine, file, tmp_path, ())
    rewrite(file, change)
    with pytest.raises(error):
        service.restore(sqlite_engine, file, tmp_path, force=True)
    assert content(sqlite_engine) == before


def test_a_file_that_is_no_backup_is_refused(sqlite_engine, tmp_path):
    (tmp_path / "b.zip").write_text("kein Archiv")
    with pytest.raises(BackupUnreadableError):
        service.restore(sqlite_engine, tmp_path / "b.zip", tmp_path, force=True)


def test_an_empty_target_without_a_schema_is_made_first(sqlite_engine, tmp_path):
    fill(sqlite_engine)
    service.backup(sqlite_engine, tmp_path / "b.zip", tmp_path, ())
    fresh = make_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    service.restore(fresh, tmp_path / "b.zip", tmp_path, force=False)
    assert content(fresh) == content(sqlite_engine)
    assert schema.upgrade(fresh) == schema.newest()
    fresh.dispose()
