"""Import municipal boundaries from GeoJSON, GeoPackage or a zip that holds one."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data.operation import BoundaryRow
from services.errors import ImportFailedError

AGS_COLUMNS = ("AGS", "ags", "AGS_0", "gemeindeschluessel")
NAME_COLUMNS = ("GEN", "name", "NAME", "gen")
MUNICIPAL_LAYERS = ("vg250_gem", "vg5000_gem", "gemeinden")
"""Layers that hold municipalities in the official files, tried before any other."""
FORMATS = (".gpkg", ".geojson", ".json")
MAX_UNPACKED = 1_000_000_000
"""Bytes; the official GeoPackage of all Germany has about 200 MB."""
WGS84 = 4326
AGS_DIGITS = 8
SIMPLIFY_M = 20.0
"""Vertices closer than this say nothing at the scale of a county map (estimate)."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found."""

    rows: tuple[BoundaryRow, ...]
    source: str


def read_boundaries(path: Path, ags_prefix: str, source: str, at: datetime) -> Imported:
    """Return the municipalities of a file whose AGS begins with the prefix.

    Raises
    ------
    ImportFailedError
        When the file is missing, unreadable, has no AGS column or none of the region's AGS.
    """
    if not path.is_file():
        raise ImportFailedError(user_message=f"Die Datei {path} gibt es nicht.")
    with tempfile.TemporaryDirectory() as folder:
        frame = _read(unpacked(path, Path(folder)))
    ags_column = next((name for name in AGS_COLUMNS if name in frame.columns), None)
    if ags_column is None:
        columns = ", ".join(str(name) for name in frame.columns[:8])
        raise ImportFailedError(
            user_message=(
                f"{path.name} hat keine Spalte AGS (gefunden: {columns}). Nötig ist eine Spalte "
                "mit achtstelligem Gemeindeschlüssel."
            )
        )
    rows = tuple(_rows(frame, ags_column, ags_prefix, source, at))
    if not rows:
        raise ImportFailedError(
            user_message=(
                f"{path.name} enthält keine Gemeinde mit AGS {ags_prefix}…; "
                "bitte die Datei der richtigen Region wählen."
            )
        )
    return Imported(rows, source)


def unpacked(path: Path, folder: Path) -> Path:
    """Return the GeoPackage or GeoJSON inside a zip, unpacked into a folder; others as they are.

    Raises
    ------
    ImportFailedError
        When the zip is damaged, too large or holds neither.
    """
    if path.suffix.lower() != ".zip":
        return path
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [item for item in archive.infolist() if item.filename.endswith(FORMATS)]
            if not inside or inside[0].file_size > MAX_UNPACKED:
                raise ImportFailedError(
                    user_message=f"{path.name} enthält kein brauchbares GeoPackage oder GeoJSON."
                )
            target = folder / Path(inside[0].filename).name
            with archive.open(inside[0]) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, OSError) as error:
        raise ImportFailedError(
            str(error), user_message=f"{path.name} ist ein beschädigtes Archiv."
        ) from error
    return target


def _read(path: Path) -> Any:  # noqa: ANN401  # a GeoDataFrame; geopandas ships no types
    import geopandas  # noqa: PLC0415  # heavy, and only this use case needs it
    from pyogrio import list_layers  # noqa: PLC0415
    from pyogrio.errors import DataSourceError  # noqa: PLC0415

    try:
        layers = [str(layer) for layer, _ in list_layers(path)]
        layer = next((name for name in MUNICIPAL_LAYERS if name in layers), layers[0])
        frame = geopandas.read_file(path, layer=layer)
    except (DataSourceError, ValueError, IndexError) as error:
        raise ImportFailedError(
            str(error),
            user_message=(
                f"{path.name} ist nicht als GeoJSON oder GeoPackage lesbar. "
                "Bitte die Datei prüfen oder neu herunterladen."
            ),
        ) from error
    if frame.crs is None:
        raise ImportFailedError(
            user_message=f"{path.name} nennt kein Koordinatensystem; ohne das ist der Ort unklar."
        )
    metric = frame.to_crs(frame.estimate_utm_crs())
    metric["geometry"] = metric.geometry.simplify(SIMPLIFY_M)
    return metric.to_crs(epsg=WGS84)


def _rows(
    frame: Any,  # noqa: ANN401  # a GeoDataFrame; geopandas ships no types
    ags_column: str,
    ags_prefix: str,
    source: str,
    at: datetime,
) -> Iterator[BoundaryRow]:
    name_column = next((name for name in NAME_COLUMNS if name in frame.columns), ags_column)
    own = frame[frame[ags_column].astype(str).str.startswith(ags_prefix)]
    own = own[own[ags_column].astype(str).str.len() == AGS_DIGITS]
    merged = own.dissolve(by=ags_column, aggfunc="first").reset_index()
    for record in merged.to_geo_dict()["features"]:
        properties: Mapping[str, Any] = record["properties"]
        yield BoundaryRow(
            ags=str(properties[ags_column]),
            name=str(properties[name_column]),
            geometry=_rounded(record["geometry"]),
            source=source,
            imported_at=at,
        )


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(coordinates: Any) -> Any:  # noqa: ANN401  # nested GeoJSON arrays
    if isinstance(coordinates[0], int | float):
        return [round(float(coordinates[0]), 5), round(float(coordinates[1]), 5)]
    return [_round(part) for part in coordinates]
