"""What gateways heard in a batch, summed by gateway, device and local day."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from data.gateways import HeardRow
from services.devices.airtime import airtime_ms
from services.ingestion.model import Reception, Uplink
from services.series.summary import day_of

FLUSH_S = 5.0
"""So long sums are held before they are stored (estimate): every batch would cost half the speed on
PostgreSQL (measured). A killed process loses so much of the statistics, and no reading."""

Key = tuple[str, str, datetime]


@dataclass(slots=True)
class HeardSums:
    """Uplinks that are stored and whose receptions are not yet; one process writes them."""

    zone: tzinfo
    seconds: Callable[[], float] = time.monotonic
    _uplinks: list[Uplink] = field(default_factory=list, init=False)
    _stored_at: float = field(default=-math.inf, init=False)

    def take(self, uplinks: Iterable[Uplink]) -> None:
        """Take the uplinks of a batch that was committed."""
        self._uplinks += (uplink for uplink in uplinks if uplink.radio.receptions)

    def due(self, *, at_once: bool) -> list[HeardRow]:
        """Return what shall be stored now, nothing while the last time is too near."""
        is_due = at_once or self.seconds() - self._stored_at >= FLUSH_S
        return heard(self._uplinks, self.zone) if is_due and self._uplinks else []

    def stored(self) -> None:
        """Note that what was due is committed."""
        self._uplinks.clear()
        self._stored_at = self.seconds()


def heard(uplinks: Iterable[Uplink], zone: tzinfo) -> list[HeardRow]:
    """Return the sums in the order of their keys: writers that meet lock in the same order."""
    found: dict[Key, list[tuple[Uplink, Reception]]] = {}
    days: dict[datetime, datetime] = {}
    for uplink in uplinks:
        hour = uplink.received_at.replace(minute=0, second=0, microsecond=0)
        day = days.get(hour) or days.setdefault(hour, day_of(hour, zone))
        for reception in uplink.radio.receptions:
            key = (reception.gateway_id, uplink.dev_eui, day)
            found.setdefault(key, []).append((uplink, reception))
    return [_row(key, found[key]) for key in sorted(found)]


def _row(key: Key, items: Sequence[tuple[Uplink, Reception]]) -> HeardRow:
    rssi = [reception.rssi for _, reception in items if reception.rssi is not None]
    snr = [reception.snr for _, reception in items if reception.snr is not None]
    return HeardRow(
        *key,
        frames=len(items),
        alone=sum(len(uplink.radio.receptions) == 1 for uplink, _ in items),
        rssi_sum=sum(rssi),
        rssi_best=max(rssi, default=None),
        snr_sum=sum(snr),
        snr_best=max(snr, default=None),
        measured=sum(item.rssi is not None and item.snr is not None for _, item in items),
        airtime_ms=sum(_airtime(uplink) for uplink, _ in items),
        newest_at=max(uplink.received_at for uplink, _ in items),
    )


def _airtime(uplink: Uplink) -> float:
    """Return the time on air; without spreading factor or payload it is unknown and adds none."""
    factor = uplink.radio.spreading_factor
    if factor is None or uplink.payload is None:
        return 0.0
    return airtime_ms(factor, len(uplink.payload))
