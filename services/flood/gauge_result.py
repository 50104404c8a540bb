"""The result of one gauge: state, trend, crossings to come, band and sentence."""

from datetime import UTC, datetime

import numpy as np

from services.flood.constants import HORIZON_H, SECONDS_PER_HOUR
from services.flood.gauge_status import GaugeStatus
from services.flood.model import LEVELS, Band, EngineGauge, Flag, GaugeResult, State
from services.flood.nowcast import Ensemble
from services.flood.reason import gauge_sentence
from services.flood.states import rule_state
from services.flood.wording import Clock, gauge_name

BAND_QUANTILES = (0.1, 0.5, 0.9)
_MEDIAN = 0.5


def gauge_result(status: GaugeStatus, clock: Clock) -> GaugeResult:
    """Return what the cycle says about a gauge; its state has no memory, a village's has."""
    p: dict[State, float] = {}
    crossing: dict[State, datetime | None] = {}
    reached: set[State] = set()
    for level in LEVELS:
        limit = status.gauge.thresholds.get(level)
        if limit is None:
            continue
        if status.value is not None and status.value >= limit and status.is_usable:
            reached.add(level)
        p[level], crossing[level] = _crossing(status, limit, clock, is_reached=level in reached)
    state = rule_state(p, reached, is_suspect_high=status.is_suspect_high)
    if not status.is_usable and not status.is_suspect_high:
        state = State.UNBEKANNT
    expected = {
        level: when for level, when in crossing.items() if when is not None and level not in reached
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
        crossing_p50=crossing,
        p_cross=p,
        band=band(status.courses) if status.courses is not None else None,
        sentence=gauge_sentence(status, expected, clock),
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
    )


def band(courses: Ensemble) -> Band:
    """Return P10, P50 and P90 of the courses over time."""
    ordered = np.sort(courses.members, axis=0)
    last = ordered.shape[0] - 1
    rows = [ordered[int(q * last)].tolist() for q in BAND_QUANTILES]
    times = tuple(datetime.fromtimestamp(second, tz=UTC) for second in courses.times_s.tolist())
    return Band(times, tuple(rows[0]), tuple(rows[1]), tuple(rows[2]))


def _crossing(
    status: GaugeStatus, limit: float, clock: Clock, *, is_reached: bool
) -> tuple[float, datetime | None]:
    if is_reached:
        up_s = status.spans(limit)[-1].up_s
        return 1.0, datetime.fromtimestamp(up_s, tz=UTC)
    found = status.crossings(limit)
    horizon_s = clock.now.timestamp() + HORIZON_H * SECONDS_PER_HOUR
    ordered = np.sort(found)
    median_s = float(ordered[int(_MEDIAN * (ordered.size - 1))])
    when = datetime.fromtimestamp(median_s, tz=UTC) if np.isfinite(median_s) else None
    return float(np.mean(found <= horizon_s)), when
