"""Deletes weather warnings that are long over, so that no answer about now can change.

An Update or Cancel ends what it refers to, so it stays for as long as any of that does: without it
an old warning would hold again.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from data.alerts import CHUNK, AlertKey, known
from data.models import CapAlert

MOST_AT_ONCE = 5000
"""Messages looked at in one run (estimate): some months of a county, the oldest first."""
ENDING = ("Update", "Cancel")
References = frozenset[AlertKey]


def prune(session: Session, before: datetime) -> int:
    """Delete messages that were over before an instant; returns how many went.

    A message without an end is over when it is a Cancel, or when a later message, itself over
    before the instant, referred to it; else it holds and stays.
    """
    gone = _over(session, before)
    stored = known(session, {key for refers_to in gone.values() for key in refers_to})
    while bound := [key for key, refers_to in gone.items() if (refers_to & stored) - gone.keys()]:
        for key in bound:
            del gone[key]
    keys = sorted(gone)
    columns = (CapAlert.sender, CapAlert.identifier, CapAlert.sent_at)
    for start in range(0, len(keys), CHUNK):
        session.execute(
            delete(CapAlert)
            .where(tuple_(*columns).in_(keys[start : start + CHUNK]))
            .execution_options(synchronize_session=False)
        )
    return len(keys)


def _over(session: Session, before: datetime) -> dict[AlertKey, References]:
    """Return the messages that were over before an instant, with what each refers to."""
    found = session.execute(
        select(
            CapAlert.sender,
            CapAlert.identifier,
            CapAlert.sent_at,
            CapAlert.msg_type,
            CapAlert.status,
            CapAlert.expires_at,
            CapAlert.refers_to,
        )
        .where(
            or_(
                CapAlert.expires_at < before,
                and_(CapAlert.expires_at.is_(None), CapAlert.sent_at < before),
            )
        )
        .order_by(CapAlert.sent_at)
        .limit(MOST_AT_ONCE)
    )
    over: dict[AlertKey, References] = {}
    endless: dict[AlertKey, References] = {}
    replaced: set[AlertKey] = set()
    for sender, identifier, sent_at, msg_type, status, expires_at, refers_to in found:
        key, references = (sender, identifier, sent_at), _references(refers_to)
        has_end = expires_at is not None or msg_type == "Cancel"
        (over if has_end else endless)[key] = references - {key}
        if msg_type in ENDING and status == "Actual":
            replaced |= references - {key}
    return over | _those(endless, replaced)


def _those(
    rows: Mapping[AlertKey, References], wanted: set[AlertKey]
) -> dict[AlertKey, References]:
    return {key: references for key, references in rows.items() if key in wanted}


def _references(refers_to: list[list[str]]) -> References:
    return frozenset(
        (sender, identifier, datetime.fromisoformat(sent)) for sender, identifier, sent in refers_to
    )
