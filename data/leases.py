"""Leases: one process of all hosts does a job, until it lets go or its time is over."""

from datetime import datetime, timedelta

from sqlalchemy import delete, inspect, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import Lease


def acquire(session: Session, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
    """Take or prolong the lease of a name and tell whether it is ours until `now + ttl`.

    The clocks of the hosts may differ by less than `ttl`, or a lease is taken over too early. A
    holder that dies keeps the job for `ttl` at most.
    """
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(Lease).values(name=name, holder=holder, until_at=now + ttl)
    found = session.execute(
        statement.on_conflict_do_update(
            index_elements=[Lease.name],
            set_={"holder": holder, "until_at": now + ttl},
            where=or_(Lease.until_at <= now, Lease.holder == holder),
        ).returning(Lease.holder)
    )
    return found.first() is not None


def renew(session: Session, name: str, holder: str, until: datetime) -> bool:
    """Prolong a lease that is ours and tell whether it is; one that is gone is not taken again."""
    found = session.execute(
        update(Lease)
        .where(Lease.name == name, Lease.holder == holder)
        .values(until_at=until)
        .returning(Lease.holder)
        .execution_options(synchronize_session=False)
    )
    return found.first() is not None


def standing(session: Session, now: datetime) -> list[tuple[str, str]]:
    """Return name and holder of the leases that hold at an instant; none in an empty database."""
    if not inspect(session.connection()).has_table(Lease.__tablename__):
        return []
    found = session.execute(
        select(Lease.name, Lease.holder).where(Lease.until_at > now).order_by(Lease.name)
    )
    return [(name, holder) for name, holder in found]


def release(session: Session, name: str, holder: str) -> None:
    """Give a lease back; one that another has taken over meanwhile stays as it is."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
