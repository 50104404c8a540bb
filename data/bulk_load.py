"""Whole columns into a table, for loads and not for ingest: COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, cast

import psycopg
import pyarrow as pa
from sqlalchemy import Connection, ForeignKeyConstraint, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import AddConstraint, DropConstraint

from data.column_types import EPOCH
from data.models import Base


def load(connection: Connection, table: str, columns: pa.Table) -> int:
    """Append the rows of an Arrow table whose columns are named like those of the table.

    Instants are `timestamp[us, UTC]`. Returns the number of rows.
    """
    names = ", ".join(f'"{name}"' for name in columns.column_names)
    is_sqlite = connection.dialect.name == "sqlite"
    for batch in columns.to_batches():
        rows = list(zip(*_cells(batch, is_sqlite=is_sqlite), strict=True))
        if not rows:
            continue
        if is_sqlite:
            marks = ", ".join("?" * columns.num_columns)
            head = f"insert into {table} ({names})"
            connection.exec_driver_sql(f"{head} values ({marks})", rows)
        else:
            _copy(connection, f"copy {table} ({names}) from stdin", rows)
    return int(columns.num_rows)


def drop_foreign_keys(connection: Connection, models: Iterable[type[Base]]) -> None:
    """Take the foreign keys off for a load on PostgreSQL: it would look up each row's parent."""
    if connection.dialect.name == "postgresql":
        for constraint in _foreign_keys(models):
            connection.execute(DropConstraint(constraint))


def add_foreign_keys(connection: Connection, models: Iterable[type[Base]]) -> None:
    """Put the foreign keys back: all rows are checked at once, a wrong one fails the load."""
    if connection.dialect.name == "postgresql":
        for constraint in _foreign_keys(models):
            connection.execute(AddConstraint(constraint))


def _foreign_keys(models: Iterable[type[Base]]) -> list[ForeignKeyConstraint]:
    tables = [cast(Table, model.__table__) for model in models]
    return [key for table in tables for key in table.foreign_key_constraints]


def _cells(batch: pa.RecordBatch, *, is_sqlite: bool) -> Iterator[list[Any]]:
    """Return the cells by column; SQLite has instants as microseconds since 1970, days as text."""
    for column in batch.columns:
        is_instant = pa.types.is_timestamp(column.type)
        numbers = column.cast(pa.int64()) if is_instant else column
        if numbers.null_count or not pa.types.is_primitive(numbers.type):
            cells = numbers.to_pylist()
        else:
            cells = numbers.to_numpy(zero_copy_only=False).tolist()
        if is_instant and not is_sqlite:
            cells = [None if at is None else EPOCH + timedelta(0, 0, at) for at in cells]
        if is_sqlite and pa.types.is_date(column.type):
            cells = [None if day is None else day.isoformat() for day in cells]
        yield cells


def _copy(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101  # engine.py allows no other
    try:
        with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, dialect=connection.dialect
        ) from error
