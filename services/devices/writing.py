"""Writing about devices: one transaction, and what is said when the database does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from data.engine import writing
from services.errors import StoreUnavailableError


@contextmanager
def storing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """Give a session that writes, in one transaction."""
    try:
        with sessions() as session, session.begin():
            writing(session)
            yield session
    except DatabaseError as error:
        raise StoreUnavailableError from error
