"""Yearly partitions of `observations` on PostgreSQL, made when a year is first written."""

import weakref
from collections.abc import Iterable

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

LOCK_KEY = 7137002
"""PostgreSQL advisory lock: two writers may meet the first reading of a year."""
LAST_YEAR = 9999
"""The last year that Python can name; its partition has no upper end."""

_KNOWN: weakref.WeakKeyDictionary[Engine, set[int]] = weakref.WeakKeyDictionary()
"""Years whose partition was seen committed, by engine: asked for once a process."""


def ensure(session: Session, years: Iterable[int]) -> None:
    """Make the partitions of these years (UTC) that are missing; SQLite has none.

    A partition made here is part of the caller's transaction. It is remembered only when a later
    transaction finds it, so that a rollback can't leave a memory of what is gone.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return
    known = _KNOWN.setdefault(connection.engine, set())
    missing = set(years) - known
    made = session.info.setdefault("made_partitions", set())
    for year in sorted(missing):
        if create(connection, year):
            made.add(year)
        elif year not in made:
            known.add(year)


def create(connection: Connection, year: int) -> bool:
    """Make the partition of a year and tell whether it was missing."""
    if _exists(connection, year):
        return False
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
    if _exists(connection, year):  # another writer was first
        return False
    low = f"{year:04d}-01-01 00:00:00+00"
    high = "maxvalue" if year == LAST_YEAR else f"'{year + 1:04d}-01-01 00:00:00+00'"
    name = _name(year)
    # made apart and attached: that lets readers and writers of other years go on
    connection.exec_driver_sql(f"create table {name} (like observations including all)")
    connection.exec_driver_sql(
        f"alter table observations attach partition {name} for values from ('{low}') to ({high})"
    )
    return True


def _exists(connection: Connection, year: int) -> bool:
    # not to_regclass: it may answer from a cache that does not know yet what another writer made
    query = text(
        "select exists (select 1 from pg_inherits join pg_class on pg_class.oid = inhrelid "
        "where inhparent = cast('observations' as regclass) and relname = :name)"
    )
    return bool(connection.scalar(query, {"name": _name(year)}))


def _name(year: int) -> str:
    return f"observations_y{year:04d}"
