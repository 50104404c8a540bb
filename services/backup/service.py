"""Backup, restore and move: all tables in one portable file, the same for both databases."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, Engine

from data import dump, schema
from services.backup.errors import (
    BackupUnreadableError,
    CountMismatchError,
    FilesMissingError,
    NewerSchemaError,
    TargetNotEmptyError,
)

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = "tables/"
FILES = "files/"
UNFINISHED = ".part"
"""Ending of a file that is still being written: nothing counts on it yet."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a backup holds or what was written."""

    rows: int
    files: int
    revision: str


def backup(
    engine: Engine,
    target: Path,
    waiting: Mapping[str, Path],
    moved: Mapping[str, Path],
) -> Report:
    """Write all tables, as of one instant, and the files of some folders into one zip file.

    `waiting` and `moved` are folders by their name in the backup. Data move from waiting folders
    (the spool) into the tables and from there into moved ones (the archive), and are copied in that
    order: what moves meanwhile is then in two places, never in none. Storing a message again
    changes nothing. The file appears under its name only when it is complete and on disk.

    Raises
    ------
    FilesMissingError
        When a file of a moved folder goes while it is copied.
    """
    part = target.with_name(f"{target.name}{UNFINISHED}")
    with part.open("wb") as stream, zipfile.ZipFile(stream, "w") as archive:
        members: dict[str, str] = {}
        files = _write_files(archive, waiting, members, may_go=True)
        with _reading(engine) as connection:
            revision = schema.current(connection) or ""
            counted = _write_tables(archive, connection, members)
        files += _write_files(archive, moved, members, may_go=False)
        manifest = {
            "format": FORMAT,
            "revision": revision,
            "made_at": datetime.now(UTC).isoformat(),
            "rows": counted,
            "sha256": members,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.rename(target)
    return Report(sum(counted.values()), files, revision)


def restore(engine: Engine, source: Path, folders: Mapping[str, Path], *, force: bool) -> Report:
    """Replace a database by a backup, all or nothing; files come back where none is.

    `folders` says by the first part of a file's name in the backup where it belongs.

    Raises
    ------
    BackupUnreadableError
        When the file is no backup, damaged or incomplete.
    NewerSchemaError
        When a newer build made it.
    TargetNotEmptyError
        When the database has rows and `force` is not set.
    CountMismatchError
        When not all rows arrived; nothing is changed then.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked_manifest(archive)
            _replace(
                engine, manifest["revision"], _parts(archive, manifest), manifest["rows"], force
            )
            files = _read_files(archive, manifest, folders)
    except (zipfile.BadZipFile, KeyError, ValueError, pa.ArrowInvalid) as error:
        raise BackupUnreadableError(f"{source}: {error}") from error
    return Report(sum(manifest["rows"].values()), files, manifest["revision"])


def move(source: Engine, target: Engine, *, force: bool) -> Report:
    """Copy one database into another in batches, in one transaction of the target.

    Raises
    ------
    TargetNotEmptyError
        When the target has rows and `force` is not set.
    CountMismatchError
        When not all rows arrived; nothing is changed then.
    """
    schema.upgrade(source)
    with _reading(source) as connection:
        revision = schema.current(connection) or ""
        expected = dump.counts(connection)
        _replace(target, revision, dump.read(connection), expected, force)
    return Report(sum(expected.values()), 0, revision)


def _reading(engine: Engine) -> Connection:
    """Return a connection that sees one instant: SQLite's transactions always do."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ")
    return engine.connect()


def _replace(
    engine: Engine,
    revision: str,
    parts: Iterator[dump.Part],
    expected: dict[str, int],
    force: bool,  # noqa: FBT001  # handed on from the verb
) -> None:
    with engine.connect().execution_options(cockpit_write=True) as connection:
        if schema.current(connection) and any(dump.counts(connection).values()) and not force:
            raise TargetNotEmptyError
        schema.rebuild(connection, revision)
        dump.write(connection, parts)
        found = dump.counts(connection)
        if found != {name: expected.get(name, 0) for name in found}:
            raise CountMismatchError(f"{expected} {found}")
        schema.upgrade_in(connection)
        connection.commit()


def _write_tables(
    archive: zipfile.ZipFile, connection: Connection, members: dict[str, str]
) -> dict[str, int]:
    counted = {table.name: 0 for table in dump.tables()}
    for number, (name, rows) in enumerate(dump.read(connection)):
        buffer = io.BytesIO()
        pq.write_table(rows, buffer, compression="zstd")
        _add(archive, f"{TABLES}{name}/{number:06d}.parquet", buffer.getvalue(), members)
        counted[name] += rows.num_rows
    return counted


def _write_files(
    archive: zipfile.ZipFile,
    folders: Mapping[str, Path],
    members: dict[str, str],
    *,
    may_go: bool,
) -> int:
    """Copy the files of folders; one that goes meanwhile is left out where that is its way."""
    found = 0
    for name, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            if path.is_dir() or path.suffix == UNFINISHED:
                continue
            try:
                data = path.read_bytes()
            except FileNotFoundError as error:
                if may_go:
                    continue
                raise FilesMissingError(str(path)) from error
            _add(archive, f"{FILES}{name}/{path.relative_to(folder).as_posix()}", data, members)
            found += 1
    return found


def _add(archive: zipfile.ZipFile, name: str, data: bytes, members: dict[str, str]) -> None:
    archive.writestr(name, data)
    members[name] = hashlib.sha256(data).hexdigest()


def _checked_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return the manifest after every member was compared with its checksum."""
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT or manifest["revision"] not in schema.revisions():
        raise NewerSchemaError(str(manifest["revision"]))
    if set(archive.namelist()) != {MANIFEST, *manifest["sha256"]}:
        raise ValueError("members are missing")
    for name, expected in manifest["sha256"].items():
        if hashlib.sha256(archive.read(name)).hexdigest() != expected:
            raise ValueError(name)
    return manifest


def _parts(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[dump.Part]:
    order = [table.name for table in dump.tables()]
    names = [name for name in manifest["sha256"] if name.startswith(TABLES)]
    for name in sorted(names, key=lambda item: (order.index(item.split("/")[1]), item)):
        yield name.split("/")[1], pq.read_table(io.BytesIO(archive.read(name)))


def _read_files(
    archive: zipfile.ZipFile, manifest: dict[str, Any], folders: Mapping[str, Path]
) -> int:
    found = 0
    for name in manifest["sha256"]:
        if not name.startswith(FILES):
            continue
        first, _, rest = name.removeprefix(FILES).partition("/")
        folder = folders[first].resolve()
        path = (folder / rest).resolve()
        if not rest or not path.is_relative_to(folder):
            raise ValueError(name)
        found += 1
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))
    return found
