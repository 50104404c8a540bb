"""Queries over accounts, sessions and locks of sign-ins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from data import locks
from data.models import Person, PersonSession, RecoveryCode, SignInLock

_LOCK_KEY = 7137028
"""PostgreSQL advisory lock of all changes of accounts: who is the last administrator, and which
logins are taken, must not change between looking and writing."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account as it is stored."""

    person_id: str
    login: str
    name: str
    role: str
    password_hash: str
    must_change: bool
    totp_secret: str
    totp_step: int
    subject: str | None
    is_active: bool
    created_at: datetime
    password_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A signed-in browser as it is stored."""

    token_hash: str
    person_id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_wall: bool
    is_confirmed: bool
    browser: str


@dataclass(frozen=True, slots=True)
class LockRow:
    """Wrong sign-ins under one key."""

    key_hash: str
    failures: int
    last_at: datetime
    locked_until: datetime | None


_PERSON = tuple(getattr(Person, name) for name in PersonRow.__slots__)
_SESSION = tuple(getattr(PersonSession, name) for name in SessionRow.__slots__)


def add(session: Session, row: PersonRow) -> None:
    """Store a new account."""
    values = {name: getattr(row, name) for name in PersonRow.__slots__}
    session.execute(insert(Person).values(**values))


def change(session: Session, person_id: str, **values: object) -> None:
    """Change some columns of an account."""
    session.execute(update(Person).where(Person.person_id == person_id).values(**values))


def remove(session: Session, person_id: str) -> None:
    """Delete an account with its sessions and codes; what it did stays in the audit log."""
    session.execute(delete(Person).where(Person.person_id == person_id))


def by_login(session: Session, login: str) -> PersonRow | None:
    """Return the account of a login."""
    found = session.execute(select(*_PERSON).where(Person.login == login)).first()
    return None if found is None else PersonRow(*found)


def by_id(session: Session, person_id: str) -> PersonRow | None:
    """Return an account."""
    found = session.execute(select(*_PERSON).where(Person.person_id == person_id)).first()
    return None if found is None else PersonRow(*found)


def by_subject(session: Session, subject: str) -> PersonRow | None:
    """Return the account of an identity provider's subject."""
    found = session.execute(select(*_PERSON).where(Person.subject == subject)).first()
    return None if found is None else PersonRow(*found)


def everyone(session: Session) -> list[PersonRow]:
    """Return all accounts by login."""
    return [PersonRow(*row) for row in session.execute(select(*_PERSON).order_by(Person.login))]


def count(session: Session, role: str) -> int:
    """Return how many active accounts have a role."""
    asked = select(func.count()).where(Person.role == role, Person.is_active)
    return session.scalar(asked) or 0


def has_external(session: Session) -> bool:
    """Tell whether any account belongs to an identity provider's subject."""
    return (
        session.scalar(select(Person.person_id).where(Person.subject.is_not(None)).limit(1))
        is not None
    )


def hold(session: Session) -> None:
    """Let nobody else change accounts until the transaction ends; SQLite has one writer."""
    locks.hold(session, _LOCK_KEY)


def replace_codes(session: Session, person_id: str, hashes: Iterable[str]) -> None:
    """Replace all recovery codes of an account."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    values = [{"person_id": person_id, "code_hash": each} for each in hashes]
    if values:
        session.execute(insert(RecoveryCode), values)


def use_code(session: Session, person_id: str, code_hash: str) -> bool:
    """Use a recovery code up and tell whether it was there."""
    gone = session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.person_id == person_id, RecoveryCode.code_hash == code_hash)
        .returning(RecoveryCode.code_hash)
    )
    return gone.first() is not None


def open_session(session: Session, row: SessionRow) -> None:
    """Store a session."""
    values = {name: getattr(row, name) for name in SessionRow.__slots__}
    session.execute(insert(PersonSession).values(**values))


def find_session(session: Session, token_hash: str) -> tuple[SessionRow, PersonRow] | None:
    """Return a session with its account."""
    found = session.execute(
        select(*_SESSION, *_PERSON)
        .join(Person, Person.person_id == PersonSession.person_id)
        .where(PersonSession.token_hash == token_hash)
    ).first()
    if found is None:
        return None
    border = len(_SESSION)
    return SessionRow(*found[:border]), PersonRow(*found[border:])


def change_session(session: Session, token_hash: str, **values: object) -> None:
    """Change some columns of a session."""
    session.execute(
        update(PersonSession).where(PersonSession.token_hash == token_hash).values(**values)
    )


def close_session(session: Session, token_hash: str) -> None:
    """Delete a session."""
    session.execute(delete(PersonSession).where(PersonSession.token_hash == token_hash))


def close_sessions(session: Session, person_id: str) -> None:
    """Delete all sessions of an account."""
    session.execute(delete(PersonSession).where(PersonSession.person_id == person_id))


def forget_expired(session: Session, now: datetime) -> None:
    """Delete sessions that are over."""
    session.execute(delete(PersonSession).where(PersonSession.expires_at <= now))


def lock(session: Session, key_hash: str) -> LockRow | None:
    """Return the wrong sign-ins under a key."""
    found = session.get(SignInLock, key_hash, populate_existing=True)
    if found is None:
        return None
    return LockRow(found.key_hash, found.failures, found.last_at, found.locked_until)


def put_lock(session: Session, row: LockRow) -> None:
    """Store the wrong sign-ins under a key."""
    session.merge(SignInLock(**{name: getattr(row, name) for name in LockRow.__slots__}))


def forget_lock(session: Session, key_hash: str) -> None:
    """Forget the wrong sign-ins under a key."""
    session.execute(delete(SignInLock).where(SignInLock.key_hash == key_hash))


def forget_locks_before(session: Session, at: datetime) -> None:
    """Forget wrong sign-ins whose last is older."""
    session.execute(delete(SignInLock).where(SignInLock.last_at < at))


def hold_lock(session: Session, key_hash: str) -> None:
    """Let nobody else count under a key until the transaction ends; SQLite has one writer."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(hashtext(:key))"), {"key": key_hash})


def use_step(session: Session, person_id: str, step: int) -> bool:
    """Use a time step of the second factor up and tell whether it was still free."""
    done = session.execute(
        update(Person)
        .where(Person.person_id == person_id, Person.totp_step < step)
        .values(totp_step=step)
        .returning(Person.person_id)
    )
    return done.first() is not None
