"""Queries over all-clears: appended, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Alarm, AllClear


@dataclass(frozen=True, slots=True)
class ClearRow:
    """An all-clear as it is stored."""

    clear_id: int
    area: str
    area_name: str
    given_at: datetime
    wall_at: datetime
    author: str
    text: str
    checks: list[dict[str, Any]]
    confirmed: list[str]
    is_complete: bool
    override_reason: str


_COLUMNS = tuple(getattr(AllClear, name) for name in ClearRow.__slots__)


def add(session: Session, region_id: str, scope: str, **values: object) -> int:
    """Store an all-clear and return its number."""
    made = AllClear(region_id=region_id, scope=scope, **values)
    session.add(made)
    session.flush()
    return made.clear_id


def by_id(session: Session, clear_id: int) -> tuple[str, str, ClearRow] | None:
    """Return an all-clear with its region and scope."""
    query = select(AllClear.region_id, AllClear.scope, *_COLUMNS).where(
        AllClear.clear_id == clear_id
    )
    found = session.execute(query).first()
    return None if found is None else (found[0], found[1], ClearRow(*found[2:]))


def newest(session: Session, region_id: str, scope: str, limit: int) -> list[ClearRow]:
    """Return the last all-clears, the newest first."""
    query = (
        select(*_COLUMNS)
        .where(AllClear.region_id == region_id, AllClear.scope == scope)
        .order_by(AllClear.given_at.desc(), AllClear.clear_id.desc())
        .limit(limit)
    )
    return [ClearRow(*row) for row in session.execute(query)]


def warned_since(
    session: Session, region_id: str, scope: str, rules: Iterable[str], at: datetime
) -> list[tuple[str, datetime]]:
    """Return what alarms of some rules began, rose or came back after an instant: what and when."""
    query = select(Alarm.subject, Alarm.calling_since).where(
        Alarm.region_id == region_id,
        Alarm.scope == scope,
        Alarm.rule.in_(list(rules)),
        Alarm.calling_since > at,
    )
    return [(subject, since) for subject, since in session.execute(query)]
