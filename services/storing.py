"""A transaction that writes what a person entered; a database that refuses becomes a sentence."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from data.engine import is_full, reason_of, writing
from services.errors import NotStoredError, StoreFullError

log = logging.getLogger(__name__)


@contextmanager
def storing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """Give a session that writes, in one transaction: all of it is stored, or nothing.

    Raises
    ------
    StoreFullError
        When the disk is full.
    NotStoredError
        When the database does not answer or cannot write.
    """
    try:
        with sessions.begin() as session:
            yield writing(session)
    except (OperationalError, InterfaceError) as error:
        log.error("nothing was stored: %s", reason_of(error))  # noqa: TRY400  # told to a person
        raise (StoreFullError if is_full(error) else NotStoredError)(str(error.orig)) from error
    except PoolTimeoutError as error:
        log.error("nothing was stored: no connection was free")  # noqa: TRY400
        raise NotStoredError("keine freie Verbindung") from error
