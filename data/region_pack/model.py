"""A loaded region pack: settings and typed rows of one county, immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from data.region_pack import (
    area_rows,
    columns,
    contact_rows,
    impact_rows,
    measure_rows,
    risk_rows,
    rows,
    sensor_rows,
)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("diese Zeitzone gibt es nicht, Beispiel: Europe/Berlin") from error
    return name


class RegionInfo(BaseModel):
    """`region.toml`: who the region is and the settings that hold for all its places."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: columns.Slug
    name: columns.Text
    short_name: columns.Text
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Berlin"
    ags_prefix: Annotated[str, StringConstraints(pattern=r"^\d{0,8}$")] = ""
    official_service_name: str = "hochwasser.rlp.de"
    official_service_url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = (
        "https://www.hochwasser.rlp.de"
    )
    default_celerity_ms: Annotated[float, Field(gt=0, le=10)] = 1.4
    default_celerity_sigma: Annotated[float, Field(gt=0, le=2)] = 0.35
    curve_number: Annotated[float, Field(ge=30, le=98)] = 65.0
    voralarm_specific_factor: Annotated[float, Field(gt=0, le=10)] = 0.20
    voralarm_specific_exponent: Annotated[float, Field(gt=0, le=1)] = 0.75
    notes: str = ""


@dataclass(frozen=True, slots=True)
class RegionPack:
    """All tables of a region; the field names are the file names without `.csv`."""

    directory: Path
    info: RegionInfo
    content_hash: str
    municipalities: tuple[area_rows.MunicipalityRow, ...] = ()
    rivers: tuple[rows.RiverRow, ...] = ()
    river_points: tuple[rows.RiverPointRow, ...] = ()
    reaches: tuple[rows.ReachRow, ...] = ()
    gauges: tuple[rows.GaugeRow, ...] = ()
    thresholds: tuple[rows.ThresholdRow, ...] = ()
    ratings: tuple[rows.RatingRow, ...] = ()
    places: tuple[rows.PlaceRow, ...] = ()
    exposures: tuple[rows.ExposureRow, ...] = ()
    pairs: tuple[rows.PairRow, ...] = ()
    lags: tuple[rows.LagRow, ...] = ()
    sensors: tuple[sensor_rows.SensorRow, ...] = ()
    gateways: tuple[sensor_rows.GatewayRow, ...] = ()
    impacts: tuple[impact_rows.ImpactRow, ...] = ()
    measures: tuple[measure_rows.MeasureRow, ...] = ()
    gauge_events: tuple[risk_rows.GaugeEventRow, ...] = ()
    objects: tuple[risk_rows.ObjectRow, ...] = ()
    contacts: tuple[contact_rows.ContactRow, ...] = ()
    stops: tuple[area_rows.StopRow, ...] = ()
    retention: tuple[sensor_rows.RetentionRow, ...] = ()
    isolated: Mapping[str, str] = field(default_factory=dict)
    """By river the fault for which it was left out; see `isolation`."""
    blind_mouths: tuple[tuple[str, str, float], ...] = ()
    """Rivers that were left out with the river and the kilometre where they join."""


TABLE_FIELDS = tuple(
    f.name
    for f in fields(RegionPack)
    if f.name not in {"directory", "info", "content_hash", "isolated", "blind_mouths"}
)
