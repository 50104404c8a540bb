"""Queries over runs and their results: store, newest, by id, progress, prune."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from data.models import GaugeState, Run, VillageState

CYCLE = "zyklus"
WHAT_IF = "was-waere-wenn"
VERIFICATION = "guetepruefung"
WAITING, RUNNING, DONE, CANCELLED, FAILED = (
    "wartet",
    "läuft",
    "fertig",
    "abgebrochen",
    "fehlgeschlagen",
)
OPEN = (WAITING, RUNNING)
CHUNK = 500
"""Ids a statement."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run without its results."""

    run_id: str
    region_id: str
    kind: str
    clock: str
    status: str
    progress: float
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    model_version: str
    config_hash: str
    origin: str
    requested_by: str
    parameters: Mapping[str, Any]
    faults: tuple[str, ...]
    message: str
    posterior_version: str = ""


def add(session: Session, row: RunRow) -> None:
    """Store a new run."""
    session.execute(insert(Run), [_values(row)])


def add_results(
    session: Session,
    run_id: str,
    villages: Iterable[Mapping[str, Any]],
    gauges: Iterable[Mapping[str, Any]],
) -> None:
    """Store the results of a run; the mappings carry the columns of their tables."""
    village_rows = [{"run_id": run_id, **row} for row in villages]
    gauge_rows = [{"run_id": run_id, **row} for row in gauges]
    if village_rows:
        session.execute(insert(VillageState), village_rows)
    if gauge_rows:
        session.execute(insert(GaugeState), gauge_rows)


def change(session: Session, run_id: str, **values: object) -> bool:
    """Change columns of an open run; a run that has ended stays as it is. Tells if it did."""
    done = session.execute(
        update(Run)
        .where(Run.run_id == run_id, Run.status.in_(OPEN))
        .values(**values)
        .returning(Run.run_id)
    )
    return done.first() is not None


def by_id(session: Session, run_id: str) -> RunRow | None:
    """Return a run, None when it is not stored."""
    found = session.get(Run, run_id)
    return None if found is None else _row(found)


def newest_cycle(session: Session, region_id: str, since: datetime | None) -> RunRow | None:
    """Return the newest finished cycle of a region that started at or after `since`."""
    query = (
        select(Run)
        .where(Run.region_id == region_id, Run.kind == CYCLE, Run.status == DONE)
        .order_by(Run.finished_at.desc())
        .limit(1)
    )
    if since is not None:
        query = query.where(Run.started_at >= since)
    found = session.scalar(query)
    return None if found is None else _row(found)


def cycle_at(
    session: Session, region_id: str, at: datetime, since: datetime | None
) -> RunRow | None:
    """Return the newest finished cycle that holds at an instant: its data are not younger."""
    query = (
        select(Run)
        .where(Run.region_id == region_id, Run.kind == CYCLE, Run.status == DONE, Run.as_of <= at)
        .order_by(Run.as_of.desc())
        .limit(1)
    )
    if since is not None:
        query = query.where(Run.started_at >= since)
    found = session.scalar(query)
    return None if found is None else _row(found)


def state_before(
    session: Session, place_id: str, river_id: str, since: datetime, epoch: datetime | None
) -> tuple[str, datetime] | None:
    """Return the last state of a village that began before an instant, and since when it held."""
    query = (
        select(VillageState.state, VillageState.state_since)
        .join(Run, Run.run_id == VillageState.run_id)
        .where(
            VillageState.place_id == place_id,
            VillageState.river_id == river_id,
            VillageState.state_since < since,
            Run.kind == CYCLE,
        )
        .order_by(VillageState.state_since.desc())
        .limit(1)
    )
    if epoch is not None:
        query = query.where(Run.started_at >= epoch)
    found = session.execute(query).first()
    return None if found is None else (found[0], found[1])


def recent(session: Session, region_id: str, kind: str, limit: int) -> list[RunRow]:
    """Return the newest runs of a kind."""
    found = session.scalars(
        select(Run)
        .where(Run.region_id == region_id, Run.kind == kind)
        .order_by(Run.started_at.desc())
        .limit(limit)
    )
    return [_row(run) for run in found]


def count_since(session: Session, kind: str, since: datetime) -> int:
    """Return how many runs of a kind started since an instant."""
    return (
        session.scalar(
            select(func.count()).select_from(Run).where(Run.kind == kind, Run.started_at >= since)
        )
        or 0
    )


def count_open(session: Session, kind: str, since: datetime) -> int:
    """Return how many runs of a kind are waiting or running and started since an instant."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Run)
            .where(Run.kind == kind, Run.status.in_(OPEN), Run.started_at >= since)
        )
        or 0
    )


def village_details(session: Session, run_id: str) -> list[Mapping[str, Any]]:
    """Return the stored village results of a run."""
    return list(session.scalars(select(VillageState.details).where(VillageState.run_id == run_id)))


def gauge_details(session: Session, run_id: str) -> list[Mapping[str, Any]]:
    """Return the stored gauge results of a run."""
    return list(session.scalars(select(GaugeState.details).where(GaugeState.run_id == run_id)))


def prune(session: Session, before: datetime) -> int:
    """Delete runs that started before an instant, with their results; returns how many.

    Verifications stay: they are few, and old until somebody makes a new one.
    """
    is_old = (Run.started_at < before, Run.kind != VERIFICATION)
    old = select(Run.run_id).where(*is_old)
    session.execute(delete(VillageState).where(VillageState.run_id.in_(old)))
    session.execute(delete(GaugeState).where(GaugeState.run_id.in_(old)))
    gone = session.execute(delete(Run).where(*is_old).returning(Run.run_id))
    return len(gone.all())


def thin(session: Session, before: datetime, step: timedelta) -> int:
    """Of cycles that started before an instant keep the last of each step; returns how many went.

    A cycle that a what-if was compared with goes as well: its page then shows no comparison.
    """
    found = session.execute(
        select(Run.run_id, Run.started_at)
        .where(Run.kind == CYCLE, Run.started_at < before)
        .order_by(Run.started_at)
    )
    last: dict[int, str] = {}
    surplus = []
    for run_id, started_at in found:
        bucket = int(started_at.timestamp() // step.total_seconds())
        if bucket in last:
            surplus.append(last[bucket])
        last[bucket] = run_id
    for start in range(0, len(surplus), CHUNK):
        some = surplus[start : start + CHUNK]
        session.execute(delete(VillageState).where(VillageState.run_id.in_(some)))
        session.execute(delete(GaugeState).where(GaugeState.run_id.in_(some)))
        session.execute(delete(Run).where(Run.run_id.in_(some)))
    return len(surplus)


def _values(row: RunRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in RunRow.__slots__}
    values["parameters"] = dict(row.parameters)
    values["faults"] = list(row.faults)
    return values


def _row(run: Run) -> RunRow:
    values = {name: getattr(run, name) for name in RunRow.__slots__}
    values["faults"] = tuple(run.faults)
    return RunRow(**values)
