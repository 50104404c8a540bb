"""PEGELONLINE REST API v2 of the federal waterways administration (WSV): options and requests."""

from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field

from data.region_pack.columns import Slug
from services.ingestion.options import SourceOptions

NAME = "pegelonline"
PROPERTIES = {
    "W": "stage",
    "Q": "discharge",
    "LT": "air_temperature",
    "WT": "water_temperature",
}
"""Short names of the service's time series and what they are here; others are passed over."""

MOST_STATIONS = 50
Series = Literal["W", "Q", "LT", "WT"]


class Options(SourceOptions):
    """Which stations (uuid, with the gauge of the pack that it is) and how far back."""

    stations: Annotated[
        dict[str, Slug | Literal[""]], Field(min_length=1, max_length=MOST_STATIONS)
    ]
    series: tuple[Series, ...] = ("W", "Q", "WT", "LT")
    history_h: Annotated[int, Field(ge=0, le=744)] = 6


def stations_url(base: str, options: Options) -> str:
    """Return the address of the stations with their newest values."""
    ids = ",".join(quote(uuid, safe="") for uuid in options.stations)
    return f"{base}/stations.json?ids={ids}&includeTimeseries=true&includeCurrentMeasurement=true"


def measurements_url(base: str, uuid: str, series: str, hours: int) -> str:
    """Return the address of the values of one time series over the last hours."""
    return f"{base}/stations/{quote(uuid, safe='')}/{series}/measurements.json?start=PT{hours}H"
