"""What the writer forgets: receipts no copy can match, rejected messages nobody looked at."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from data import gateways, receipts, rejected

KEEP_RECEIPTS = timedelta(days=7)
"""Longer than a broker keeps a message for us, so that a late copy is still recognised."""

KEEP_RECEPTIONS = timedelta(days=400)
KEEP_REJECTED = timedelta(days=90)
MOST_REJECTED = 100_000
"""Bounds for rejected messages: a foreign device in the same application never stops (estimate)."""


def forget_old(session: Session, newest: datetime) -> None:
    """Forget what is too old for a store whose newest message came at an instant."""
    receipts.forget_before(session, newest - KEEP_RECEIPTS)
    gateways.forget_before(session, newest - KEEP_RECEPTIONS)
    rejected.prune(session, newest - KEEP_REJECTED, MOST_REJECTED)
