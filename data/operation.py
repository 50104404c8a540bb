"""Queries over the product's own state: health of sources, imported boundaries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.models import Boundary, SourceState

INGEST = "ingest"
"""Source under which the writer notes that something new is stored: cycles wait for it."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Health of one source or process."""

    source: str
    last_success_at: datetime | None
    last_failure_at: datetime | None
    message: str


@dataclass(frozen=True, slots=True)
class BoundaryRow:
    """One imported municipal boundary."""

    ags: str
    name: str
    geometry: Mapping[str, Any]
    source: str
    imported_at: datetime


def report(session: Session, source: str, at: datetime, *, ok: bool, message: str = "") -> None:
    """Note a success or failure of a source."""
    state = session.get(SourceState, source)
    if state is None:
        state = SourceState(source=source)
        session.add(state)
    if ok:
        state.last_success_at = at
    else:
        state.last_failure_at = at
    state.message = message


def last_success(session: Session, source: str) -> datetime | None:
    """Return when a source last succeeded."""
    return session.scalar(select(SourceState.last_success_at).where(SourceState.source == source))


def last_attempt(session: Session, source: str) -> datetime | None:
    """Return when a source last succeeded or failed."""
    state = session.get(SourceState, source)
    if state is None:
        return None
    known = [at for at in (state.last_success_at, state.last_failure_at) if at is not None]
    return max(known, default=None)


def message(session: Session, source: str) -> str:
    """Return what a source's last success or failure said, empty where there was none."""
    return session.scalar(select(SourceState.message).where(SourceState.source == source)) or ""


def sources(session: Session) -> list[SourceRow]:
    """Return the health of all sources."""
    found = session.scalars(select(SourceState).order_by(SourceState.source))
    return [
        SourceRow(row.source, row.last_success_at, row.last_failure_at, row.message)
        for row in found
    ]


def replace_boundaries(session: Session, rows: Iterable[BoundaryRow]) -> None:
    """Replace all imported boundaries at once."""
    session.execute(delete(Boundary))
    values = [
        {
            "ags": row.ags,
            "name": row.name,
            "geometry": dict(row.geometry),
            "source": row.source,
            "imported_at": row.imported_at,
        }
        for row in rows
    ]
    if values:
        session.execute(insert(Boundary), values)


def boundaries(session: Session) -> list[BoundaryRow]:
    """Return the imported boundaries by AGS."""
    found = session.scalars(select(Boundary).order_by(Boundary.ags))
    return [
        BoundaryRow(row.ags, row.name, row.geometry, row.source, row.imported_at) for row in found
    ]
