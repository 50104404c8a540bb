"""Queries over drills: what was asked for in real operation, what was fed into one that runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data.models import Drill, DrillInjection

ASKED, RUNNING, ENDING, ENDED, FAILED = "angefordert", "läuft", "endet", "beendet", "gescheitert"
OPEN = (ASKED, RUNNING, ENDING)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A drill that was asked for."""

    drill_id: int
    region_id: str
    title: str
    event: Mapping[str, Any]
    speed: float
    port: int
    status: str
    message: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class InjectionRow:
    """What was fed into a drill; `at` is event time."""

    kind: str
    gauge_id: str
    value_m: float | None
    text: str
    actor: str
    at: datetime
    wall_at: datetime


_DRILL = tuple(getattr(Drill, name) for name in RequestRow.__slots__)
_INJECTION = tuple(getattr(DrillInjection, name) for name in InjectionRow.__slots__)


def ask(session: Session, values: Mapping[str, object]) -> int:
    """Store that a drill is asked for and return its number."""
    made = session.execute(insert(Drill).values(**values).returning(Drill.drill_id))
    return int(made.scalar_one())


def newest(session: Session, region_id: str, limit: int = 1) -> list[RequestRow]:
    """Return the drills asked for last, newest first."""
    question = (
        select(*_DRILL)
        .where(Drill.region_id == region_id)
        .order_by(Drill.drill_id.desc())
        .limit(limit)
    )
    return [RequestRow(*row) for row in session.execute(question)]


def turn(session: Session, drill_id: int, status: str, **values: object) -> None:
    """Change how a drill stands."""
    query = update(Drill).where(Drill.drill_id == drill_id)
    session.execute(query.values(status=status, **values))


def inject(session: Session, replay_id: int, row: InjectionRow) -> None:
    """Store what is fed into a drill."""
    values = {name: getattr(row, name) for name in InjectionRow.__slots__}
    session.execute(insert(DrillInjection).values(replay_id=replay_id, **values))


def injections(session: Session, replay_id: int) -> list[InjectionRow]:
    """Return what was fed into a replay, oldest first."""
    question = (
        select(*_INJECTION)
        .where(DrillInjection.replay_id == replay_id)
        .order_by(DrillInjection.injection_id)
    )
    return [InjectionRow(*row) for row in session.execute(question)]
