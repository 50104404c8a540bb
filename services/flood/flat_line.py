"""Flat-line test across gauges: a gauge that stands still while its neighbours rise (METHOD B.9).

A still sensor at low water is normal. The time counts only from when a gauge of the same river or
of its tributaries has risen clearly since the readings stopped to move; it goes on counting when
that neighbour has passed its peak. From 3 hours on the gauge is suspect, from 6 hours on it fails.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from services.flood.constants import SECONDS_PER_HOUR
from services.flood.gauge_status import GaugeStatus
from services.flood.model import Flag
from services.flood.nowcast import metre_equivalent
from services.flood.qc import flat_since_s, limits_for

EVIDENCE_RISE_M = 0.10
"""A neighbour that rose so much has a wave, not noise (estimate: ten times the reading's noise)."""


def with_flat_flags(
    statuses: Mapping[str, GaugeStatus], neighbours: Mapping[str, tuple[str, ...]]
) -> dict[str, GaugeStatus]:
    """Return the statuses with the flat-line flag of each gauge."""
    return {
        gauge_id: replace(
            status,
            flat_flag=_flat_flag(
                status,
                (statuses[name] for name in neighbours.get(gauge_id, ()) if name in statuses),
            ),
        )
        for gauge_id, status in statuses.items()
    }


def _flat_flag(status: GaugeStatus, others: Iterable[GaugeStatus]) -> int:
    if status.is_silent or not status.times_s.size:
        return Flag.GOOD
    gauge = status.gauge
    limits = limits_for(gauge.unit, gauge.range_min, gauge.range_max)
    since_s = flat_since_s(status.times_s, status.values, limits)
    risen = [at for other in others if (at := _risen_at_s(other, since_s)) is not None]
    if not risen:
        return Flag.GOOD
    hours = (float(status.times_s[-1]) - min(risen)) / SECONDS_PER_HOUR
    if hours >= limits.flat_fail_h:
        return Flag.FAIL
    return Flag.SUSPECT if hours >= limits.flat_suspect_h else Flag.GOOD


def _risen_at_s(other: GaugeStatus, since_s: float) -> float | None:
    """Return when a neighbour had clearly risen after an instant, None when it has not."""
    later = other.times_s >= since_s
    values = other.values[later]
    if not values.size:
        return None
    rise = values - np.minimum.accumulate(values)
    risen = np.flatnonzero(rise >= EVIDENCE_RISE_M * metre_equivalent(other.gauge))
    return float(other.times_s[later][risen[0]]) if risen.size else None
