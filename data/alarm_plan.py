"""Queries over started stages of the alarm plan: open ones, measures changed under a version."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data import locks
from data.models import PlanMeasure, PlanStage

_LOCK_KEY = 7137005
"""PostgreSQL advisory lock of all writes to the plan; taken before that of the journal."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage as it is stored."""

    stage_id: str
    region_id: str
    scope: str
    river_id: str
    level: str
    reason: str
    is_drill: bool
    started_at: datetime
    started_wall_at: datetime
    started_by: str
    closed_at: datetime | None = None
    closed_by: str = ""
    closing_note: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A measure of a stage as it is stored."""

    step_id: str
    stage_id: str
    region_id: str
    scope: str
    river_id: str
    measure_id: str
    place_id: str
    level: str
    sort_order: int
    actor: str
    what: str
    precondition: str
    contact_role: str
    document: str
    status: str
    changed_at: datetime
    changed_by: str
    responsible: str = ""
    note: str = ""
    is_checked: bool = False
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1


_STAGE = tuple(item.name for item in fields(StageRow))
_STEP = tuple(item.name for item in fields(StepRow))
_STAGE_COLUMNS = tuple(getattr(PlanStage, name) for name in _STAGE)
_STEP_COLUMNS = tuple(getattr(PlanMeasure, name) for name in _STEP)


def hold(session: Session) -> None:
    """Let nobody else change the plan until the transaction ends."""
    locks.hold(session, _LOCK_KEY)


def add(session: Session, stage: StageRow, steps: list[StepRow]) -> None:
    """Store a started stage with its measures."""
    session.execute(insert(PlanStage).values(**{name: getattr(stage, name) for name in _STAGE}))
    rows = [{name: getattr(step, name) for name in _STEP} for step in steps]
    session.execute(insert(PlanMeasure), rows)


def stages(
    session: Session, region_id: str, scope: str, limit: int, *, only_open: bool
) -> list[StageRow]:
    """Return the stages of a clock, newest first."""
    question = select(*_STAGE_COLUMNS).where(
        PlanStage.region_id == region_id, PlanStage.scope == scope
    )
    if only_open:
        question = question.where(PlanStage.closed_at.is_(None))
    question = question.order_by(PlanStage.started_at.desc(), PlanStage.stage_id).limit(limit)
    return [StageRow(*row) for row in session.execute(question)]


def steps_of(session: Session, stage_ids: list[str]) -> list[StepRow]:
    """Return the measures of some stages in the order of the plan."""
    if not stage_ids:
        return []
    question = (
        select(*_STEP_COLUMNS)
        .where(PlanMeasure.stage_id.in_(stage_ids))
        .order_by(PlanMeasure.sort_order, PlanMeasure.step_id)
    )
    return [StepRow(*row) for row in session.execute(question)]


def stage(session: Session, region_id: str, stage_id: str) -> StageRow | None:
    """Return a stage of a region."""
    question = select(*_STAGE_COLUMNS).where(
        PlanStage.stage_id == stage_id, PlanStage.region_id == region_id
    )
    found = session.execute(question).first()
    return None if found is None else StageRow(*found)


def step(session: Session, region_id: str, step_id: str) -> StepRow | None:
    """Return a measure of a region."""
    question = select(*_STEP_COLUMNS).where(
        PlanMeasure.step_id == step_id, PlanMeasure.region_id == region_id
    )
    found = session.execute(question).first()
    return None if found is None else StepRow(*found)


def turn(session: Session, step_id: str, version: int, **values: object) -> bool:
    """Change a measure of an open stage that still has this version and tell whether it had it."""
    done = session.execute(
        update(PlanMeasure)
        .where(
            PlanMeasure.step_id == step_id,
            PlanMeasure.version == version,
            PlanMeasure.closed_at.is_(None),
        )
        .values(version=version + 1, **values)
        .returning(PlanMeasure.step_id)
    )
    return done.first() is not None


def close(session: Session, stage_id: str, at: datetime, by: str, note: str) -> None:
    """Close a stage and its measures as they stand."""
    session.execute(
        update(PlanStage)
        .where(PlanStage.stage_id == stage_id)
        .values(closed_at=at, closed_by=by, closing_note=note)
    )
    session.execute(
        update(PlanMeasure).where(PlanMeasure.stage_id == stage_id).values(closed_at=at)
    )
