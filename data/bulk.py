"""Many rows in one statement: a JSON document on PostgreSQL, `executemany` on SQLite.

A statement with a bound parameter for every cell would be compiled anew for every batch; arrays of
PostgreSQL are written cell by cell in Python (three times slower in a trial).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Column, Connection, CursorResult, Dialect, Table, text

from data.column_types import UtcDateTime
from data.models import Base

Cell = Any
"""What a column takes; each database has its own form of an instant."""


def insert_rows(
    connection: Connection,
    model: type[Base],
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    tail: str = "",
) -> CursorResult[Any] | None:
    """Insert rows; `tail` is what follows: `on conflict …`, `returning …` on PostgreSQL."""
    if not rows:
        return None
    head = f"insert into {model.__tablename__} ({', '.join(columns)})"
    dialect = connection.dialect
    chosen = columns_of(model, columns)
    if dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        cells = list(zip(*stored(dialect, chosen, rows), strict=True))
        return connection.exec_driver_sql(f"{head} values ({marks}) {tail}", cells)
    source, values = json_source(dialect, chosen, rows)
    query = f"{head} select * from {source} {tail}"  # noqa: S608  # names of our own models
    return connection.execute(text(query), values)


def columns_of(model: type[Base], names: Sequence[str]) -> list[Column[Any]]:
    """Return the named columns of a table."""
    table = cast(Table, model.__table__)
    return [table.columns[name] for name in names]


def json_source(
    dialect: Dialect, columns: Sequence[Column[Any]], rows: Sequence[Sequence[Cell]]
) -> tuple[str, dict[str, Cell]]:
    """Return a FROM item of PostgreSQL with these rows, and its value."""
    types = ", ".join(f"{column.name} {column.type.compile(dialect)}" for column in columns)
    names = [column.name for column in columns]
    cells = zip(*stored(dialect, columns, rows), strict=True)
    document = json.dumps([dict(zip(names, row, strict=True)) for row in cells])
    return f"json_to_recordset(cast(:rows as json)) as given_rows ({types})", {"rows": document}


def stored(
    dialect: Dialect, columns: Sequence[Column[Any]], rows: Sequence[Sequence[Cell]]
) -> Iterator[Sequence[Cell]]:
    """Return the cells by column, in the form that the statement takes."""
    is_sqlite = dialect.name == "sqlite"
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        if isinstance(column.type, UtcDateTime):
            take = column.type.process_bind_param
            bound = [take(cell, dialect) for cell in cells]
            yield bound if is_sqlite else [at and str(at) for at in bound]
        else:
            yield cells


def keys_source(
    dialect: Dialect, keys: Iterable[tuple[int, datetime]]
) -> tuple[str, dict[str, Cell]]:
    """Return a FROM item `k (id, at)` with the pairs of datastream and instant, and its values.

    On SQLite it is followed by CROSS JOIN: that makes the planner start from the keys.
    """
    if dialect.name == "sqlite":
        bind = UtcDateTime().process_bind_param
        listed: list[tuple[int, Cell]] = [(number, bind(at, dialect)) for number, at in keys]
        source = (
            "(select json_extract(value, '$[0]') as id, json_extract(value, '$[1]') as at "
            "from json_each(:keys)) k cross join"
        )
    else:
        listed = [(number, at.isoformat()) for number, at in keys]
        source = (
            "(select cast(value->>0 as int) as id, cast(value->>1 as timestamptz) as at "
            "from json_array_elements(cast(:keys as json))) k join"
        )
    return source, {"keys": json.dumps(listed)}
