"""Rows on what lies in a region: municipalities with their population, stops."""

from typing import Annotated, Literal

from pydantic import Field

from data.region_pack.columns import Ags, Ars, Lat, Lon, OptionalCount, Row, Text


class MunicipalityRow(Row):
    """One municipality (Gemeinde) with its population figures."""

    ags: Ags
    ars: Ars
    name: Text
    vg: Text
    area_km2: Annotated[float, Field(gt=0)]
    pop_2011: OptionalCount
    pop_2016: OptionalCount
    pop_2018: OptionalCount
    pop_2020: OptionalCount
    lat: Lat
    lon: Lon
    source: Text
    confidence: Text


class StopRow(Row):
    """A public transport stop with the municipality that it lies in."""

    stop_id: Text
    name: Text
    kind: Literal["bahn", "bus", "sonstige"]
    lat: Lat
    lon: Lon
    ags: Ags
    source: Text
