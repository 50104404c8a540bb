"""Figures of the heartbeat: how long the way takes, and when it was last proven."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.heartbeats import BeatRow


@dataclass(frozen=True, slots=True)
class BeatSpan:
    """The beats of a stretch: percentiles of the seconds from sensor to delivered message."""

    beats: int
    delivered: int
    p50_s: float | None
    p95_s: float | None
    p99_s: float | None


@dataclass(frozen=True, slots=True)
class BeatView:
    """What is known of the heartbeat."""

    last_proven_at: datetime | None
    channel: str
    day: BeatSpan
    week: BeatSpan


def span(rows: Sequence[BeatRow], since: datetime) -> BeatSpan:
    """Return the figures of the beats since an instant."""
    found = [row for row in rows if row.beat_at >= since]
    times_s = sorted(
        (row.delivered_at - row.beat_at).total_seconds()
        for row in found
        if row.delivered_at is not None
    )
    return BeatSpan(
        len(found),
        len(times_s),
        quantile(times_s, 0.5),
        quantile(times_s, 0.95),
        quantile(times_s, 0.99),
    )


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """Return the smallest value that so large a share does not exceed, None without values."""
    if not ordered:
        return None
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def beat_view(rows: Sequence[BeatRow], last_proven_at: datetime | None, now: datetime) -> BeatView:
    """Return the figures of a day and a week."""
    proven = [row for row in rows if row.delivered_at is not None]
    return BeatView(
        last_proven_at,
        proven[-1].channel if proven else "",
        span(rows, now - timedelta(days=1)),
        span(rows, now - timedelta(days=7)),
    )
