"""Schemas of municipalities, indicators and the list of collections."""

from pydantic import BaseModel

from api.schemas.water import Page


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
