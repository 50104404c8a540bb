"""Queries over uplink receipts: what was taken in before."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.orm import Session

from data.bulk import insert_rows
from data.column_types import UtcDateTime
from data.models import UplinkReceipt

_COLUMNS = (
    UplinkReceipt.dev_eui,
    UplinkReceipt.dev_addr,
    UplinkReceipt.f_cnt,
    UplinkReceipt.dedup_id,
    UplinkReceipt.received_at,
)
_NAMES = "r.dev_eui, r.dev_addr, r.f_cnt, r.dedup_id, r.received_at"
_WHERE = "where r.dev_eui = k.dev_eui and r.f_cnt = k.f_cnt and r.received_at >= :start"
_OF_FRAMES = f"""
select {_NAMES} from (
  select value->>0 as dev_eui, cast(value->>1 as bigint) as f_cnt
  from json_array_elements(cast(:keys as json))
) k, uplink_receipts r {_WHERE}
"""  # noqa: S608  # our own constants
_OF_FRAMES_SQLITE = f"""
select {_NAMES} from (
  select json_extract(value, '$[0]') as dev_eui, json_extract(value, '$[1]') as f_cnt
  from json_each(:keys)
) k cross join uplink_receipts r
indexed by ix_uplink_receipts_dev_eui_f_cnt {_WHERE}
"""  # noqa: S608  # our own constants
"""CROSS JOIN makes SQLite start from the frames, which are few; without the name it takes the index
of device and time, which holds all uplinks of a device."""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What identifies an uplink (METHOD G.8), and how it was heard."""

    dev_eui: str
    dev_addr: str
    f_cnt: int | None
    dedup_id: str | None
    received_at: datetime
    spreading_factor: int | None = None
    frequency_hz: int | None = None
    rssi: float | None = None
    snr: float | None = None
    gateways: int | None = None


def of_frames(
    session: Session, frames: Iterable[tuple[str, int]], start: datetime
) -> list[ReceiptRow]:
    """Return receipts from `start` on of frames: device and frame counter."""
    keys = json.dumps(sorted(set(frames)))
    dialect = session.get_bind().dialect
    query = _OF_FRAMES_SQLITE if dialect.name == "sqlite" else _OF_FRAMES
    found = session.execute(
        text(query).columns(*_COLUMNS).bindparams(bindparam("start", type_=UtcDateTime())),
        {"keys": keys, "start": start},
    )
    return [ReceiptRow(*row) for row in found]


def newest_of(session: Session, dev_euis: Iterable[str]) -> list[ReceiptRow]:
    """Return the newest receipt of each device that has one."""
    found = []
    for dev_eui in sorted(set(dev_euis)):
        row = session.execute(
            select(*_COLUMNS)
            .where(UplinkReceipt.dev_eui == dev_eui)
            .order_by(UplinkReceipt.received_at.desc(), UplinkReceipt.receipt_id.desc())
            .limit(1)
        ).first()
        if row is not None:
            found.append(ReceiptRow(*row))
    return found


def with_dedup_ids(session: Session, dedup_ids: Iterable[str]) -> set[str]:
    """Return those deduplication ids that were taken in before."""
    wanted = sorted(set(dedup_ids))
    return {
        found
        for found in session.scalars(
            select(UplinkReceipt.dedup_id).where(UplinkReceipt.dedup_id.in_(wanted))
        )
        if found is not None
    }


def remember(session: Session, rows: Iterable[ReceiptRow]) -> None:
    """Store receipts of uplinks taken in."""
    names = ReceiptRow.__slots__
    cells = [tuple(getattr(row, name) for name in names) for row in rows]
    insert_rows(session.connection(), UplinkReceipt, names, cells)


def forget_uplinks(session: Session, dev_eui: str, times: Iterable[datetime]) -> None:
    """Drop the receipts of uplinks that shall be taken in again."""
    session.execute(
        delete(UplinkReceipt).where(
            UplinkReceipt.dev_eui == dev_eui, UplinkReceipt.received_at.in_(sorted(set(times)))
        )
    )


def forget_before(session: Session, before: datetime) -> None:
    """Drop receipts that no duplicate can match any more."""
    session.execute(delete(UplinkReceipt).where(UplinkReceipt.received_at < before))
