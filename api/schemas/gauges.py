"""Schemas of gauges, series and their readings."""

from pydantic import BaseModel, Field

from api.schemas.water import Page


class Threshold(BaseModel):
    """A municipal threshold."""

    level: str
    value: float
    owner: str
    provisional: bool
    source: str
    since: str | None = Field(description="Tag, seit dem sie gilt")
    version: int = Field(description="Fassung der Änderung, 0: Startwert des Regionsordners")


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
