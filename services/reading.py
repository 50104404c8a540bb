"""A read session whose database failure becomes a sentence for the user."""

from dataclasses import dataclass

from sqlalchemy.exc import DatabaseError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from services.errors import StoreUnavailableError


@dataclass(slots=True)
class Reading:
    """Opens a session and closes it; what the database refuses is `StoreUnavailableError`."""

    sessions: sessionmaker[Session]
    _session: Session | None = None

    def __enter__(self) -> Session:
        self._session = self.sessions()
        return self._session

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if self._session is not None:
            self._session.close()
        if isinstance(error, (DatabaseError, InterfaceError)):
            raise StoreUnavailableError(str(error.orig)) from error
        if isinstance(error, PoolTimeoutError):
            raise StoreUnavailableError("keine freie Verbindung") from error
