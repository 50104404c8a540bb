"""What screens show: plain frozen views of gauges, villages and the situation, no ORM, no Dash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.flood.model import LEVEL_TO_LEVEL, Band, State, VillageResult
from services.manual_readings.model import ManualReadingView
from services.planned_outages.model import Outage
from services.quality.views import FlaggedWindow


@dataclass(frozen=True, slots=True)
class ClockView:
    """The clock that ages refer to. `kind` is "live" or "replay"; a replay has its scenario."""

    kind: str
    now: datetime
    wall_now: datetime
    scenario_id: str = ""
    scenario_title: str = ""
    speed: float = 1.0

    @property
    def is_simulated(self) -> bool:
        """Tell whether the values on screen are simulated."""
        return self.kind == "replay"


@dataclass(frozen=True, slots=True)
class ThresholdView:
    """A municipal threshold with who owns it."""

    level: State
    value: float
    owner: str
    provisional: bool
    source: str
    since: date | None = None
    version: int = 0
    """Of the change that two people have decided, 0 for the region pack's own."""


@dataclass(frozen=True, slots=True)
class GaugeView:
    """A gauge as lists and maps show it. `value` None means no valid reading, never zero."""

    gauge_id: str
    name: str
    river_id: str
    river_name: str
    river_km: float | None
    lat: float | None
    lon: float | None
    role: str
    operator: str
    unit: str
    is_connected: bool
    state: State
    value: float | None
    observed_at: datetime | None
    age_min: float | None
    flag: int
    is_silent: bool
    is_rising: bool
    trend_per_h: float | None
    sentence: str
    thresholds: tuple[ThresholdView, ...]
    is_disbelieved: bool = False
    """Silent for the engine although it sends: what comes counts as wrong."""
    mode: str = LEVEL_TO_LEVEL
    """How its readings become a flow, see `services.flood.model.FLOW_MODES`."""
    rating_sigma: float | None = None
    """Relative spread of the operator's rating curve where discharge was gauged."""
    range_max: float | None = None
    """Highest value that the gauge can measure, in its unit; None where it is not told."""
    by_hand: ManualReadingView | None = None
    """The reading by eye or telephone that is the newest value, None where a device said it."""
    outage: Outage | None = None
    """Since when and why it is out of service on purpose; its silence is no fault then."""

    @property
    def is_missed(self) -> bool:
        """Tell whether it is silent although it should speak."""
        return self.is_silent and self.outage is None


@dataclass(frozen=True, slots=True)
class VillageView:
    """A place on one river as lists and maps show it; `result` is None before the first run."""

    place_id: str
    river_id: str
    name: str
    river_name: str
    river_km: float
    lat: float
    lon: float
    in_region: bool
    exposed: bool
    has_gauge_above: bool
    side_brook_risk: bool
    state: State
    driving_gauge_name: str
    result: VillageResult | None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the overview needs. `run_at` is None before the first run."""

    region_name: str
    clock: ClockView
    run_id: str | None
    run_at: datetime | None
    run_kind: str
    is_stale: bool
    headline: str
    subline: str
    gauges: tuple[GaugeView, ...]
    villages: tuple[VillageView, ...]
    rejected_last_day: int
    faults: tuple[str, ...]
    has_rain: bool = True
    """Whether the run heard fresh rain data; without them its rain path said nothing."""

    @property
    def worst(self) -> State:
        """Return the highest state of all villages; unknown ranks below any warning."""
        order = (State.ALARM, State.WARNUNG, State.VORALARM, State.UNBEKANNT, State.OK)
        found = {village.state for village in self.villages if village.has_gauge_above}
        return next((state for state in order if state in found), State.UNBEKANNT)


@dataclass(frozen=True, slots=True)
class Point:
    """One plotted reading; `value` None is a gap, drawn as a gap."""

    at: datetime
    value: float | None
    flag: int


@dataclass(frozen=True, slots=True)
class GaugeDetail:
    """The gauge page: history of a window, nowcast band, neighbours along the river."""

    gauge: GaugeView
    window_h: int
    points: tuple[Point, ...]
    band: Band | None
    run_at: datetime | None
    crossing_p50: Mapping[State, datetime | None]
    upstream: tuple[GaugeView, ...]
    downstream: tuple[GaugeView, ...]
    villages_below: tuple[VillageView, ...]
    crossing_p10: Mapping[State, datetime | None] = field(default_factory=dict)
    crossing_p90: Mapping[State, datetime | None] = field(default_factory=dict)
    p_within: Mapping[State, Mapping[str, float]] = field(default_factory=dict)
    """By level the probability of a crossing within "1h", "2h", "3h", "6h", "12h"."""
    quality: FlaggedWindow = field(default_factory=FlaggedWindow)
    """Values of the window that are not trusted, and the newest one."""
    by_hand: tuple[ManualReadingView, ...] = ()
    """Readings of the window that people entered and nobody took back, the newest first."""


@dataclass(frozen=True, slots=True)
class PlanningPath:
    """A gauge that speaks for a village without an event: minutes from its level to the place."""

    gauge_id: str
    gauge_name: str
    distance_km: float
    travel_p10_min: float
    travel_p50_min: float
    travel_p90_min: float
    usable_p10_min: float
    usable_p50_min: float
    basis: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class VillageDetail:
    """The village page: one entry per river the place lies on, with its paths."""

    place_id: str
    name: str
    municipality: str
    municipality_population: int | None
    note: str
    rivers: tuple[VillageView, ...]
    paths: Mapping[str, tuple[PlanningPath, ...]]
    run_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as its page shows it. `status`: wartet, läuft, fertig, abgebrochen, fehlgeschlagen."""

    run_id: str
    kind: str
    status: str
    progress: float
    message: str
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    parameters: Mapping[str, object]
    villages: tuple[VillageView, ...]
    baseline: tuple[VillageView, ...]


@dataclass(frozen=True, slots=True)
class WhatIfRequest:
    """A what-if: a gauge rises by so much an hour for so many hours."""

    gauge_id: str
    rise_per_h: float
    hours: float
