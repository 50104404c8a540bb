"""Observations of a DWD station (open data, `NNNNN-BEOB.csv`): options and columns."""

from typing import Annotated

from pydantic import Field

from data.region_pack.columns import (
    Lat,
    Lon,
)
from services.ingestion.options import SourceOptions

NAME = "dwd-station"


class Options(SourceOptions):
    """Which station it is; the file itself tells neither its name nor its place."""

    station_id: Annotated[str, Field(pattern=r"^[0-9A-Z]{4,6}$")]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    lat: Lat
    lon: Lon


COLUMNS = {
    "precipitation_amount_last_hour": "rain",
    "dry_bulb_temperature_at_2_meter_above_ground": "air_temperature",
    "relative_humidity": "humidity",
    "mean_wind_speed_during last_10_min_at_10_meters_above_ground": "wind_speed",
    "mean_wind_direction_during_last_10 min_at_10_meters_above_ground": "wind_direction",
    "maximum_wind_speed_last_hour": "wind_gust",
    "pressure_reduced_to_mean_sea_level": "air_pressure",
}
"""Names in the first line of the file and what they are here; others are passed over."""

UNITS = {"Grad C": "°C", "Grad": "°"}
"""Spellings of the file that are not ours; all others are units as they stand."""
