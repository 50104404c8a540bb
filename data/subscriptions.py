"""Queries over subscriptions, fingerprints of their links, and how often somebody asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from data.models import Subscription, SubscriptionRequest, SubscriptionToken

MOST = 20_000
"""More confirmed subscriptions than a county has places and gauges for (estimate)."""


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A subscription as stored."""

    subscription_id: str
    address: str
    kind: str
    target_id: str
    level: str
    threshold: float | None
    created_at: datetime
    confirmed_at: datetime | None
    told: str
    told_key: str = ""


_COLUMNS = tuple(getattr(Subscription, name) for name in SubscriptionRow.__slots__)


def _row(found: Sequence[Any]) -> SubscriptionRow:
    return SubscriptionRow(*found)


def add(session: Session, region_id: str, row: SubscriptionRow) -> None:
    """Store a new subscription."""
    values = {name: getattr(row, name) for name in SubscriptionRow.__slots__}
    session.execute(insert(Subscription).values(region_id=region_id, **values))


def by_id(session: Session, region_id: str, subscription_id: str) -> SubscriptionRow | None:
    """Return a subscription."""
    question = select(*_COLUMNS).where(
        Subscription.subscription_id == subscription_id, Subscription.region_id == region_id
    )
    found = session.execute(question).first()
    return None if found is None else _row(found)


def confirmed(session: Session, region_id: str) -> list[SubscriptionRow]:
    """Return all confirmed subscriptions, the oldest first."""
    question = (
        select(*_COLUMNS)
        .where(Subscription.region_id == region_id, Subscription.confirmed_at.is_not(None))
        .order_by(Subscription.confirmed_at, Subscription.subscription_id)
        .limit(MOST)
    )
    return [_row(found) for found in session.execute(question)]


def count_of_address(session: Session, region_id: str, address: str) -> int:
    """Return how many subscriptions an address has, confirmed or not."""
    question = (
        select(func.count())
        .select_from(Subscription)
        .where(Subscription.region_id == region_id, Subscription.address == address)
    )
    return session.scalar(question) or 0


def confirm(session: Session, row: SubscriptionRow, region_id: str, at: datetime) -> None:
    """Confirm a subscription; an earlier one of the same address and target goes.

    Links of its mails end the new one from now on. The link that was to confirm has done that and
    ends the subscription as those do: it holds as long as the subscription.
    """
    earlier = select(Subscription.subscription_id).where(
        Subscription.region_id == region_id,
        Subscription.address == row.address,
        Subscription.kind == row.kind,
        Subscription.target_id == row.target_id,
        Subscription.subscription_id != row.subscription_id,
    )
    tokens = update(SubscriptionToken)
    session.execute(
        tokens.where(
            SubscriptionToken.subscription_id.in_(earlier), SubscriptionToken.expires_at.is_(None)
        ).values(subscription_id=row.subscription_id)
    )
    session.execute(
        tokens.where(SubscriptionToken.subscription_id == row.subscription_id).values(
            expires_at=None
        )
    )
    session.execute(delete(Subscription).where(Subscription.subscription_id.in_(earlier)))
    session.execute(
        update(Subscription)
        .where(Subscription.subscription_id == row.subscription_id)
        .values(confirmed_at=at)
    )


def set_told(session: Session, row: SubscriptionRow, told: str, key: str) -> bool:
    """Note what is told, by the mail with this key; tells whether nobody else did meanwhile."""
    done = session.execute(
        update(Subscription)
        .where(
            Subscription.subscription_id == row.subscription_id,
            Subscription.told == row.told,
            Subscription.told_key == row.told_key,
        )
        .values(told=told, told_key=key)
        .returning(Subscription.subscription_id)
    )
    return done.first() is not None


def remove(session: Session, subscription_id: str) -> bool:
    """Delete a subscription with its links and tell whether there was one."""
    done = session.execute(
        delete(Subscription)
        .where(Subscription.subscription_id == subscription_id)
        .returning(Subscription.subscription_id)
    )
    return done.first() is not None


def add_token(
    session: Session, token_hash: str, subscription_id: str, expires_at: datetime | None
) -> None:
    """Store the fingerprint of a link."""
    session.execute(
        insert(SubscriptionToken).values(
            token_hash=token_hash, subscription_id=subscription_id, expires_at=expires_at
        )
    )


def by_token(
    session: Session, region_id: str, token_hash: str, now: datetime
) -> SubscriptionRow | None:
    """Return the subscription of a link that still holds."""
    question = (
        select(*_COLUMNS)
        .join(SubscriptionToken, SubscriptionToken.subscription_id == Subscription.subscription_id)
        .where(
            SubscriptionToken.token_hash == token_hash,
            Subscription.region_id == region_id,
            SubscriptionToken.expires_at.is_(None) | (SubscriptionToken.expires_at > now),
        )
    )
    found = session.execute(question).first()
    return None if found is None else _row(found)


def note_request(session: Session, key: str, at: datetime) -> None:
    """Note that somebody asked."""
    session.execute(insert(SubscriptionRequest).values(key=key, asked_at=at))


def requests_since(session: Session, key: str, since: datetime) -> int:
    """Return how often it was asked under a key."""
    question = (
        select(func.count())
        .select_from(SubscriptionRequest)
        .where(SubscriptionRequest.key == key, SubscriptionRequest.asked_at >= since)
    )
    return session.scalar(question) or 0


def prune(
    session: Session, region_id: str, unconfirmed_before: datetime, asked_before: datetime
) -> int:
    """Delete what nobody confirmed and old requests; returns how many subscriptions went."""
    done = session.execute(
        delete(Subscription)
        .where(
            Subscription.region_id == region_id,
            Subscription.confirmed_at.is_(None),
            Subscription.created_at < unconfirmed_before,
        )
        .returning(Subscription.subscription_id)
    )
    session.execute(delete(SubscriptionRequest).where(SubscriptionRequest.asked_at < asked_before))
    return len(done.all())


def prune_tokens(session: Session, before: datetime) -> None:
    """Delete fingerprints of links that hold no more."""
    session.execute(delete(SubscriptionToken).where(SubscriptionToken.expires_at < before))
