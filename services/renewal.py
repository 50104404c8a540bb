"""Keeps a lease for as long as the work under it lasts."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from data import leases
from data.engine import reason_of, writing
from services.clock import wall_now

LOG = logging.getLogger(__name__)
SHARE = 3
"""A lease is renewed when a third of it is over: two failures in a row don't lose it (estimate)."""

JOIN_S = 2.0
"""How long the end of the work waits for a renewal that is under way (estimate)."""


@dataclass(frozen=True, slots=True)
class HeldLease:
    """A lease that this process has taken."""

    sessions: sessionmaker[Session]
    name: str
    holder: str
    ttl: timedelta
    now: Callable[[], datetime] = wall_now
    lost: threading.Event = field(default_factory=threading.Event)
    """Set when another has taken the lease over: its work may run beside ours."""

    def renew(self) -> None:
        """Prolong the lease, or note that it is lost."""
        with self.sessions() as session, session.begin():
            is_ours = leases.renew(writing(session), self.name, self.holder, self.now() + self.ttl)
        if not is_ours:
            self.lost.set()


@contextmanager
def renewed(lease: HeldLease) -> Iterator[HeldLease]:
    """Renew a lease in a thread while the block runs; it is neither taken nor given back here."""
    done = threading.Event()
    thread = threading.Thread(
        target=_keep, args=(lease, done), name=f"lease {lease.name}", daemon=True
    )
    thread.start()
    try:
        yield lease
    finally:
        done.set()
        thread.join(JOIN_S)


def _keep(lease: HeldLease, done: threading.Event) -> None:
    while not done.wait(lease.ttl.total_seconds() / SHARE) and not lease.lost.is_set():
        try:
            lease.renew()
        except SQLAlchemyError as error:
            LOG.warning("%s: nicht verlängert: %s", lease.name, reason_of(error))
        if lease.lost.is_set() and not done.is_set():
            LOG.warning("%s: ein anderer Prozess hat übernommen", lease.name)
