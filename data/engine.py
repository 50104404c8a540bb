"""Engines and sessions: SQLite with WAL for one host, PostgreSQL for production, same behaviour."""

import os
import sqlite3
import weakref
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for SQLite's lock before it gives up (estimate)."""
DISK_FULL = "53100"
"""SQLSTATE of PostgreSQL (Appendix A, Class 53)."""

_ENGINES: weakref.WeakSet[Engine] = weakref.WeakSet()


def _forget_inherited_connections() -> None:
    """Keep a forked child (background job, gunicorn) from sharing its parent's connections."""
    for engine in _ENGINES:
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_forget_inherited_connections)


def make_engine(database_url: str) -> Engine:
    """Return an engine for the URL; a missing SQLite folder is made.

    Raises
    ------
    ArgumentError
        When the URL is unreadable or names another kind of database.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        if url.database and url.database != ":memory:":
            _watch_file(engine, Path(url.database))
    elif url.get_backend_name() != "postgresql":
        raise ArgumentError(f"not a database of this product: {url.get_backend_name()}")
    else:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 5})
    _ENGINES.add(engine)
    return engine


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Return the session factory of an engine; values stay readable after commit."""
    return sessionmaker(engine, expire_on_commit=False)


def reason_of(error: SQLAlchemyError) -> str:
    """Return one line for the log on why the database failed, without statement and values."""
    cause = getattr(error, "orig", None)
    lines = str(cause).strip().splitlines() if cause else []
    return lines[0] if lines else type(error).__name__


def is_full(error: SQLAlchemyError) -> bool:
    """Tell whether the database failed because its disk, or what it may use of it, is full."""
    cause = getattr(error, "orig", None)
    is_sqlite_full = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return is_sqlite_full or getattr(cause, "sqlstate", None) == DISK_FULL


def writing(session: Session) -> Session:
    """Take the write lock when the transaction begins: SQLite then waits instead of failing."""
    session.connection(execution_options={"cockpit_write": True})
    return session


def _watch_file(engine: Engine, path: Path) -> None:
    """Give up connections to a file that was deleted or replaced: writes to it would be lost."""

    def remember(_connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _identity(path)

    def compare(
        _connection: sqlite3.Connection, record: ConnectionPoolEntry, _proxy: object
    ) -> None:
        if record.info.get("file") != _identity(path):
            raise DisconnectionError(f"{path} is not the file that was opened")

    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", compare)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("cockpit_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
