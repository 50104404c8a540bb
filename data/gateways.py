"""Queries over what gateways heard: add a batch, sum up a stretch of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from data.bulk import insert_rows
from data.models import GatewayReception


@dataclass(frozen=True, slots=True)
class HeardRow:
    """What a gateway heard of a device on a day; `alone` are frames that no other gateway heard.

    Means are the sums by `measured`, the receptions that named a signal.
    """

    gateway_id: str
    dev_eui: str
    start_at: datetime
    frames: int
    alone: int
    rssi_sum: float
    rssi_best: float | None
    snr_sum: float
    snr_best: float | None
    measured: int
    airtime_ms: float
    newest_at: datetime


COLUMNS = HeardRow.__slots__
_TABLE = GatewayReception.__tablename__
_SUMS = ("frames", "alone", "rssi_sum", "snr_sum", "measured", "airtime_ms")


def _larger(name: str) -> str:
    """Return the larger of stored and given value: `max` of SQLite is no aggregate with two."""
    old, new = f"{_TABLE}.{name}", f"excluded.{name}"
    return f"{name} = case when {old} is null or {new} > {old} then {new} else {old} end"


_ADD = (
    "on conflict (gateway_id, dev_eui, start_at) do update set "
    + ", ".join(f"{name} = {_TABLE}.{name} + excluded.{name}" for name in _SUMS)
    + ", "
    + ", ".join(_larger(name) for name in ("rssi_best", "snr_best", "newest_at"))
)


def add(session: Session, rows: Sequence[HeardRow]) -> None:
    """Add the receptions of a batch to their days, in one statement."""
    cells = [tuple(getattr(row, name) for name in COLUMNS) for row in rows]
    insert_rows(session.connection(), GatewayReception, COLUMNS, cells, _ADD)


def since(session: Session, start: datetime) -> list[HeardRow]:
    """Return each gateway and device with the sums of the days from `start` on.

    `start_at` is the first of these days.
    """
    table = GatewayReception
    found = session.execute(
        select(
            table.gateway_id,
            table.dev_eui,
            func.min(table.start_at, type_=table.start_at.type),
            func.sum(table.frames),
            func.sum(table.alone),
            func.sum(table.rssi_sum),
            func.max(table.rssi_best),
            func.sum(table.snr_sum),
            func.max(table.snr_best),
            func.sum(table.measured),
            func.sum(table.airtime_ms),
            func.max(table.newest_at, type_=table.newest_at.type),
        )
        .where(table.start_at >= start)
        .group_by(table.gateway_id, table.dev_eui)
        .order_by(table.gateway_id, table.dev_eui)
    )
    return [HeardRow(*cells) for cells in map(tuple, found)]


def newest_by_device(session: Session) -> dict[str, datetime]:
    """Return when each device was last heard, however long ago."""
    table = GatewayReception
    found = session.execute(
        select(table.dev_eui, func.max(table.newest_at, type_=table.newest_at.type)).group_by(
            table.dev_eui
        )
    )
    return dict(found.all())


def forget_before(session: Session, before: datetime) -> None:
    """Drop days that nobody asks for any more."""
    session.execute(delete(GatewayReception).where(GatewayReception.start_at < before))
