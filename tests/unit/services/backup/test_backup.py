"""A backup brings everything back, into either database; a damaged one changes nothing."""

import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import JSON, insert, select, text

from data import audit, dump, observations, partitions, schema, things
from data.column_types import UtcDateTime
from data.engine import make_engine, make_sessions, writing
from data.models import RejectedMessage, Run
from data.observations import ObservationRow
from services.backup import service
from services.backup.errors import (
    BackupUnreadableError,
    CountMismatchError,
    FilesMissingError,
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
    made = service.backup(engine, file, {}, {})
    assert made.rows == sum(len(rows) for rows in before.values()) > 50
    with engine.begin() as connection:
        connection.execute(text("delete from observations"))
        connection.execute(text("update things set name = 'kaputt'"))
    with pytest.raises(TargetNotEmptyError):
        service.restore(engine, file, {}, force=False)
    service.restore(engine, file, {}, force=True)
    assert content(engine) == before


def test_a_backup_of_one_database_restored_into_the_other_is_equal_row_for_row(
    engine, other, tmp_path
):
    fill(engine)
    before = content(engine)
    service.backup(engine, tmp_path / "b.zip", {}, {})
    service.restore(other, tmp_path / "b.zip", {}, force=False)
    assert content(other) == before


def sample(column):
    """Return a value for a column of any kind; the same everywhere, so that keys meet."""
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return START
    found = {bool: True, int: 1, float: 0.5, str: "x", bytes: b"\x00", date: date(2026, 2, 28)}
    return {"ä": [1, None]} if isinstance(kind, JSON) else found[kind.python_type]


def test_a_row_of_every_table_with_every_column_filled_comes_back(engine, other, tmp_path):
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            partitions.create(connection, START.year)
        for table in dump.tables():
            connection.execute(
                insert(table), [{column.name: sample(column) for column in table.columns}]
            )
    before = content(engine)
    assert all(before.values())
    service.backup(engine, tmp_path / "b.zip", {}, {})
    service.restore(other, tmp_path / "b.zip", {}, force=False)
    assert content(other) == before
    assert service.move(other, engine, force=True).rows == len(before)
    assert content(engine) == before


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
    service.backup(postgres_engine, tmp_path / "b.zip", {}, {})
    service.restore(sqlite_engine, tmp_path / "b.zip", {}, force=True)
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
    made = service.backup(
        sqlite_engine, tmp_path / "b.zip", {"spool/new": state / "spool" / "new"}, {}
    )
    assert made.files == 1
    (state / "spool" / "new" / "1.jsonl").unlink()
    service.restore(sqlite_engine, tmp_path / "b.zip", {"spool": state / "spool"}, force=True)
    assert (state / "spool" / "new" / "1.jsonl").read_bytes() == b"waiting"


def drain(engine, folder):
    """Store each waiting message and forget its file, as ingest does."""
    for path in sorted(folder.glob("*.jsonl")):
        with make_sessions(engine).begin() as session:
            audit.note(writing(session), START, "test", path.read_text(), "all")
        path.unlink()


@pytest.mark.parametrize("moment", ["listed", "_reading", "_write_tables"])
def test_a_message_that_ingest_stores_during_a_backup_is_in_it(
    engine, tmp_path, monkeypatch, moment
):
    spool = tmp_path / "spool" / "new"
    spool.mkdir(parents=True)
    names = [f"nachricht {number}" for number in range(3)]
    for name in names:
        (spool / f"{name}.jsonl").write_text(name)
    if moment == "listed":
        real = Path.rglob

        def listed(folder, pattern):
            found = list(real(folder, pattern))
            drain(engine, spool)
            return found

        monkeypatch.setattr(Path, "rglob", listed)
    else:
        step = getattr(service, moment)
        monkeypatch.setattr(service, moment, lambda *given: (drain(engine, spool), step(*given))[1])
    service.backup(engine, tmp_path / "b.zip", {"spool/new": spool}, {})
    monkeypatch.undo()
    drain(engine, spool)
    service.restore(engine, tmp_path / "b.zip", {"spool": tmp_path / "back"}, force=True)
    with engine.connect() as connection:
        stored = set(connection.scalars(text("select action from audit")))
    waiting = {path.read_text() for path in (tmp_path / "back").rglob("*.jsonl")}
    assert stored | waiting == set(names)


def test_a_month_that_is_archived_during_a_backup_is_in_it(sqlite_engine, tmp_path, monkeypatch):
    archive = tmp_path / "archive"
    archive.mkdir()
    step = service._write_tables

    def archived_meanwhile(*given):
        (archive / "2026-01.parquet").write_bytes(b"month")
        (archive / "2026-02.parquet.part").write_bytes(b"half of one")
        return step(*given)

    monkeypatch.setattr(service, "_write_tables", archived_meanwhile)
    made = service.backup(sqlite_engine, tmp_path / "b.zip", {}, {"archive": archive})
    service.restore(sqlite_engine, tmp_path / "b.zip", {"archive": tmp_path / "back"}, force=True)
    assert made.files == 1
    assert (tmp_path / "back" / "2026-01.parquet").read_bytes() == b"month"


def test_a_file_of_the_archive_that_goes_during_a_backup_is_an_error(
    sqlite_engine, tmp_path, monkeypatch
):
    gone = tmp_path / "archive" / "2026-01.parquet"
    monkeypatch.setattr(Path, "rglob", lambda *_: [gone])
    with pytest.raises(FilesMissingError):
        service.backup(sqlite_engine, tmp_path / "b.zip", {}, {"archive": gone.parent})
    assert not (tmp_path / "b.zip").exists()


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
    service.backup(sqlite_engine, file, {}, {})
    rewrite(file, change)
    with pytest.raises(error):
        service.restore(sqlite_engine, file, {}, force=True)
    assert content(sqlite_engine) == before


def test_a_file_that_is_no_backup_is_refused(sqlite_engine, tmp_path):
    (tmp_path / "b.zip").write_text("kein Archiv")
    with pytest.raises(BackupUnreadableError):
        service.restore(sqlite_engine, tmp_path / "b.zip", {}, force=True)


def test_an_empty_target_without_a_schema_is_made_first(sqlite_engine, tmp_path):
    fill(sqlite_engine)
    service.backup(sqlite_engine, tmp_path / "b.zip", {}, {})
    fresh = make_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    service.restore(fresh, tmp_path / "b.zip", {}, force=False)
    assert content(fresh) == content(sqlite_engine)
    assert schema.upgrade(fresh) == schema.newest()
    fresh.dispose()
