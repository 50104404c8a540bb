"""All tables as Arrow batches, out of one database and into another, whichever the two are."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    select,
    text,
)

from data import partitions
from data.bulk_load import load
from data.column_types import UtcDateTime
from data.models import Base

BATCH = 50_000
"""Rows held in memory at once (estimate): some 20 MB."""
INSTANT = pa.timestamp("us", tz="UTC")
Part = tuple[str, pa.Table]
"""Name of a table and some of its rows."""


def tables() -> list[Table]:
    """Return all tables, parents before children."""
    metadata: MetaData = Base.metadata
    return list(metadata.sorted_tables)


def read(connection: Connection) -> Iterator[Part]:
    """Return all rows of all tables in order of their keys; an empty table gives no part."""
    for table in tables():
        query = select(table).order_by(*table.primary_key.columns)
        result = connection.execution_options(yield_per=BATCH).execute(query)
        for rows in result.partitions():
            cells = zip(*rows, strict=True)
            columns = [
                pa.array([_plain(column, cell) for cell in values], type=_arrow(column))
                for column, values in zip(table.columns, cells, strict=True)
            ]
            yield table.name, pa.table(columns, names=[column.name for column in table.columns])


def write(connection: Connection, parts: Iterable[Part]) -> dict[str, int]:
    """Append parts to tables that exist and return how many rows went into each."""
    known = {table.name for table in tables()}
    written = dict.fromkeys(known, 0)
    for name, rows in parts:
        if name not in known:
            raise KeyError(name)
        if name == "observations" and connection.dialect.name == "postgresql":
            for year in pc.unique(pc.year(rows["phenomenon_time"])).to_pylist():
                partitions.create(connection, year)
        written[name] += load(connection, name, rows)
    if connection.dialect.name == "postgresql":
        _continue_numbers(connection)
    return written


def counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {
        table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
        for table in tables()
    }


def _continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL's sequences go on after the highest number that was written."""
    for table in tables():
        for column in table.primary_key.columns:
            if column.autoincrement is True:
                connection.execute(
                    text(
                        "select setval(pg_get_serial_sequence(:table, :column), "  # noqa: S608
                        f"coalesce(max({column.name}), 1), max({column.name}) is not null) "
                        f"from {table.name}"
                    ),
                    {"table": table.name, "column": column.name},
                )


def _arrow(column: Column[Any]) -> pa.DataType:
    kinds: tuple[tuple[type, pa.DataType], ...] = (
        (UtcDateTime, INSTANT),
        (Date, pa.date32()),
        (Boolean, pa.bool_()),
        (Integer, pa.int64()),
        (Float, pa.float64()),
        (LargeBinary, pa.binary()),
    )
    return next((found for kind, found in kinds if isinstance(column.type, kind)), pa.string())


def _plain(column: Column[Any], cell: object) -> object:
    if isinstance(column.type, JSON):
        return json.dumps(cell, ensure_ascii=False)
    return cell.astimezone(UTC) if isinstance(cell, datetime) else cell
