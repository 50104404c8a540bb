"""Who may write about devices: a name is needed, in real operation not on the web."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from data.engine import writing
from services.devices.errors import DeviceRefusedError
from services.errors import StoreUnavailableError

NAME_MAX = 80


def checked_name(name: str, *, on_the_web: bool, is_demo: bool) -> str:
    """Return the name of who writes.

    Raises
    ------
    DeviceRefusedError
        Without a name, or on the web in real operation.
    """
    if on_the_web and not is_demo:
        raise DeviceRefusedError
    named = name.strip()[:NAME_MAX]
    if not named:
        raise DeviceRefusedError(
            user_message="Bitte den Namen der eintragenden Person angeben; er wird festgehalten."
        )
    return named


@contextmanager
def storing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """Give a session that writes, in one transaction."""
    try:
        with sessions() as session, session.begin():
            writing(session)
            yield session
    except DatabaseError as error:
        raise StoreUnavailableError from error
