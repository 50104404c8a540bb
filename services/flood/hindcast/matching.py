"""Which front below belongs to which above: first unused, in the window, of like height (G.9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.flood.constants import METRES_PER_KM
from services.flood.hindcast.waves import Wave

FASTEST_MS = 5.0
SLOWEST_MS = 0.9
"""A wave takes at least L / 5 m/s and at most L / 0.9 m/s (G.9)."""

LEAST_RISE_RATIO = 0.5
GREATEST_RISE_RATIO = 2.0
"""The rise below is 0.5 to 2 times the one above (G.9)."""


@dataclass(frozen=True, slots=True)
class Match:
    """One wave at the upper and at the lower gauge."""

    upper: Wave
    lower: Wave

    @property
    def lag_s(self) -> float:
        """Return the observed travel time in seconds."""
        return self.lower.arrival_s - self.upper.arrival_s


def lag_window_s(distance_km: float) -> tuple[float, float]:
    """Return the shortest and the longest travel time in seconds that are believed."""
    metres = distance_km * METRES_PER_KM
    return metres / FASTEST_MS, metres / SLOWEST_MS


def match_waves(
    upper: Sequence[Wave],
    lower: Sequence[Wave],
    distance_km: float,
    window_s: tuple[float, float] | None = None,
) -> tuple[Match, ...]:
    """Return the matched waves in order of their arrival above, lags inside a window (G.9's)."""
    shortest, longest = window_s or lag_window_s(distance_km)
    unused = list(lower)
    found: list[Match] = []
    for wave in upper:
        for candidate in unused:
            lag = candidate.arrival_s - wave.arrival_s
            ratio = candidate.front.rise / wave.front.rise
            is_like = LEAST_RISE_RATIO <= ratio <= GREATEST_RISE_RATIO
            if shortest <= lag <= longest and is_like:
                unused.remove(candidate)
                found.append(Match(wave, candidate))
                break
    return tuple(found)
