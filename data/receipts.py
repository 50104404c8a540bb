"""Queries over uplink receipts: what was taken in before."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.models import UplinkReceipt


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What identifies an uplink (METHOD G.8)."""

    dev_eui: str
    dev_addr: str
    f_cnt: int | None
    dedup_id: str | None
    received_at: datetime


def since(session: Session, dev_euis: Iterable[str], start: datetime) -> list[ReceiptRow]:
    """Return the receipts of these devices from `start` on."""
    found = session.execute(
        select(
            UplinkReceipt.dev_eui,
            UplinkReceipt.dev_addr,
            UplinkReceipt.f_cnt,
            UplinkReceipt.dedup_id,
            UplinkReceipt.received_at,
        ).where(
            UplinkReceipt.dev_eui.in_(sorted(set(dev_euis))), UplinkReceipt.received_at >= start
        )
    )
    return [ReceiptRow(*row) for row in found]


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
    values = [asdict(row) for row in rows]
    if values:
        session.execute(insert(UplinkReceipt), values)


def forget_before(session: Session, before: datetime) -> None:
    """Drop receipts that no duplicate can match any more."""
    session.execute(delete(UplinkReceipt).where(UplinkReceipt.received_at < before))
