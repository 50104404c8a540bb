"""Says in the database which processes of which hosts work with it, while they do.

Only where several hosts may: one host has its lock file (`services.in_use`).
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from data import leases
from data.engine import make_sessions, reason_of, writing
from services.clock import wall_now
from services.in_use import StillRunningError
from services.jobs.model import holder_name

LOG = logging.getLogger(__name__)
PROCESS = "prozess:"
PRESENT_FOR = timedelta(minutes=1)
"""So long a process that died counts as present (estimate); one that ends says so."""
SHARE = 3
SQLITE = "sqlite"
JOIN_S = 2.0


@contextmanager
def announced(engine: Engine, name: str) -> Iterator[None]:
    """Announce this process in the database while the block runs, again and again."""
    if engine.dialect.name == SQLITE:
        yield
        return
    sessions, holder = make_sessions(engine), holder_name()
    done = threading.Event()
    thread = threading.Thread(
        target=_announce, args=(sessions, name, holder, done), name="presence", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(JOIN_S)


def touch(sessions: sessionmaker[Session], name: str, holder: str) -> None:
    """Announce a process for PRESENT_FOR: for work that comes in short tasks."""
    with sessions() as session, session.begin():
        leases.acquire(writing(session), _lease(name, holder), holder, wall_now(), PRESENT_FOR)


def require_unused(engine: Engine, verb: str, option: str, now: datetime | None = None) -> None:
    """Refuse a verb while processes of any host work with a database.

    Raises
    ------
    StillRunningError
        With the names of processes and hosts; `option` is what passes over it.
    """
    if engine.dialect.name == SQLITE:
        return
    with make_sessions(engine)() as session:
        found = leases.standing(session, now or wall_now())
    if found:
        named = ", ".join(sorted({_words(name, holder) for name, holder in found}))
        raise StillRunningError(
            user_message=(
                f"Mit der Datenbank arbeiten noch Prozesse: {named}. Bitte dort beenden und {verb} "
                f"wiederholen; ein abgestürzter Prozess gilt noch eine Minute lang als tätig. "
                f"Sicher, dass keiner mehr läuft: {option}."
            )
        )


def _announce(
    sessions: sessionmaker[Session], name: str, holder: str, done: threading.Event
) -> None:
    while True:
        try:
            touch(sessions, name, holder)
        except SQLAlchemyError as error:
            LOG.debug("Anwesenheit nicht gemeldet: %s", reason_of(error))
        if done.wait(PRESENT_FOR.total_seconds() / SHARE):
            break
    try:
        with sessions() as session, session.begin():
            leases.release(writing(session), _lease(name, holder), holder)
    except SQLAlchemyError as error:
        LOG.debug("Abwesenheit nicht gemeldet: %s", reason_of(error))


def _lease(name: str, holder: str) -> str:
    return f"{PROCESS}{name}:{holder}"[:120]


def _words(name: str, holder: str) -> str:
    host = holder.partition(":")[0]
    what = name.removeprefix(PROCESS).partition(":")[0] if name.startswith(PROCESS) else name
    return f"{what} auf {host}"
