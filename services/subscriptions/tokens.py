"""Links of mails: random, stored as a fingerprint only, new with each mail."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from data import subscriptions
from data.subscriptions import SubscriptionRow
from services.subscriptions.model import CONFIRM_WITHIN

TOKEN_BYTES = 24


def fingerprint(token: str) -> str:
    """Return what is stored of a token or of an address that asks."""
    return hashlib.sha256(token.encode()).hexdigest()


def minted(session: Session, row: SubscriptionRow) -> str:
    """Return a new token of a subscription: to confirm it for 48 hours, then to end it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires: datetime | None = None
    if row.confirmed_at is None:
        expires = row.created_at + CONFIRM_WITHIN
    subscriptions.add_token(session, fingerprint(token), row.subscription_id, expires)
    return token
