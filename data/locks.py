"""Locks of whole subjects (alarms, journal, audit …) until a transaction ends, on PostgreSQL.

SQLite has one writer anyway. A lock counts for the schema: installations that share a database do
not wait for each other. Where two are taken, the order is that of their modules' words.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

_HOLD = text("select pg_advisory_xact_lock(:key, hashtext(current_schema()))")


def hold(session: Session, key: int) -> None:
    """Wait for the lock of a subject and keep it until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_HOLD, {"key": key})
