"""Parquet files of the archive: written whole, flushed, and checked when read."""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.archives import VersionRow
from services.archive.errors import ArchiveDamagedError

INSTANT = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema(
    [
        ("phenomenon_time", INSTANT),
        ("result_time", INSTANT),
        ("value", pa.float64()),
        ("raw_value", pa.float64()),
        ("flag", pa.int8()),
        ("origin", pa.string()),
        ("reason", pa.string()),
        ("actor", pa.string()),
        ("is_superseded", pa.bool_()),
    ]
)
UNSAFE = re.compile(r"[^a-z0-9-]+")
DIGEST = 8


def folder_of(key: str) -> str:
    """Return a folder name for a datastream key: readable, safe, and never that of another."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:DIGEST]
    return f"{UNSAFE.sub('_', key.lower())[:80]}-{digest}"


def write(path: Path, rows: Sequence[VersionRow]) -> str:
    """Write rows and return the file's SHA-256; the name appears when all is on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = VersionRow.__slots__
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    part = path.with_name(f"{path.name}.part")
    pq.write_table(pa.table(columns, schema=SCHEMA), part, compression="zstd")
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return digest_of(path)


def read(path: Path, sha256: str) -> list[VersionRow]:
    """Return the rows of a file.

    Raises
    ------
    ArchiveDamagedError
        When the file is missing or its content is not what was written.
    """
    try:
        if digest_of(path) != sha256:
            raise ArchiveDamagedError(str(path), "other content")
        table = pq.read_table(path, schema=SCHEMA)
    except (OSError, pa.ArrowInvalid) as error:
        raise ArchiveDamagedError(str(path), str(error)) from error
    return [VersionRow(**row) for row in table.to_pylist()]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
