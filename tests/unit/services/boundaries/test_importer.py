import json
import zipfile
from datetime import UTC, datetime

import geopandas
import pytest

from services.boundaries.importer import read_boundaries
from services.boundaries.service import BoundaryService
from services.errors import ImportFailedError

AT = datetime(2026, 11, 1, tzinfo=UTC)


def feature(ags, name, lon=7.0, **more):
    ring = [[lon, 50.0], [lon + 0.1, 50.0], [lon + 0.1, 50.1], [lon, 50.1], [lon, 50.0]]
    return {
        "type": "Feature",
        "properties": {"AGS": ags, "GEN": name, **more},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def geojson(tmp_path):
    def write(*features):
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return write


def test_only_the_municipalities_of_the_region_are_taken(geojson):
    path = geojson(feature("07137001", "Acht"), feature("07111000", "Koblenz", 7.5))
    found = read_boundaries(path, "07137", "Quelle", AT)
    assert [(row.ags, row.name) for row in found.rows] == [("07137001", "Acht")]


def test_parts_of_one_municipality_become_one_row(geojson):
    path = geojson(feature("07137001", "Acht"), feature("07137001", "Acht", 7.5))
    [row] = read_boundaries(path, "07137", "Quelle", AT).rows
    assert row.geometry["type"] == "MultiPolygon"


def test_a_geopackage_in_utm_lands_in_degrees(geojson, tmp_path):
    frame = geopandas.read_file(geojson(feature("07137001", "Acht")))
    path = tmp_path / "vg250.gpkg"
    frame.to_crs(25832).to_file(path, layer="vg250_gem", driver="GPKG")
    [row] = read_boundaries(path, "07137", "Quelle", AT).rows
    lon, lat = row.geometry["coordinates"][0][0]
    assert 6.9 < lon < 7.2
    assert 49.9 < lat < 50.2


def test_a_zip_with_a_geopackage_in_a_folder_is_read(geojson, tmp_path):
    plain = geojson(feature("07137001", "Acht"))
    path = tmp_path / "vg250.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(plain, "vg250_ebenen_0101/areas.geojson")
    assert len(read_boundaries(path, "07137", "Quelle", AT).rows) == 1
    path.write_bytes(b"PK nothing")
    with pytest.raises(ImportFailedError) as caught:
        read_boundaries(path, "07137", "Quelle", AT)
    assert "beschädigtes Archiv" in caught.value.user_message


def test_the_real_municipalities_are_all_found(shared_data):
    path = shared_data / "boundaries" / "gemeinden_myk_and_neighbours.geojson"
    found = read_boundaries(path, "07137", "BKG", AT)
    assert len(found.rows) == 87


@pytest.mark.parametrize("content", ["", "{}", "no json", '{"type": "FeatureCollection"}'])
def test_an_unreadable_file_is_a_sentence(tmp_path, content):
    path = tmp_path / "broken.geojson"
    path.write_text(content)
    with pytest.raises(ImportFailedError) as caught:
        read_boundaries(path, "07137", "Quelle", AT)
    assert "broken.geojson" in caught.value.user_message


def test_a_missing_file_and_a_missing_column_are_sentences(tmp_path, geojson):
    with pytest.raises(ImportFailedError, match="gibt es nicht"):
        read_boundaries(tmp_path / "none.gpkg", "07137", "Quelle", AT)
    wrong = feature("x", "Acht")
    del wrong["properties"]["AGS"]
    with pytest.raises(ImportFailedError, match="keine Spalte AGS"):
        read_boundaries(geojson(wrong), "07137", "Quelle", AT)


def test_a_file_of_another_county_is_refused(geojson):
    with pytest.raises(ImportFailedError, match="keine Gemeinde mit AGS 07137"):
        read_boundaries(geojson(feature("07111000", "Koblenz")), "07137", "Quelle", AT)


def test_an_import_replaces_the_schematic_cells_and_is_in_the_audit_log(
    sqlite_sessions, region, geojson
):
    service = BoundaryService(sqlite_sessions, region)
    assert service.import_file(geojson(feature("07137001", "Acht"))) == 1
    current = service.current()
    assert not current.is_schematic
    assert "BKG" in current.attribution


def test_the_official_server_is_asked_once_only(sqlite_sessions, region):
    service = BoundaryService(sqlite_sessions, region)
    closed = "https://127.0.0.1:1/vg250.zip"
    assert service.fetch_once(closed) is False
    with sqlite_sessions() as session:
        from data import operation

        [state] = operation.sources(session)
    assert state.last_failure_at is not None
    assert service.fetch_once(closed) is False


def test_only_https_is_fetched(sqlite_sessions, region):
    with pytest.raises(ImportFailedError, match="https"):
        BoundaryService(sqlite_sessions, region).import_url("http://127.0.0.1/x.gpkg")
