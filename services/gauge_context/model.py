"""What a reading of a gauge is held against: past peaks, normal range, earlier forecasts, marks."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.flood.model import Band

EVENTS, NORMAL, EARLIER, MARKS = "ereignisse", "normal", "frueher", "wirkungen"
LAYERS = (EVENTS, NORMAL, EARLIER, MARKS)
"""What people may show or hide, by the word in the address."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """The peak of a past event at this gauge."""

    name: str
    peak: float
    peaked_on: date
    provisional: bool
    source: str


@dataclass(frozen=True, slots=True)
class NormalRange:
    """Between which daily means the gauge usually is; None until its record is long enough."""

    low: float | None
    high: float | None
    days: int
    days_needed: int


@dataclass(frozen=True, slots=True)
class LowFlow:
    """Whether the water has been unusually low, on so many days in a row.

    `is_low` None: nobody knows, as the record is too short or the row ends at a day without
    values. `missing_on` is that day, also where the row after it is long enough.
    """

    is_low: bool | None
    limit: float | None
    days_below: int
    days: int
    days_needed: int
    missing_on: date | None = None


@dataclass(frozen=True, slots=True)
class WaterTemperature:
    """The newest valid water temperature at the gauge."""

    celsius: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Rise:
    """The steepest rise within an hour of the last hours, and when that hour ended."""

    per_hour: float
    until: datetime


@dataclass(frozen=True, slots=True)
class EarlierForecast:
    """What an earlier run said of this gauge; `is_higher`: it said more than the present one."""

    issued_at: datetime
    band: Band
    peak: float
    peak_at: datetime
    is_higher: bool = False


@dataclass(frozen=True, slots=True)
class ImpactMark:
    """From which reading of this gauge on something happens.

    `is_transferred`: the level belongs to the place, the reading is its equivalent at this gauge.
    """

    value: float
    what: tuple[str, ...]
    place_name: str
    is_transferred: bool


@dataclass(frozen=True, slots=True)
class GaugeContext:
    """All of it for one gauge; a field is empty where there is nothing to say."""

    events: tuple[EventLine, ...] = ()
    normal: NormalRange | None = None
    low_flow: LowFlow | None = None
    steepest: Rise | None = None
    water: WaterTemperature | None = None
    earlier: tuple[EarlierForecast, ...] = ()
    marks: tuple[ImpactMark, ...] = ()

    def only(self, layers: Collection[str]) -> "GaugeContext":
        """Return what is drawn with these layers; a higher earlier forecast always stays."""
        return replace(
            self,
            events=self.events if EVENTS in layers else (),
            normal=self.normal if NORMAL in layers else None,
            earlier=self.earlier
            if EARLIER in layers
            else tuple(one for one in self.earlier if one.is_higher),
            marks=self.marks if MARKS in layers else (),
        )


NO_CONTEXT = GaugeContext()
