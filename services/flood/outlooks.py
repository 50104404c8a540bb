"""What the routed members say of villages, as plain values: no kernel is loaded to know them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from services.flood.constants import EXCEEDANCE_HOURS, SECONDS_PER_HOUR
from services.flood.model import FloatArray, State, Village


@dataclass(frozen=True, slots=True)
class VillageArrivals:
    """What the routed members say of one village.

    `draws_s` has per level the epoch second of arrival, shape (members,): the routing's beginning
    where it was above as long as that looks back, inf where it never comes. `peak` and `peak_s`
    are the median highest relative exceedance from now on, and when.
    """

    draws_s: Mapping[State, FloatArray]
    peak: float
    peak_s: float
    peak_level: State | None

    def p_within(self, level: State, now_s: float) -> dict[int, float]:
        """Return the probability of arrival within 1, 3, 6 and 12 hours."""
        draws = self.draws_s[level]
        return {
            hours: float(np.mean(draws <= now_s + hours * SECONDS_PER_HOUR))
            for hours in EXCEEDANCE_HOURS
        }


@dataclass(frozen=True, slots=True)
class Outlooks:
    """Arrivals by village (place_id, river_id) of all systems that could be routed."""

    villages: Mapping[tuple[str, str], VillageArrivals] = field(default_factory=dict)

    def of(self, village: Village) -> VillageArrivals | None:
        """Return what the routing says of a village, None where it says nothing."""
        return self.villages.get((village.place_id, village.river_id))
