"""Leases: a job that only one process of all hosts may do is taken for a while, then let go."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import Lease


def acquire(session: Session, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
    """Take or prolong a lease and tell whether it is ours; one that ran out may be taken over."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(Lease).values(name=name, holder=holder, until_at=now + ttl)
    statement = statement.on_conflict_do_update(
        index_elements=[Lease.name],
        set_={"holder": statement.excluded.holder, "until_at": statement.excluded.until_at},
        where=or_(Lease.holder == holder, Lease.until_at <= now),
    )
    session.execute(statement)
    found = session.scalar(select(Lease.holder).where(Lease.name == name))
    return found == holder


def release(session: Session, name: str, holder: str) -> None:
    """Let go of a lease; one that another holder has taken over stays."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
