"""Arrival of a level at a village along each gauge path, and the minutes that are left (E, G.1-2).

Arrival = crossing at the gauge + travel time, per member. A crossing already observed counts while
the gauge stands above, and after it fell until the fall has travelled to the village.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from services.flood.celerity import travel_draws_s
from services.flood.constants import (
    EXCEEDANCE_HOURS,
    HORIZON_H,
    SECONDS_PER_HOUR,
    SECONDS_PER_MIN,
    SUSPECT_AGE_MIN,
)
from services.flood.gauge_status import GaugeStatus
from services.flood.model import FloatArray, Path, State, Village

QUANTILES = (0.1, 0.5, 0.9)

P_TOLD = 0.1
"""An arrival that fewer members see has no time (the rule's bound for Voralarm, G.3)."""

LEAST_AHEAD = 0.02
"""Members that must have a level still to come so that they tell a time (estimate)."""

LEAST_AHEAD = 0.02
"""Members that must have a level still to come so that they tell a time (estimate)."""

EVENTS_FOR_HIGH_CONFIDENCE = 3
"""Events on the path from which its travel time is well known (estimate, METHOD B.3 table)."""


@dataclass(frozen=True, slots=True)
class LevelArrival:
    """Arrival of one level: members' epoch seconds, inf for those in which it does not come."""

    level: State
    path: Path
    draws_s: FloatArray
    p_within: dict[int, float]
    is_observed: bool

    @property
    def p(self) -> float:
        """Return the probability within the horizon."""
        return self.p_within[HORIZON_H]

    def quantile_s(self, q: float) -> float:
        """Return a quantile of the arrival if it comes, inf when it hardly does.

        Whether it comes is told by the probabilities; mixing both would make a likely arrival
        endlessly late.
        """
        return self._quantiles_s((q,))[0]

    def instants(self, probabilities: Sequence[float]) -> tuple[datetime | None, ...]:
        """Return quantiles of the arrival, None each when too few members arrive."""
        return tuple(_instant(second) for second in self._quantiles_s(probabilities))

    def ahead(self, probabilities: Sequence[float], now_s: float) -> tuple[datetime, ...]:
        """Return quantiles of an arrival that is known not to have happened by now.

        Empty where the level is hardly expected at all; now where hardly any member has it still to
        come.
        """
        arriving = self._arriving()
        if not self._is_told(arriving):
            return ()
        later = arriving[arriving > now_s]
        if later.size < max(LEAST_AHEAD * self.draws_s.size, 1):
            later = np.full(1, now_s)
        seconds = [float(later[int(q * (later.size - 1))]) for q in probabilities]
        return tuple(datetime.fromtimestamp(second, tz=UTC) for second in seconds)

    def quantiles(self) -> tuple[datetime | None, datetime | None, datetime | None]:
        """Return P10, P50 and P90 of the arrival."""
        p10, p50, p90 = self.instants(QUANTILES)
        return p10, p50, p90

    def _quantiles_s(self, probabilities: Sequence[float]) -> list[float]:
        arriving = self._arriving()
        if not self._is_told(arriving):
            return [math.inf] * len(probabilities)
        return [float(arriving[int(q * (arriving.size - 1))]) for q in probabilities]

    def _arriving(self) -> FloatArray:
        return np.sort(self.draws_s[np.isfinite(self.draws_s)])

    def _is_told(self, arriving: FloatArray) -> bool:
        return arriving.size > 0 and arriving.size >= P_TOLD * self.draws_s.size


def level_arrival(path: Path, status: GaugeStatus, level: State, now_s: float) -> LevelArrival:
    """Return when `level` arrives at the village that `path` leads to."""
    limit = path.levels[level]
    travel_s = travel_draws_s(path.distance_km, path.celerity, status.z_travel)
    draws_s = status.crossings(limit) + travel_s
    spans = status.spans(limit)
    for span in spans:
        is_on_its_way = span.down_s + travel_s >= now_s
        seen = np.where(is_on_its_way, span.up_s + travel_s, np.inf)
        draws_s = np.minimum(draws_s, seen)
    within = {
        hours: float(np.mean(draws_s <= now_s + hours * SECONDS_PER_HOUR))
        for hours in EXCEEDANCE_HOURS
    }
    value = status.value
    return LevelArrival(level, path, draws_s, within, value is not None and value >= limit)


def driving_arrival(arrivals: Sequence[LevelArrival]) -> LevelArrival:
    """Return the arrival with the earliest P10; of equal ones the nearest gauge's (G.1)."""
    return min(arrivals, key=lambda item: (item.quantile_s(QUANTILES[0]), item.path.distance_km))


def usable_minutes(arrival: datetime | None, now: datetime, village: Village) -> float | None:
    """Return minutes from now to `arrival` less delivery and decision, floor 0 (G.2)."""
    if arrival is None:
        return None
    left = (arrival - now).total_seconds() / SECONDS_PER_MIN
    return max(0.0, left - village.delivery_min - village.decision_min)


def confidence(path: Path, status: GaugeStatus, *, is_degraded: bool) -> str:
    """Return "hoch", "mittel" or "gering" from events on the path, age and degradation."""
    is_fresh = status.age_s is not None and status.age_s <= SUSPECT_AGE_MIN * SECONDS_PER_MIN
    if is_degraded or not is_fresh:
        return "gering"
    return "hoch" if path.celerity.n_events >= EVENTS_FOR_HIGH_CONFIDENCE else "mittel"


def _instant(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if np.isfinite(seconds) else None
