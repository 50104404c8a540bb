"""Queries over days of devices and the receipts that they are counted from."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.models import DeviceDay, DeviceMark, UplinkReceipt

MARK = "days"


@dataclass(frozen=True, slots=True)
class HeardFrame:
    """A receipt as far as statistics go."""

    dev_eui: str
    received_at: datetime
    dev_addr: str
    f_cnt: int | None
    spreading_factor: int | None
    frequency_hz: int | None
    rssi: float | None
    snr: float | None
    gateways: int | None


@dataclass(frozen=True, slots=True)
class DeviceDayRow:
    """A local day of a device; `spreading` counts frames by spreading factor."""

    dev_eui: str
    start_at: datetime
    uplinks: int
    lost: int
    rejoins: int
    rssi_mean: float | None
    snr_mean: float | None
    gateways_mean: float | None
    spreading: Mapping[str, int]


_FRAME = tuple(getattr(UplinkReceipt, name) for name in HeardFrame.__slots__)
_ORDER = (UplinkReceipt.received_at, UplinkReceipt.receipt_id)


def mark(session: Session) -> int:
    """Return the last receipt that is counted."""
    found = session.get(DeviceMark, MARK)
    return found.receipt_id if found is not None else 0


def set_mark(session: Session, receipt_id: int) -> None:
    """Note up to which receipt all is counted."""
    session.merge(DeviceMark(name=MARK, receipt_id=receipt_id))


def arrived(session: Session, after: int, limit: int) -> list[tuple[int, str, datetime]]:
    """Return (id, device, time) of the next receipts after an id."""
    found = session.execute(
        select(UplinkReceipt.receipt_id, UplinkReceipt.dev_eui, UplinkReceipt.received_at)
        .where(UplinkReceipt.receipt_id > after)
        .order_by(UplinkReceipt.receipt_id)
        .limit(limit)
    )
    return [(number, dev_eui, at) for number, dev_eui, at in found]


def newest_receipt(session: Session) -> datetime | None:
    """Return when the newest receipt of any device came."""
    kind = UplinkReceipt.received_at.type
    return session.scalar(select(func.max(UplinkReceipt.received_at, type_=kind)))


def frames(session: Session, dev_eui: str, start: datetime, end: datetime) -> list[HeardFrame]:
    """Return the frames of a device received in start <= time < end, in order."""
    found = session.execute(
        select(*_FRAME)
        .where(
            UplinkReceipt.dev_eui == dev_eui,
            UplinkReceipt.received_at >= start,
            UplinkReceipt.received_at < end,
        )
        .order_by(*_ORDER)
    )
    return [HeardFrame(*row) for row in found]


def newest_frames(
    session: Session, dev_eui: str, limit: int, before: datetime | None = None
) -> list[HeardFrame]:
    """Return the newest frames of a device (before an instant), oldest first."""
    query = select(*_FRAME).where(UplinkReceipt.dev_eui == dev_eui)
    if before is not None:
        query = query.where(UplinkReceipt.received_at < before)
    found = session.execute(query.order_by(*(key.desc() for key in _ORDER)).limit(limit)).all()
    return [HeardFrame(*row) for row in reversed(found)]


def replace(session: Session, rows: Iterable[DeviceDayRow]) -> None:
    """Store days over what they said before."""
    for row in rows:
        session.merge(DeviceDay(**{**asdict(row), "spreading": dict(row.spreading)}))


def days(session: Session, start: datetime, dev_eui: str = "") -> list[DeviceDayRow]:
    """Return the days from `start` on, of one device if it is named, oldest first."""
    names = DeviceDayRow.__slots__
    query = select(*(getattr(DeviceDay, name) for name in names)).where(DeviceDay.start_at >= start)
    if dev_eui:
        query = query.where(DeviceDay.dev_eui == dev_eui)
    found = session.execute(query.order_by(DeviceDay.start_at, DeviceDay.dev_eui))
    return [DeviceDayRow(*row) for row in found]
