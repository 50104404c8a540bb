"""Rows on rivers, gauges and places, one pydantic model a table: column, unit, limits."""

from typing import Annotated, Literal

from pydantic import Field

from data.region_pack.columns import (
    Ags,
    IsoDate,
    Km,
    Lat,
    Level,
    Lon,
    OptionalCount,
    OptionalFloat,
    OptionalHeight,
    OptionalSlug,
    Row,
    Slug,
    Text,
)


class RiverRow(Row):
    """One watercourse; `receives_into` is empty where the region's network ends."""

    river_id: Slug
    name: Text
    receives_into: OptionalSlug = None
    mouth_km: OptionalFloat = Field(default=None, description="km on the receiving river")
    length_km: Annotated[float, Field(gt=0)]
    area_km2: OptionalFloat = None
    slope_permille: OptionalFloat = None
    source: Text
    confidence: Text


class RiverPointRow(Row):
    """A point of the schematic river line, `river_km` counted up from the mouth."""

    river_id: Slug
    river_km: Km
    lat: Lat
    lon: Lon
    source: Text
    confidence: Text


class ReachRow(Row):
    """A stretch of a river with one cross section, from its upper to its lower end."""

    reach_id: Slug
    river_id: Slug
    from_km: Km
    to_km: Km
    slope: Annotated[float, Field(gt=0, lt=0.5, description="m/m")]
    width_m: Annotated[float, Field(gt=0)]
    floodplain_width_m: Annotated[float, Field(ge=0)]
    manning_n: Annotated[float, Field(gt=0, lt=1)]
    floodplain_n: Annotated[float, Field(gt=0, lt=1)]
    bankfull_m: Annotated[float, Field(gt=0)]
    provisional: bool
    source: Text
    confidence: Text


class GaugeRow(Row):
    """One gauge. `observes` tells whether it reports stage (m) or discharge (m³/s)."""

    gauge_id: Slug
    name: Text
    river_id: Slug
    river_km: OptionalFloat = None
    lat: OptionalFloat = None
    lon: OptionalFloat = None
    role: Literal["target", "state", "context", "donor", "no-position"]
    operator: Text
    observes: Literal["stage", "discharge"]
    area_km2: OptionalFloat = None
    zero_m_nhn: OptionalFloat = None
    range_min: float
    range_max: float
    sampling_min: Annotated[float, Field(gt=0, le=1440)]
    radio_min: Annotated[float, Field(ge=0, le=1440)]
    provisional: bool
    source: Text
    confidence: Text

    @property
    def unit(self) -> str:
        """Return the unit of what it observes."""
        return "m" if self.observes == "stage" else "m³/s"


class ThresholdRow(Row):
    """A municipal threshold of a gauge, in the unit that the gauge observes."""

    gauge_id: Slug
    level: Level
    value: float
    owner: Text
    since: IsoDate
    provisional: bool
    source: Text
    confidence: Text


class RatingRow(Row):
    """One segment of a gauge's rating curve Q = a (h - h0)^b, from stage `from_m` upwards."""

    gauge_id: Slug
    from_m: Annotated[float, Field(ge=-50, le=50)]
    a: Annotated[float, Field(gt=0, le=100000)]
    h0_m: Annotated[float, Field(ge=-50, le=50)]
    b: Annotated[float, Field(ge=1, le=4)]
    sigma_rel: Annotated[
        float, Field(gt=0, le=1, description="relative 1-sigma spread of Q where it was gauged")
    ]
    valid_to_m: Annotated[
        float, Field(ge=-50, le=50, description="highest stage at which discharge was gauged")
    ]
    source: Text
    confidence: Text


class PlaceRow(Row):
    """One place; its population is the whole municipality's and never people at risk."""

    place_id: Slug
    name: Text
    ags: Ags
    in_region: bool
    lat: Lat
    lon: Lon
    coord_precision: Text
    municipality_population: OptionalCount = None
    note: str = ""
    source: Text
    confidence: Text


class ExposureRow(Row):
    """A place's position on one river; a place may have several rows."""

    place_id: Slug
    river_id: Slug
    river_km: Km
    label: Text
    exposed: bool
    side_brook_risk: bool
    backwater_of: str = ""
    delivery_min: Annotated[float, Field(ge=0, le=240)]
    decision_min: Annotated[float, Field(ge=0, le=240)]
    source: Text
    confidence: Text


class PairRow(Row):
    """A gauge's equivalent level for a place; absent pairs use the gauge's own thresholds."""

    gauge_id: Slug
    place_id: Slug
    river_id: Slug
    level: Level
    value: float
    source: Text
    confidence: Text


class LagRow(Row):
    """An observed travel time between two points of a river: what the celerity learns from."""

    river_id: Slug
    from_km: Km
    to_km: Km
    event: Text
    lag_min: Annotated[float, Field(gt=0)]
    sigma_ln: Annotated[float, Field(gt=0, le=2)]
    exceedance: OptionalHeight = Field(
        default=None, description="flow as a multiple of the one at the Voralarm level"
    )
    source: Text
    confidence: Text
