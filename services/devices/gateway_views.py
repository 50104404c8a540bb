"""Gateways as pages see them: load, signal, and what would be lost without them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from data.gateways import HeardRow
from data.region_pack.sensor_rows import GatewayRow
from services.devices.failing import depends_on, pairs_lost
from services.devices.model import GatewayView, LinkView, PairView

HOUR_S = 3600.0
MS = 1000.0


def views(
    heard: Sequence[HeardRow],
    uplinks: Mapping[str, int],
    gauge_of: Mapping[str, str],
    known: Iterable[GatewayRow],
    now: datetime,
) -> tuple[GatewayView, ...]:
    """Return the gateways that heard anything, by name; devices without a gauge count as load."""
    names = _names(known)
    lost = depends_on([row for row in heard if row.dev_eui in gauge_of], uplinks)
    by_gateway: dict[str, list[HeardRow]] = {}
    for row in heard:
        by_gateway.setdefault(row.gateway_id, []).append(row)
    found = []
    for gateway_id, rows in by_gateway.items():
        seconds = max((now - min(row.start_at for row in rows)).total_seconds(), HOUR_S)
        frames = sum(row.frames for row in rows)
        found.append(
            GatewayView(
                gateway_id=gateway_id,
                name=names.get(gateway_id, gateway_id),
                frames=frames,
                per_hour=frames * HOUR_S / seconds,
                devices=len(rows),
                airtime_share=sum(row.airtime_ms for row in rows) / MS / seconds,
                rssi_mean=_mean(sum(row.rssi_sum for row in rows), rows),
                newest_at=max(row.newest_at for row in rows),
                lost_gauges=tuple(
                    sorted(gauge_of[dev] for dev, ids in lost.items() if gateway_id in ids)
                ),
            )
        )
    return tuple(sorted(found, key=lambda view: view.name))


def pairs(
    heard: Sequence[HeardRow],
    uplinks: Mapping[str, int],
    gauge_of: Mapping[str, str],
    known: Iterable[GatewayRow],
) -> tuple[PairView, ...]:
    """Return the pairs of gateways that together lose gauges which neither loses alone."""
    names = _names(known)
    mine = [row for row in heard if row.dev_eui in gauge_of]
    lost = pairs_lost(mine, uplinks, depends_on(mine, uplinks))
    return tuple(
        PairView(
            (names.get(first, first), names.get(second, second)),
            tuple(sorted(gauge_of[dev_eui] for dev_eui in devices)),
        )
        for (first, second), devices in sorted(lost.items())
    )


def links(heard: Iterable[HeardRow], known: Iterable[GatewayRow]) -> tuple[LinkView, ...]:
    """Return the gateways of one device, the one that hears most first."""
    names = _names(known)
    found = [
        LinkView(
            name=names.get(row.gateway_id, row.gateway_id),
            frames=row.frames,
            alone=row.alone,
            rssi_mean=_mean(row.rssi_sum, [row]),
            rssi_best=row.rssi_best,
            snr_mean=_mean(row.snr_sum, [row]),
            newest_at=row.newest_at,
        )
        for row in heard
    ]
    return tuple(sorted(found, key=lambda link: (-link.frames, link.name)))


def _names(known: Iterable[GatewayRow]) -> dict[str, str]:
    return {row.gateway_id: row.name for row in known}


def _mean(total: float, rows: Sequence[HeardRow]) -> float | None:
    measured = sum(row.measured for row in rows)
    return total / measured if measured else None
