"""GeoPackage (SQLite for maps, OGC 12-128): one layer in WGS 84, written portion by portion."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import shape

from services.catalogue.formats.chunks import chunks, turned
from services.catalogue.model import Column, Record, Table
from services.catalogue.vocabulary import LICENCES

BATCH = 20_000
WGS84 = "EPSG:4326"
TYPES = {
    "text": "string",
    "number": "float64",
    "integer": "Int64",
    "boolean": "boolean",
    "time": "datetime64[ms, UTC]",
    "date": "string",
}


def write_geopackage(path: Path, table: Table) -> None:
    """Write all rows into one layer named after the data set."""
    is_area = table.dataset.holds == "boundaries"
    options: dict[str, Any] = {
        "layer": table.dataset.id,
        "driver": "GPKG",
        "engine": "pyogrio",
        "geometry_type": "MultiPolygon" if is_area else "Point",
        "promote_to_multi": is_area,
    }
    about = {"layer_metadata": _about(table)}
    is_new = True
    for rows in chunks(table.records, BATCH):
        _frame(table.columns, rows).to_file(
            path, mode="w" if is_new else "a", **options, **(about if is_new else {})
        )
        is_new = False
    if is_new:
        _frame(table.columns, []).to_file(path, **options, **about)


def _about(table: Table) -> dict[str, str]:
    row = table.dataset
    about = {
        "title": row.title,
        "license": LICENCES[row.licence].uri,
        "attribution": row.attribution,
        "is_simulated": "true" if table.note else "false",
    }
    return about | ({"note": table.note} if table.note else {})


def _frame(columns: tuple[Column, ...], rows: list[Record]) -> gpd.GeoDataFrame:
    made = {
        column.name: pd.Series(list(values), dtype=TYPES[column.kind])
        for column, values in zip(columns, turned(columns, rows), strict=True)
    }
    geometry = [None if row.geometry is None else shape(row.geometry) for row in rows]
    return gpd.GeoDataFrame(made, geometry=geometry, crs=WGS84)
