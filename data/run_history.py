"""Queries over what earlier cycles said of one gauge."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import GaugeState, Run
from data.runs import CYCLE, DONE

MOST_CYCLES = 2000
"""More than one a quarter of a minute for six hours; older ones of more are left out."""


def cycles_between(
    session: Session, region_id: str, start: datetime, end: datetime, since: datetime | None
) -> list[tuple[str, datetime]]:
    """Return id and as-of time of the finished cycles of a window, the newest first.

    `since` is wall time: runs of an earlier replay don't count.
    """
    query = (
        select(Run.run_id, Run.as_of)
        .where(
            Run.region_id == region_id,
            Run.kind == CYCLE,
            Run.status == DONE,
            Run.as_of >= start,
            Run.as_of <= end,
        )
        .order_by(Run.as_of.desc())
        .limit(MOST_CYCLES)
    )
    if since is not None:
        query = query.where(Run.started_at >= since)
    return [(run_id, as_of) for run_id, as_of in session.execute(query)]


def gauge_of_runs(
    session: Session, gauge_id: str, run_ids: Sequence[str]
) -> dict[str, Mapping[str, Any]]:
    """Return by run what it says of a gauge."""
    if not run_ids:
        return {}
    found = session.execute(
        select(GaugeState.run_id, GaugeState.details).where(
            GaugeState.gauge_id == gauge_id, GaugeState.run_id.in_(run_ids)
        )
    )
    return dict(found.all())
