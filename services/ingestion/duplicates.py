"""The same uplink twice, and a device that joined anew (METHOD G.8).

Duplicate: the same DevEUI, DevAddr and frame counter within an hour, or the same deduplication id.
A counter that falls under a new DevAddr is a rejoin and no duplicate. Without DevAddr or counter
only the deduplication id can tell; storing the same reading twice changes nothing anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from data import receipts
from data.receipts import ReceiptRow
from services.ingestion.model import Uplink

WINDOW = timedelta(hours=1)


class Verdict(StrEnum):
    """What an uplink is, compared with those taken in before."""

    NEW = "new"
    DUPLICATE = "duplicate"
    REJOIN = "rejoin"


@dataclass(slots=True)
class LastReceipts:
    """The newest receipt of each device, asked of the store once in a process."""

    _known: dict[str, ReceiptRow | None] = field(default_factory=dict, init=False)

    def load(self, session: Session, dev_euis: Iterable[str]) -> None:
        """Ask the store for devices that are not known yet."""
        new = set(dev_euis) - self._known.keys()
        if new:
            self._known.update(dict.fromkeys(new))
            self._known.update({row.dev_eui: row for row in receipts.newest_of(session, new)})

    def of(self, dev_eui: str) -> ReceiptRow | None:
        """Return the newest receipt of a device."""
        return self._known.get(dev_eui)

    def note(self, receipt: ReceiptRow) -> None:
        """Remember a receipt that is newer than the known one."""
        known = self._known.get(receipt.dev_eui)
        if known is None or receipt.received_at >= known.received_at:
            self._known[receipt.dev_eui] = receipt

    def forget(self) -> None:
        """Drop everything: a transaction was rolled back."""
        self._known.clear()


class SeenUplinks:
    """The uplinks of the last hour, from the store and from this batch."""

    def __init__(
        self,
        receipts: Iterable[ReceiptRow],
        dedup_ids: Iterable[str],
        last: "LastReceipts | None" = None,
    ) -> None:
        self._dedup_ids = set(dedup_ids)
        self._frames: dict[tuple[str, str, int], list[ReceiptRow]] = {}
        self._last = last or LastReceipts()
        for receipt in sorted(receipts, key=lambda row: row.received_at):
            self._add(receipt)

    def take(self, uplink: Uplink) -> tuple[Verdict, ReceiptRow]:
        """Judge an uplink and remember it unless it is a duplicate."""
        receipt = ReceiptRow(
            dev_eui=uplink.dev_eui,
            dev_addr=uplink.dev_addr,
            f_cnt=uplink.f_cnt,
            dedup_id=uplink.dedup_id,
            received_at=uplink.received_at,
            spreading_factor=uplink.radio.spreading_factor,
            frequency_hz=uplink.radio.frequency_hz,
            rssi=uplink.rssi,
            snr=uplink.snr,
            gateways=len(uplink.radio.receptions) or None,
        )
        if self._is_duplicate(receipt):
            return Verdict.DUPLICATE, receipt
        verdict = Verdict.REJOIN if self._is_rejoin(receipt) else Verdict.NEW
        self._add(receipt)
        return verdict, receipt

    def _is_duplicate(self, receipt: ReceiptRow) -> bool:
        if receipt.dedup_id is not None and receipt.dedup_id in self._dedup_ids:
            return True
        if not receipt.dev_addr or receipt.f_cnt is None:
            return False
        earlier = self._frames.get((receipt.dev_eui, receipt.dev_addr, receipt.f_cnt), [])
        return any(abs(receipt.received_at - row.received_at) <= WINDOW for row in earlier)

    def _is_rejoin(self, receipt: ReceiptRow) -> bool:
        last = self._last.of(receipt.dev_eui)
        if last is None or last.f_cnt is None or receipt.f_cnt is None:
            return False
        return receipt.dev_addr != last.dev_addr and receipt.f_cnt < last.f_cnt

    def _add(self, receipt: ReceiptRow) -> None:
        if receipt.dedup_id is not None:
            self._dedup_ids.add(receipt.dedup_id)
        if receipt.dev_addr and receipt.f_cnt is not None:
            key = (receipt.dev_eui, receipt.dev_addr, receipt.f_cnt)
            self._frames.setdefault(key, []).append(receipt)
        self._last.note(receipt)
