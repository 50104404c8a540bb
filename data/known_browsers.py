"""Queries over browsers from which accounts have signed in before."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data.models import KnownBrowser, Person


def is_known(session: Session, token_hash: str, login: str, now: datetime) -> bool:
    """Tell whether an account has signed in from a browser before."""
    asked = (
        select(KnownBrowser.token_hash)
        .join(Person, Person.person_id == KnownBrowser.person_id)
        .where(
            KnownBrowser.token_hash == token_hash,
            KnownBrowser.expires_at > now,
            Person.login == login,
        )
    )
    return session.scalar(asked) is not None


def is_known_to_any(session: Session, token_hash: str, now: datetime) -> bool:
    """Tell whether any account has signed in from a browser before."""
    asked = select(KnownBrowser.token_hash).where(
        KnownBrowser.token_hash == token_hash, KnownBrowser.expires_at > now
    )
    return session.scalar(asked.limit(1)) is not None


def put(session: Session, token_hash: str, person_id: str, until: datetime) -> None:
    """Know a browser of an account until an instant."""
    session.merge(KnownBrowser(token_hash=token_hash, person_id=person_id, expires_at=until))
    session.flush()


def forget(session: Session, person_id: str, keep: int = 0) -> None:
    """Forget the browsers of an account, the longest unused beyond some."""
    kept = (
        select(KnownBrowser.token_hash)
        .where(KnownBrowser.person_id == person_id)
        .order_by(KnownBrowser.expires_at.desc(), KnownBrowser.token_hash)
        .limit(keep)
    )
    session.execute(
        delete(KnownBrowser).where(
            KnownBrowser.person_id == person_id, KnownBrowser.token_hash.not_in(kept)
        )
    )


def forget_expired(session: Session, now: datetime) -> None:
    """Forget browsers that are known no more, of all accounts."""
    session.execute(delete(KnownBrowser).where(KnownBrowser.expires_at <= now))
