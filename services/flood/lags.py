"""What the celerity is learnt from: prior, stretches of rivers, observed travel times, reaches."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from services.flood.constants import METRES_PER_KM, SECONDS_PER_MIN

PRIOR_MEDIAN_MS = 1.4
PRIOR_SIGMA = 0.35
"""Prior of ln c (METHOD B.3); a region's own value is in its `region.toml`."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before any event: median in m/s and spread of ln c."""

    median_ms: float = PRIOR_MEDIAN_MS
    sigma: float = PRIOR_SIGMA


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a path that lies on one river, from its upper to its lower kilometre."""

    river_id: str
    upper_km: float
    lower_km: float

    @property
    def length_km(self) -> float:
        """Return the length in kilometres."""
        return self.upper_km - self.lower_km


@dataclass(frozen=True, slots=True)
class Reach:
    """A piece of a river that has one celerity per flow class."""

    reach_id: str
    river_id: str
    upper_km: float
    lower_km: float

    @property
    def middle_km(self) -> float:
        """Return the kilometre of its middle."""
        return (self.upper_km + self.lower_km) / 2.0

    def distance_km(self, river_km: float) -> float:
        """Return how far a kilometre of its river lies outside it, 0 inside."""
        return max(self.lower_km - river_km, river_km - self.upper_km, 0.0)

    def covered_km(self, stretch: Stretch) -> float:
        """Return how many kilometres of the reach a stretch covers."""
        if stretch.river_id != self.river_id:
            return 0.0
        upper = min(self.upper_km, stretch.upper_km)
        return max(0.0, upper - max(self.lower_km, stretch.lower_km))


@dataclass(frozen=True, slots=True)
class LagObservation:
    """A travel time of one wave along stretches of one or more rivers.

    `exceedance` is the flow as a multiple of the one at the Voralarm level, None when not known.
    `sigma_ln` is the spread of ln(travel time), sampling included.
    """

    event: str
    stretches: tuple[Stretch, ...]
    lag_min: float
    sigma_ln: float
    exceedance: float | None = None

    def __post_init__(self) -> None:
        """Refuse what has no speed.

        Raises
        ------
        ValueError
            When length, travel time, spread or exceedance is not a positive finite number.
        """
        known = [self.distance_km, self.lag_min, self.sigma_ln]
        known += [] if self.exceedance is None else [self.exceedance]
        if not all(math.isfinite(value) and value > 0 for value in known):
            raise ValueError(f"unbrauchbare Laufzeit: {self}")

    @property
    def distance_km(self) -> float:
        """Return the length of the way in kilometres."""
        return sum(part.length_km for part in self.stretches)

    def lies_on(self, reaches: Iterable[Reach]) -> bool:
        """Tell whether any of the reaches has a part of the way."""
        return any(reach.covered_km(part) > 0 for reach in reaches for part in self.stretches)

    @property
    def speed_ms(self) -> float:
        """Return the mean speed in metres per second."""
        return self.distance_km * METRES_PER_KM / (self.lag_min * SECONDS_PER_MIN)

    @property
    def ln_celerity(self) -> float:
        """Return ln of metres per second."""
        return math.log(self.speed_ms)


@dataclass(frozen=True, slots=True)
class Lag:
    """An observed travel time on one river between two kilometres above its mouth."""

    river_id: str
    upper_km: float
    lower_km: float
    lag_min: float
    sigma_ln: float

    def observed(self, event: str, exceedance: float | None = None) -> LagObservation:
        """Return it as an observation of an event."""
        way = (Stretch(self.river_id, self.upper_km, self.lower_km),)
        return LagObservation(event, way, self.lag_min, self.sigma_ln, exceedance)
