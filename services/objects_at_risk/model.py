"""What the cockpit says of an object that high water can cut off."""

from dataclasses import dataclass
from datetime import date, datetime

from services.flood.model import State
from services.impacts.model import Reach


@dataclass(frozen=True, slots=True)
class ObjectView:
    """An object with what gauge or place say of it now.

    `earliest` and `likely` are P10 and P50 of when it is cut off; `missing` is what the gauge still
    lacks to `value`. `lat` and `lon` are its own or, with `is_at_place`, those of its place.
    """

    object_id: str
    kind: str
    name: str
    place_id: str
    place_name: str
    river_name: str
    lat: float | None
    lon: float | None
    is_at_place: bool
    level: State | None
    gauge_id: str
    gauge_name: str
    value: float | None
    unit: str
    people: int | None
    checked_on: date
    provisional: bool
    source: str
    reach: Reach
    earliest: datetime | None
    likely: datetime | None
    reached_at: datetime | None
    missing: float | None
    data_at: datetime | None
