"""Each format holds the same values, read back by a library that did not write it."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import geopandas
import netCDF4
import numpy as np
import pyarrow.parquet
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalogue import files
from services.catalogue.formats.csv_file import DANGEROUS, cell
from services.catalogue.model import Table
from services.errors import BadParameterError

READINGS = "pegel-messwerte"


def taken(catalogue, tmp_path, ending, dataset=READINGS, **args):
    found = catalogue.download(dataset, ending, args)
    path = tmp_path / found.name
    with found.stream as stream:
        path.write_bytes(stream.read())
    assert path.stat().st_size == found.size
    return path


def test_csv_is_written_after_its_standard(catalogue, tmp_path):
    text = taken(catalogue, tmp_path, "csv").read_bytes()
    assert text.startswith(b"thing_id,thing_name,observed_property,phenomenon_time_utc,value,unit")
    assert text.count(b"\r\n") == 11
    assert b"2026-11-28T11:45:00+00:00,1.01,m,1," in text
    assert taken(catalogue, tmp_path, "csv", bom="1").read_bytes() == b"\xef\xbb\xbf" + text


@given(st.text())
def test_no_text_becomes_a_formula(text):
    found = cell(text)
    assert not str(found).startswith(DANGEROUS)
    assert str(found).endswith(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_left_alone(value):
    assert cell(value) == value


def test_geojson_has_points_and_the_licence(catalogue, tmp_path):
    found = json.loads(taken(catalogue, tmp_path, "geojson").read_text(encoding="utf-8"))
    assert found["license"] == "https://www.govdata.de/dl-de/by-2-0"
    assert len(found["features"]) == 10
    first = next(f for f in found["features"] if f["properties"]["thing_id"] == "iot-bermel")
    assert first["geometry"] == {"type": "Point", "coordinates": [7.0, 50.3]}


def test_parquet_keeps_types_units_and_gaps(catalogue, tmp_path):
    table = pyarrow.parquet.read_table(taken(catalogue, tmp_path, "parquet"))
    assert str(table.schema.field("phenomenon_time_utc").type) == "timestamp[ms, tz=UTC]"
    assert table.column("value").null_count == 1
    assert table.schema.metadata[b"license"].endswith(b"dl-by-de/2.0")
    population = pyarrow.parquet.read_table(taken(catalogue, tmp_path, "parquet", "bevoelkerung"))
    assert population.schema.field("area_km2").metadata[b"unit"] == "km²".encode()


@pytest.mark.parametrize(
    ("dataset", "kind"), [(READINGS, "Point"), ("gemeindegrenzen", "MultiPolygon")]
)
def test_geopackage_has_one_layer_in_wgs84(catalogue, tmp_path, dataset, kind):
    found = geopandas.read_file(taken(catalogue, tmp_path, "gpkg", dataset), layer=dataset)
    assert found.crs.to_epsg() == 4326
    assert set(found.geometry.geom_type) == {kind}


def test_netcdf_says_in_cf_what_it_holds(catalogue, tmp_path):
    with netCDF4.Dataset(taken(catalogue, tmp_path, "nc")) as file:
        stage, flags = file["stage"], file["stage_qc"]
        assert (file.Conventions, file.featureType) == ("CF-1.11", "timeSeries")
        assert stage.standard_name == "water_surface_height_above_reference_datum"
        assert stage.units == "m"
        assert stage.ancillary_variables == "stage_qc"
        assert list(flags.flag_values) == [1, 2, 3, 4, 9]
        assert flags.flag_meanings == "good not_evaluated suspect fail missing"
        assert file["station_id"].cf_role == "timeseries_id"
        sizes = dict(zip(file["station_id"][:], file["row_size"][:], strict=True))
        assert sizes == {"iot-bermel": 2, "iot-nitz": 8}
        assert np.ma.count_masked(stage[:]) == 1
        newest = netCDF4.num2date(file["time"][-1], file["time"].units)
        assert newest.isoformat() == "2026-11-28T11:45:00"


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "parquet", "nc"])
def test_an_empty_series_is_an_empty_file_in_every_format(catalogue, tmp_path, ending):
    path = taken(catalogue, tmp_path, ending, "regen-einzugsgebiete")
    if ending == "gpkg":
        assert len(geopandas.read_file(path)) == 0
    if ending == "nc":
        with netCDF4.Dataset(path) as file:
            assert file["rain"].standard_name == "lwe_thickness_of_precipitation_amount"
            assert len(file.dimensions["obs"]) == 0


@pytest.mark.parametrize(
    "dataset",
    ["pegel-stammdaten", "pegel-schwellen", "vorwarnzeiten", "bevoelkerung", "haltestellen"],
)
@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "parquet"])
def test_every_table_comes_in_every_format(catalogue, tmp_path, dataset, ending):
    assert taken(catalogue, tmp_path, ending, dataset).stat().st_size > 0


def test_a_packed_file_holds_data_and_description(catalogue):
    found = catalogue.download(READINGS, "zip", {"format": "csv"})
    with found.stream as stream:
        archive = zipfile.ZipFile(io.BytesIO(stream.read()))
    assert archive.namelist() == [f"{READINGS}.csv", f"{READINGS}-metadata.json"]
    told = json.loads(archive.read(f"{READINGS}-metadata.json"))
    assert told["rows"] == 10
    assert told["attribution"]


def test_the_tag_follows_the_content(catalogue):
    def tag(**args):
        found = catalogue.download(READINGS, "csv", args)
        found.stream.close()
        return found.etag

    assert tag() == tag()
    assert tag() != tag(gauge="iot-nitz")


def test_too_many_rows_are_refused_and_leave_nothing_behind(catalogue, tmp_path, monkeypatch):
    folder = tmp_path / "downloads"
    folder.mkdir()
    monkeypatch.setattr(files.tempfile, "tempdir", str(folder))
    row = catalogue.row(READINGS)
    endless = iter([record for record in catalogue.dataset(READINGS).preview for _ in range(3)])
    monkeypatch.setattr(files.Tally.__init__, "__defaults__", (20, 0))
    table = Table(row, catalogue.dataset(READINGS).columns, endless)
    with pytest.raises(BadParameterError, match="kürzeren Zeitraum"):
        files.make_file(table, "csv", "", {})
    assert list(folder.iterdir()) == []


def test_a_copy_of_simulated_values_says_so_wherever_it_goes(catalogue, tmp_path):
    demo = replace(catalogue, is_simulated=True)

    def path(ending, **args):
        found = taken(demo, tmp_path, ending, **args)
        assert found.name == f"simuliert-{READINGS}.{ending}"
        return found

    assert path("csv").read_text(encoding="utf-8").splitlines()[0].endswith(",origin")
    geojson = json.loads(path("geojson").read_text(encoding="utf-8"))
    assert geojson["is_simulated"] is True
    assert "Simulierte Messwerte" in geojson["note"]
    about = pyarrow.parquet.read_schema(path("parquet")).metadata
    assert about[b"is_simulated"] == b"true"
    with netCDF4.Dataset(path("nc")) as file:
        assert file.is_simulated == "true"
        assert "Simulierte Messwerte" in file.comment
    layer = pyogrio.read_info(path("gpkg"), layer=READINGS)["layer_metadata"]
    assert layer["is_simulated"] == "true"
    with zipfile.ZipFile(path("zip", format="csv")) as archive:
        assert f"simuliert-{READINGS}.csv" in archive.namelist()


def test_a_copy_of_measured_values_and_of_tables_does_not(catalogue, tmp_path):
    text = taken(catalogue, tmp_path, "csv").read_text(encoding="utf-8").splitlines()
    assert {line.rpartition(",")[2] for line in text[1:]} == {"live"}
    demo = replace(catalogue, is_simulated=True)
    assert taken(demo, tmp_path, "csv", "bevoelkerung").name == "bevoelkerung.csv"


def test_times_in_csv_have_whole_seconds():
    assert cell(datetime(2026, 11, 28, 11, 45, 3, 123456, UTC)) == "2026-11-28T11:45:03+00:00"
