"""A transaction of the writer; a database that does not answer is told from one that refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from data.engine import writing
from services.errors import StoreUnavailableError


@contextmanager
def store_session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """Open a session that writes, and commit it.

    Raises
    ------
    StoreUnavailableError
        When the database does not answer; what it refuses is raised as it is.
    """
    try:
        with sessions.begin() as session:
            yield writing(session)
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailableError(str(error.orig).strip()) from error
    except PoolTimeoutError as error:
        raise StoreUnavailableError("keine freie Verbindung") from error
