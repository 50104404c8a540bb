"""The formats: ending, media type, controlled address, and in German what each is good for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.catalogue.formats.csv_file import write_csv
from services.catalogue.formats.geojson_file import write_geojson
from services.catalogue.formats.geopackage_file import write_geopackage
from services.catalogue.formats.netcdf_file import write_netcdf
from services.catalogue.formats.parquet_file import write_parquet
from services.catalogue.model import Table
from services.catalogue.vocabulary import EU, IANA


@dataclass(frozen=True, slots=True)
class Format:
    """A format; `iana` is empty where its media type is not registered."""

    ending: str
    name: str
    media_type: str
    iana: str
    file_type: str
    good_for: str


def _format(ending: str, name: str, media_type: str, code: str, good_for: str) -> Format:
    is_registered = not media_type.startswith("application/x-")
    iana = f"{IANA}/{media_type}" if is_registered else ""
    return Format(ending, name, media_type, iana, f"{EU}/file-type/{code}", good_for)


FORMATS: Mapping[str, Format] = {
    "csv": _format("csv", "CSV", "text/csv", "CSV", "Tabelle für Excel, LibreOffice, R und Python"),
    "geojson": _format(
        "geojson", "GeoJSON", "application/geo+json", "GEOJSON", "Karten im Netz und in QGIS"
    ),
    "gpkg": _format(
        "gpkg",
        "GeoPackage",
        "application/geopackage+sqlite3",
        "GPKG",
        "Geoinformationssysteme (QGIS, ArcGIS), eine Datei mit Sachdaten",
    ),
    "parquet": _format(
        "parquet",
        "Parquet",
        "application/vnd.apache.parquet",
        "PARQUET",
        "große Auswertungen: verpackt, mit Datentypen (Python, R, DuckDB)",
    ),
    "nc": _format(
        "nc",
        "NetCDF",
        "application/x-netcdf",
        "NETCDF",
        "Zeitreihen für Hydrologie und Modelle, beschrieben nach CF; eine Messgröße je Datei",
    ),
}
ZIP = _format(
    "zip", "ZIP", "application/zip", "ZIP", "Daten und Beschreibung zusammen in einer Datei"
)
_WRITERS = {
    "csv": write_csv,
    "geojson": write_geojson,
    "gpkg": write_geopackage,
    "parquet": write_parquet,
}


def formats_of(holds: str) -> tuple[str, ...]:
    """Return the endings that a kind of data set comes in."""
    return tuple(FORMATS) if holds == "series" else tuple(name for name in FORMATS if name != "nc")


def write(path: Path, ending: str, table: Table, observed_property: str) -> None:
    """Write a table in a format; only NetCDF asks which property it holds."""
    if ending == "nc":
        write_netcdf(path, table, observed_property)
    else:
        _WRITERS[ending](path, table)
