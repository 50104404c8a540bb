"""Answers about gauges, readings, lead times and warnings, as the OpenAPI document shows them."""

from typing import Any

from pydantic import BaseModel, Field

SIMULATED = Field(description="true: Werte der Simulation, keine Messung")


class Page(BaseModel):
    """What every list says of itself."""

    is_simulated: bool = SIMULATED
    origin: str = Field(description="simulated, imported oder live")
    licence: str
    count: int = Field(description="Einträge dieser Seite")


class Threshold(BaseModel):
    """A municipal threshold."""

    level: str
    value: float
    owner: str
    provisional: bool
    source: str


class Newest(BaseModel):
    """The newest valid reading; value null: there is none, never zero."""

    value: float | None
    observed_at: str | None
    age_min: float | None
    flag: int
    is_silent: bool


class Gauge(BaseModel):
    """A gauge."""

    gauge_id: str
    name: str
    river_id: str
    river: str
    river_km: float | None
    lat: float | None
    lon: float | None
    operator: str
    role: str
    unit: str
    is_connected: bool
    state: str
    sentence: str
    trend_per_h: float | None
    newest: Newest
    thresholds: list[Threshold]


class GaugeList(Page):
    """All gauges."""

    at: str = Field(description="Uhr, auf die sich das Alter bezieht")
    run_id: str | None
    gauges: list[Gauge]


class GaugeOne(Page):
    """One gauge."""

    at: str
    run_id: str | None
    gauge: Gauge


class Stream(BaseModel):
    """A datastream."""

    key: str
    thing_id: str
    thing: str
    observed_property: str
    unit: str
    lat: float | None
    lon: float | None
    source: str
    newest_at: str | None


class StreamList(Page):
    """All datastreams."""

    datastreams: list[Stream]


class Observation(BaseModel):
    """A reading (raw), or an hour or day with its extremes."""

    phenomenon_time: str
    flag: int = Field(description="QARTOD; bei Stunden und Tagen das schlechteste")
    result_time: str | None = None
    value: float | None = None
    flag_reason: str | None = None
    origin: str | None = None
    min: float | None = None
    min_at: str | None = None
    max: float | None = None
    max_at: str | None = None
    mean: float | None = None
    count: int | None = None
    not_good: int | None = None


class ObservationList(Page):
    """A page of readings."""

    datastream: str
    observed_property: str
    unit: str
    resolution: str
    start: str
    end: str
    as_of: str | None
    notice: str
    waiting_hours: int = Field(description="Stunden, deren Auswertung noch aussteht")
    next: str | None
    observations: list[Observation]


class LevelTimes(BaseModel):
    """When a level arrives: P10, P50, P90, and the minutes that are left."""

    level: str
    p10: str | None
    p50: str | None
    p90: str | None
    p_within_12h: float | None
    is_reached: bool
    reached_at: str | None
    usable_p10_min: float | None
    usable_p50_min: float | None


class VillageTimes(BaseModel):
    """A village on one river."""

    place_id: str
    river_id: str
    name: str
    river: str
    river_km: float
    in_region: bool
    state: str
    has_gauge_above: bool
    levels: list[LevelTimes]
    level: str | None = None
    state_since: str | None = None
    held_since: str | None = None
    is_degraded: bool | None = None
    degraded_reasons: list[str] | None = None
    basis: str | None = None
    confidence: str | None = None
    driving_gauge: str | None = None
    data_at: str | None = None
    sentence: str | None = None
    usable_p10_min: float | None = None
    usable_p50_min: float | None = None


class LeadTimeList(Page):
    """What a run says."""

    run_id: str
    run_kind: str
    run_as_of: str
    run_finished_at: str | None
    at: str
    model_version: str
    config_hash: str
    faults: list[str]
    villages: list[VillageTimes]


class Warning(BaseModel):  # noqa: A001  # the name that the document shows
    """A draft; never an official warning."""

    identifier: str
    place_id: str
    river_id: str
    name: str
    river: str
    ags: str
    lat: float
    lon: float
    state: str
    since: str
    p10: str | None
    p50: str | None
    p90: str | None
    usable_p10_min: float | None
    is_held: bool
    confidence: str
    sentence: str
    cap: str


class WarningList(Page):
    """All drafts of now."""

    at: str
    run_id: str | None
    run_at: str | None
    is_stale: bool
    disclaimer: str
    official: str
    warnings: list[Warning]


class AlertList(Page):
    """CAP alerts of others (the weather service) that hold now."""

    at: str
    alerts: list[dict[str, Any]]


class Municipality(BaseModel):
    """A municipality; a figure null: the source has none."""

    ags: str
    name: str
    vg: str
    area_km2: float
    pop_2011: int | None
    pop_2016: int | None
    pop_2018: int | None
    pop_2020: int | None
    change_percent: float | None
    density_per_km2: float | None
    source: str


class MunicipalityList(Page):
    """All municipalities."""

    municipalities: list[Municipality]


class IndicatorRow(BaseModel):
    """One figure."""

    indicator: str
    ags: str
    period: str
    value: float | None
    unit: str
    source: str
    licence: str


class IndicatorList(Page):
    """A page of figures."""

    next: str | None
    indicators: list[IndicatorRow]


class Collection(BaseModel):
    """A page of SensorThings, or an entity."""
