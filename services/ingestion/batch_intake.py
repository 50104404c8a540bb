"""A batch of messages taken together: duplicates out, readings, reasons and receipts counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from data import receipts
from data.receipts import ReceiptRow
from data.rejected import RejectedRow
from services.ingestion.duplicates import WINDOW, LastReceipts, SeenUplinks, Verdict
from services.ingestion.intake import Prepared
from services.ingestion.model import Reading, Reason, Uplink

Counts = Counter[str]
"""By `messages`, `readings`, `changed`, `duplicates`, `rejoins`, `ignored`, `rejected`."""


@dataclass(slots=True)
class Taken:
    """What is left of a batch to be stored."""

    readings: list[Reading] = field(default_factory=list)
    rejects: list[RejectedRow] = field(default_factory=list)
    receipts: list[ReceiptRow] = field(default_factory=list)
    uplinks: list[Uplink] = field(default_factory=list)
    counts: Counts = field(default_factory=Counter)


def without_duplicates(session: Session, prepared: Sequence[Prepared], last: LastReceipts) -> Taken:
    """Return what a batch comes down to, in the order of its messages."""
    seen = _seen(session, prepared, last)
    taken = Taken()
    for item in prepared:
        if item.uplink is not None:
            verdict, receipt = seen.take(item.uplink)
            if verdict is Verdict.DUPLICATE:
                taken.counts["duplicates"] += 1
                continue
            taken.counts["rejoins"] += verdict is Verdict.REJOIN
            taken.receipts.append(receipt)
            if not _is_unknown(item):
                taken.uplinks.append(item.uplink)
        elif not item.rejects and item.harvest is None:
            taken.counts["ignored"] += 1
        taken.readings += item.readings
        taken.rejects += item.rejects
    return taken


def _is_unknown(item: Prepared) -> bool:
    """Tell whether the device belongs to no gauge: its uplink may be taken in again later."""
    return any(row.reason_code == Reason.UNKNOWN_DEVICE for row in item.rejects)


def _seen(session: Session, prepared: Sequence[Prepared], last: LastReceipts) -> SeenUplinks:
    uplinks = [item.uplink for item in prepared if item.uplink is not None]
    if not uplinks:
        return SeenUplinks([], [], last)
    oldest = min(uplink.received_at for uplink in uplinks)
    frames = ((uplink.dev_eui, uplink.f_cnt) for uplink in uplinks if uplink.f_cnt is not None)
    last.load(session, (uplink.dev_eui for uplink in uplinks))
    return SeenUplinks(
        receipts.of_frames(session, frames, oldest - WINDOW),
        receipts.with_dedup_ids(
            session, (uplink.dedup_id for uplink in uplinks if uplink.dedup_id is not None)
        ),
        last,
    )
