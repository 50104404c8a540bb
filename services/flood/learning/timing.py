"""Times one wave that passed two gauges: peak, steepest rise, and each level that both crossed."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from services.flood.constants import SECONDS_PER_MIN
from services.flood.exceedance import LEVEL_EXCEEDANCE
from services.flood.hindcast.matching import Match
from services.flood.lags import LagObservation, Stretch
from services.flood.learning.instants import Front, Instant, crossing, front_of, peak, steepest
from services.flood.learning.model import FoundLag, GaugeRecord, LagKind, RefusedLag
from services.flood.model import LEVELS, State

SLOWEST_MS = 0.2
FASTEST_MS = 6.0
"""Wave speeds that creeks of this kind can have: slower is a pond, faster than any reported flood
of the region (estimate; METHOD A.3 has 0.97 m/s, Manning in the channel 2-4 m/s)."""

PAIR_SIGMA = 0.15
"""Spread of ln(lag) of a gauge pair beside sampling (METHOD B.3)."""

MAX_GAP_MIN = 30.0
"""Longest time without a reading inside a front (METHOD E: nothing is filled beyond 30 min)."""

JITTER_MIN = 2.0
"""Sensors miss their minute by that much: one lost reading of a quarter of an hour is no longer gap
than 30 min for it (estimate)."""

MOST_APART = 2.0
"""Peak, rise and levels of one wave travel at speeds that differ by less than this (estimate: the
kinematic wave's c grows with Q^0.4, so by 1.8 from Voralarm flow to four times as much)."""

TRUST = ("simulated", "drill", "manual", "imported", "live")
"""Origins; the first that occurs in either front is the travel time's."""

LEAST_EXCEEDANCE = 0.01
"""A flow below a hundredth of the Voralarm flow is dry bed, its scale means nothing (estimate)."""

_KINDS = {
    State.VORALARM: LagKind.VORALARM,
    State.WARNUNG: LagKind.WARNUNG,
    State.ALARM: LagKind.ALARM,
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A wave at two gauges, and the way between them."""

    upper: GaugeRecord
    lower: GaugeRecord
    stretches: tuple[Stretch, ...]
    match: Match


@dataclass(frozen=True, slots=True)
class _Timed:
    """One kind of instant at both gauges; `exceedance` at the upper one."""

    kind: LagKind
    above: Instant
    below: Instant
    exceedance: float | None


def time_passage(passage: Passage, timezone: ZoneInfo) -> Iterator[FoundLag | RefusedLag]:
    """Yield what can be timed of a passage, and what can't with the reason."""
    above = front_of(passage.upper.series, passage.match.upper)
    below = front_of(passage.lower.series, passage.match.lower)
    event = _time(above.until_s).astimezone(timezone).date().isoformat()
    names = passage.upper.gauge.gauge_id, passage.lower.gauge.gauge_id
    gap = max(above.longest_gap_min, below.longest_gap_min)
    if gap > MAX_GAP_MIN + JITTER_MIN:
        yield RefusedLag(*names, event, f"Lücke von {gap:.0f} Minuten im Anstieg")
        return
    origin = _origin(passage, above, below)
    found: list[FoundLag] = []
    for timed in _timed(passage, above, below):
        reason = _unusable(timed)
        if reason:
            yield RefusedLag(*names, event, reason)
        else:
            found.append(_found(passage, timed, event, origin))
    yield from _compared(found)


def _timed(passage: Passage, above: Front, below: Front) -> Iterator[_Timed]:
    for kind, instant in ((LagKind.PEAK, peak), (LagKind.RISE, steepest)):
        at = instant(above)
        yield _Timed(kind, at, instant(below), _exceedance(passage.upper, at.value))
    for level in LEVELS:
        limits = [item.gauge.thresholds.get(level) for item in (passage.upper, passage.lower)]
        if limits[0] is None or limits[1] is None:
            continue
        first, second = crossing(above, limits[0]), crossing(below, limits[1])
        if first is not None and second is not None:
            yield _Timed(_KINDS[level], first, second, LEVEL_EXCEEDANCE[level])


def _unusable(timed: _Timed) -> str:
    """Return why a time is no travel time, in German, or nothing."""
    lag = _lag_min(timed)
    if lag <= 0:
        return f"{timed.kind.capitalize()} am unteren Pegel nicht später als am oberen"
    if _sampling_min(timed) >= lag:
        return f"{timed.kind.capitalize()}: Laufzeit kürzer als ihre Messunsicherheit"
    return ""


def _found(passage: Passage, timed: _Timed, event: str, origin: str) -> FoundLag:
    lag = _lag_min(timed)
    sigma = math.hypot(PAIR_SIGMA, _sampling_min(timed) / lag)
    observed = LagObservation(event, passage.stretches, lag, sigma, timed.exceedance)
    return FoundLag(
        upper=passage.upper.gauge.gauge_id,
        lower=passage.lower.gauge.gauge_id,
        kind=timed.kind,
        event=event,
        upper_at=_time(timed.above.at_s),
        lower_at=_time(timed.below.at_s),
        stretches=passage.stretches,
        lag_min=lag,
        sigma_ln=sigma,
        exceedance=timed.exceedance,
        origin=origin,
        warning=_warning(observed),
    )


def _compared(found: list[FoundLag]) -> list[FoundLag]:
    """Return the travel times of one wave, marked where they contradict each other."""
    lags = [item.lag_min for item in found]
    if not lags or max(lags) <= MOST_APART * min(lags):
        return found
    words = (
        f"Laufzeiten dieser Welle widersprechen sich ({min(lags):.0f} bis {max(lags):.0f} Minuten):"
        " wohl Regen auch zwischen den Pegeln"
    )
    return [replace(item, warning="; ".join(filter(None, (item.warning, words)))) for item in found]


def _warning(observed: LagObservation) -> str:
    """Return what a reviewer should look at, in German."""
    words = []
    if not SLOWEST_MS <= observed.speed_ms <= FASTEST_MS:
        words.append(
            "Geschwindigkeit physikalisch unplausibel (außerhalb 0,2 bis 6 m/s), etwa durch Regen "
            "auf beide Pegel zugleich oder Rückstau"
        )
    if len(observed.stretches) > 1:
        words.append("Einmündung dazwischen: die Welle unten kann auch von dort kommen")
    return "; ".join(words)


def _exceedance(record: GaugeRecord, value: float) -> float | None:
    if record.scale is None:
        return None
    found = float(record.scale.e(np.array([value]))[0])
    return max(found, LEAST_EXCEEDANCE)


def _origin(passage: Passage, above: Front, below: Front) -> str:
    seen: set[str] = set()
    for record, front in ((passage.upper, above), (passage.lower, below)):
        seen.update(str(name) for name in record.origins[front.start : front.top + 1])
    known = [name for name in TRUST if name in seen]
    return known[0] if known else min(seen)


def _lag_min(timed: _Timed) -> float:
    return (timed.below.at_s - timed.above.at_s) / SECONDS_PER_MIN


def _sampling_min(timed: _Timed) -> float:
    return math.hypot(timed.above.spread_min, timed.below.spread_min)


def _time(at_s: float) -> datetime:
    return datetime.fromtimestamp(round(at_s), tz=UTC)
