"""What the settlement cockpit shows: boundaries, municipalities, stops."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundarySet:
    """Municipal boundaries as GeoJSON features (property `ags`), with where they come from."""

    features: tuple[Mapping[str, object], ...]
    is_schematic: bool
    label: str
    attribution: str


@dataclass(frozen=True, slots=True)
class MunicipalityView:
    """A municipality with its population figures; None is "no figure", never zero."""

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


@dataclass(frozen=True, slots=True)
class StopSupplyView:
    """Stops of one municipality by kind; stops per 1,000 inhabitants where both are known."""

    ags: str
    name: str
    vg: str
    bus: int
    rail: int
    other: int
    per_1000: float | None
