"""The result of one gauge: state, trend, crossings to come, band and sentence."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from services.flood.constants import HORIZON_H, SECONDS_PER_HOUR
from services.flood.gauge_status import GaugeStatus
from services.flood.model import LEVELS, Band, EngineGauge, Flag, FloatArray, GaugeResult, State
from services.flood.nowcast import Ensemble
from services.flood.reason import gauge_sentence
from services.flood.states import rule_state
from services.flood.wording import Clock, gauge_name

BAND_QUANTILES = (0.1, 0.5, 0.9)
CROSSING_HOURS = (1, 2, 3, 6, 12)
"""Hours for which the probability of a crossing at a gauge is told (METHOD B.5)."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """When a level is crossed at a gauge: P10, P50, P90 (None: not so likely), chances by hour."""

    p10: datetime | None
    p50: datetime | None
    p90: datetime | None
    p_within: dict[int, float]


def gauge_result(status: GaugeStatus, clock: Clock) -> GaugeResult:
    """Return what the cycle says about a gauge; its state has no memory, a village's has."""
    found: dict[State, Crossing] = {}
    reached: set[State] = set()
    for level in LEVELS:
        limit = status.gauge.thresholds.get(level)
        if limit is None:
            continue
        if status.value is not None and status.value >= limit and status.is_usable:
            reached.add(level)
        is_reached = level in reached
        found[level] = _crossing(status, limit, clock.now, is_reached=is_reached)
    p = {level: item.p_within[HORIZON_H] for level, item in found.items()}
    state = rule_state(p, reached, is_suspect_high=status.is_suspect_high)
    if not status.is_usable and not status.is_suspect_high:
        state = State.UNBEKANNT
    expected = {
        level: item.p50
        for level, item in found.items()
        if item.p50 is not None and level not in reached
    }
    return GaugeResult(
        gauge_id=status.gauge.gauge_id,
        state=state,
        value=status.value,
        observed_at=status.observed_at,
        age_s=status.age_s,
        flag=_flag(status),
        trend_per_h=status.trend.told_slope_per_h if status.trend is not None else None,
        is_silent=status.is_silent,
        is_rising=status.is_rising,
        crossing_p50={level: item.p50 for level, item in found.items()},
        p_cross=p,
        band=band(status.courses) if status.courses is not None else None,
        sentence=gauge_sentence(status, expected, clock),
        crossing_p10={level: item.p10 for level, item in found.items()},
        crossing_p90={level: item.p90 for level, item in found.items()},
        p_within={
            level: {f"{hours}h": p for hours, p in item.p_within.items()}
            for level, item in found.items()
        },
        mode=status.gauge.levels_as,
        is_lost_while_rising=status.is_silent and status.is_rising,
    )


def _flag(status: GaugeStatus) -> int:
    if status.is_silent:
        return Flag.MISSING
    return status.last_flag if status.flat_flag == Flag.GOOD else status.flat_flag


def mute_result(gauge: EngineGauge) -> GaugeResult:
    """Return the result of a gauge that can't be evaluated: silent and unknown."""
    return GaugeResult(
        gauge_id=gauge.gauge_id,
        state=State.UNBEKANNT,
        value=None,
        observed_at=None,
        age_s=None,
        flag=Flag.MISSING,
        trend_per_h=None,
        is_silent=True,
        is_rising=False,
        sentence=f"{gauge_name(gauge)} kann nicht ausgewertet werden.",
        mode=gauge.levels_as,
    )


def band(courses: Ensemble) -> Band:
    """Return P10, P50 and P90 of the courses over time."""
    ordered = np.sort(courses.members, axis=0)
    last = ordered.shape[0] - 1
    rows = [ordered[int(q * last)].tolist() for q in BAND_QUANTILES]
    times = tuple(datetime.fromtimestamp(second, tz=UTC) for second in courses.times_s.tolist())
    return Band(times, tuple(rows[0]), tuple(rows[1]), tuple(rows[2]))


def _crossing(status: GaugeStatus, limit: float, now: datetime, *, is_reached: bool) -> Crossing:
    if is_reached:
        up = datetime.fromtimestamp(status.spans(limit)[-1].up_s, tz=UTC)
        return Crossing(up, up, up, dict.fromkeys(CROSSING_HOURS, 1.0))
    ordered = np.sort(status.crossings(limit))
    p10, p50, p90 = (_instant(ordered, q) for q in BAND_QUANTILES)
    now_s = now.timestamp()
    within = {
        hours: float(np.mean(ordered <= now_s + hours * SECONDS_PER_HOUR))
        for hours in CROSSING_HOURS
    }
    return Crossing(p10, p50, p90, within)


def _instant(ordered: FloatArray, q: float) -> datetime | None:
    second = float(ordered[int(q * (ordered.size - 1))])
    return datetime.fromtimestamp(second, tz=UTC) if np.isfinite(second) else None
