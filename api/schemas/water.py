"""Answers about gauges, readings, lead times and warnings, as the OpenAPI document shows them."""

from typing import Any

from pydantic import BaseModel, Field

SIMULATED = Field(description="true: Werte der Simulation, keine Messung")


class Page(BaseModel):
    """What every list says of itself."""

    is_simulated: bool = SIMULATED
    origin: str = Field(description="simulated, imported, live oder manual (abgelesen)")
    licence: str
    count: int = Field(description="Einträge dieser Seite")


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
