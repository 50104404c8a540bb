"""Whole columns into a table: COPY on PostgreSQL, `executemany` on SQLite; for loads, not ingest."""

import io
from collections.abc import Iterable, Iterator
from typing import Any, cast

import psycopg
import pyarrow as pa
from pyarrow import csv
from sqlalchemy import Connection, ForeignKeyConstraint, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import AddConstraint, DropConstraint

from data.models import Base


def load(connection: Connection, model: type[Base], columns: pa.Table) -> int:
    """Append the rows of an Arrow table whose columns are named like those of the model.

    Instants are `timestamp[us, UTC]`. Returns the number of rows.
    """
    names = ", ".join(f'"{name}"' for name in columns.column_names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * columns.num_columns)
        statement = f"insert into {model.__tablename__} ({names}) values ({marks})"  # noqa: S608  # our own names
        for batch in columns.to_batches():
            cells = list(zip(*_plain(batch), strict=True))
            if cells:
                connection.exec_driver_sql(statement, cells)
        return columns.num_rows
    _copy(connection, f"copy {model.__tablename__} ({names}) from stdin (format csv)", columns)
    return columns.num_rows


def drop_foreign_keys(connection: Connection, models: Iterable[type[Base]]) -> None:
    """Take the foreign keys off for a load on PostgreSQL: it would look up each row's parent."""
    if connection.dialect.name == "postgresql":
        for constraint in _foreign_keys(models):
            connection.execute(DropConstraint(constraint, isolate_from_table=False))


def add_foreign_keys(connection: Connection, models: Iterable[type[Base]]) -> None:
    """Put the foreign keys back: all rows are checked at once, a wrong one fails the load."""
    if connection.dialect.name == "postgresql":
        for constraint in _foreign_keys(models):
            connection.execute(AddConstraint(constraint))


def _foreign_keys(models: Iterable[type[Base]]) -> list[ForeignKeyConstraint]:
    tables = [cast(Table, model.__table__) for model in models]
    return [key for table in tables for key in table.foreign_key_constraints]


def _plain(batch: pa.RecordBatch) -> Iterator[list[Any]]:
    """Return the cells by column as SQLite stores them: instants in microseconds since 1970."""
    for column in batch.columns:
        numbers = column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
        if numbers.null_count or not pa.types.is_primitive(numbers.type):
            yield numbers.to_pylist()
        else:
            yield numbers.to_numpy(zero_copy_only=False).tolist()


def _copy(connection: Connection, statement: str, columns: pa.Table) -> None:
    buffer = io.BytesIO()
    csv.write_csv(columns, buffer, csv.WriteOptions(include_header=False))
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101  # engine.py allows no other
    try:
        with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            copy.write(buffer.getbuffer())
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, dialect=connection.dialect
        ) from error
