"""Intervals of ratio scores: bootstrap over whole events, and each event left out once.

Forecasts of one event depend on each other; only events are independent. So events are drawn with
replacement (Efron & Tibshirani 1993), and a score of fewer than ten events has no point value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Score = Callable[[Any, Any], Any]
"""A score of two sums, of numbers or of arrays of them."""

RESAMPLES: Final = 1000
BOUNDS: Final = (0.05, 0.95)
"""Ends of the 90 % interval."""
FEWEST_EVENTS: Final = 10
"""With fewer events an interval is given, no point value (docs/method/verification.md)."""
DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score with its 90 % interval, the range with one event left out, and its events.

    All None where no event contributes.
    """

    value: float | None
    low: float | None
    high: float | None
    without_one: tuple[float, float] | None
    events: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; fewer than ten events give no point."""
        return {
            "value": _rounded(self.value) if self.events >= FEWEST_EVENTS else None,
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "without_one": None
            if self.without_one is None
            else [_rounded(bound) for bound in self.without_one],
            "events": self.events,
        }


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often each event occurs in each resample, shape (resamples, events)."""

    weights: FloatArray

    @classmethod
    def of(cls, events: int, seed: int) -> "Resampling":
        """Return the resamples of so many events."""
        generator = np.random.default_rng([seed, events])
        drawn = generator.multinomial(events, np.full(events, 1.0 / events), size=RESAMPLES)
        return cls(drawn.astype(np.float64))

    def ratio(self, upper: FloatArray, lower: FloatArray) -> Estimate:
        """Return the estimate of sum(upper) / sum(lower) from sums by event."""
        return self.combined(upper, lower, lambda a, b: a / b)

    def skill(self, own: FloatArray, other: FloatArray) -> Estimate:
        """Return the estimate of 1 - sum(own) / sum(other) from sums by event."""
        return self.combined(own, other, lambda a, b: 1.0 - a / b)

    def combined(self, upper: FloatArray, lower: FloatArray, score: Score) -> Estimate:
        """Return the estimate of a score of two sums; it is undefined where the second is 0."""
        contributes = lower > 0
        count = int(contributes.sum())
        if count == 0:
            return Estimate(None, None, None, None, 0)
        total = (float(upper.sum()), float(lower.sum()))
        drawn = (self.weights @ upper, self.weights @ lower)
        known = drawn[1] > 0
        low, high = np.quantile(score(drawn[0][known], drawn[1][known]), BOUNDS)
        left = (total[0] - upper[contributes], total[1] - lower[contributes])
        fits = left[1] > 0
        others = score(left[0][fits], left[1][fits])
        return Estimate(
            value=float(score(*total)),
            low=float(low),
            high=float(high),
            without_one=(float(others.min()), float(others.max())) if others.size else None,
            events=count,
        )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
