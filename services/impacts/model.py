"""What the cockpit says of an object at risk."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from data import impact_versions
from services.flood.model import State


class Reach(StrEnum):
    """Whether the water is there. `UNKNOWN` is never "not reached"."""

    REACHED = "reached"
    EXPECTED = "expected"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"
    NOT_TOLD = "not-told"


class Deed(StrEnum):
    """What somebody did to the list."""

    ADDED = impact_versions.ADDED
    CHANGED = impact_versions.CHANGED
    REMOVED = impact_versions.REMOVED


@dataclass(frozen=True, slots=True)
class Change:
    """What the list said from an instant on, why and by whom; `where` is place and river."""

    deed: Deed
    where: str
    kind: str
    what: str
    level: State | None
    gauge_name: str
    value: float | None
    unit: str
    observed_on: date | None
    maintained_by: str
    source: str
    reason: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class ImpactView:
    """An impact with what gauge or place say of it now.

    `earliest` and `likely` are P10 and P50 of the arrival of the level it belongs to;
    `missing` is what the gauge still lacks to `value`, in its unit, None without a valid reading.
    `entered_at` is when somebody entered it in the cockpit, None for rows of the region pack.
    """

    impact_id: str
    place_id: str
    place_name: str
    river_id: str
    river_name: str
    kind: str
    what: str
    level: State | None
    gauge_id: str
    gauge_name: str
    value: float | None
    unit: str
    lat: float | None
    lon: float | None
    observed_on: date | None
    maintained_by: str
    source: str
    entered_at: datetime | None
    reach: Reach
    earliest: datetime | None
    likely: datetime | None
    reached_at: datetime | None
    missing: float | None
    data_at: datetime | None
