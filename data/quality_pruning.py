"""Queries that find and delete findings whose observations have left the database."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, literal, select
from sqlalchemy.orm import Session

from data.models import Observation, QualityFlag
from data.quality import MANUAL


def orphans(session: Session, limit: int) -> list[int]:
    """Return automatic findings that are older than all that the database holds of their series."""
    found = session.scalars(select(QualityFlag.finding_id).where(*_orphaned()).limit(limit))
    return list(found)


def remove(session: Session, finding_ids: Sequence[int]) -> int:
    """Delete those of these findings that are still without observations; returns how many went."""
    gone = session.execute(
        delete(QualityFlag)
        .where(QualityFlag.finding_id.in_(finding_ids), *_orphaned())
        .returning(QualityFlag.finding_id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _orphaned() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    held = (
        select(literal(1))
        .where(
            Observation.datastream_id == QualityFlag.datastream_id,
            Observation.phenomenon_time <= QualityFlag.end_at,
        )
        .exists()
    )
    return QualityFlag.test != MANUAL, ~held
