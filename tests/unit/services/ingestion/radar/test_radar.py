"""Radar composites: values and flags, archives that are broken, the grid, catchments, the store."""

import bz2
import io
import tarfile
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from data import observations, things
from services.flood.rain.series import catchment_key
from services.ingestion.radar.archive import read_radar
from services.ingestion.radar.catchments import catchment_mean, river_cells
from services.ingestion.radar.errors import RadarFileError
from services.ingestion.radar.grid import COLUMNS, ROWS, cell_area_km2, project
from services.ingestion.radar.parser import parse_composite
from services.ingestion.radar.service import RadarService
from tests.unit.services.ingestion.radar.composite import composite, dry

ANALYSIS = datetime(2023, 5, 8, 13, 30, tzinfo=UTC)


def archive(path, bodies):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as made:
        for number, body in enumerate(bodies):
            info = tarfile.TarInfo(f"DE1200_RV_{number:03d}")
            info.size = len(body)
            made.addfile(info, io.BytesIO(body))
    path.write_bytes(bz2.compress(raw.getvalue()))
    return path


def small(*cells):
    return np.array(cells, dtype=np.uint16).reshape(-1, 10)


def test_values_are_hundredths_and_flagged_cells_are_missing_not_zero():
    cells = small(*([0, 250, 0x1000 | 120, 0x29C4, 0x4000 | 5, 0x8000 | 300] + [7] * 94))
    frame = parse_composite(composite(cells, forecast=25))

    assert frame.rain_mm[0, :3] == pytest.approx([0.0, 2.5, 1.2])
    assert np.isnan(frame.rain_mm[0, 3:6]).all()
    assert frame.analysed_at == ANALYSIS
    assert frame.ends_at == ANALYSIS + timedelta(minutes=25)
    assert frame.interval_min == 5


WHOLE = composite(small(*[3] * 100))
BROKEN = {
    "empty": (b"", "Kopf"),
    "text": (b"hello world" * 40, "Kopf"),
    "header without end": (WHOLE[:60], "Kopf"),
    "cut off": (WHOLE[:-7], "unvollständig"),
    "too long": (WHOLE + b"\x00", "unvollständig"),
    "no such day": (WHOLE.replace(b"RV08", b"RV39"), "Zeit"),
    "without precision": (WHOLE.replace(b"PR E-02", b"XX E-02"), "precision"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_composite_is_refused_with_the_reason(name):
    body, reason = BROKEN[name]
    with pytest.raises(RadarFileError, match=reason):
        parse_composite(body)


def test_an_archive_gives_its_frames_in_order_of_time(tmp_path):
    cells = small(*[3] * 100)
    path = archive(tmp_path / "rv", [composite(cells, step) for step in (10, 0, 5)])

    assert [frame.forecast_min for frame in read_radar(path)] == [0, 5, 10]


def test_an_archive_that_is_cut_off_is_refused_as_a_whole(tmp_path):
    generator = np.random.default_rng(0)
    cells = generator.integers(0, 4096, 20_000, dtype=np.uint16).reshape(100, 200)
    path = archive(tmp_path / "rv", [composite(cells, step) for step in (0, 5, 10)])
    whole = path.read_bytes()
    for share in (0.02, 0.4, 0.9):
        path.write_bytes(whole[: int(share * len(whole))])
        with pytest.raises(RadarFileError):
            read_radar(path)


def test_an_archive_of_two_analyses_is_refused(tmp_path):
    cells = small(*[3] * 100)
    later = composite(cells, 5, at=(8, 13, 35, 5, 23))
    with pytest.raises(RadarFileError, match="mischt"):
        read_radar(archive(tmp_path / "rv", [composite(cells), later]))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RadarFileError, match="gibt es nicht"):
        read_radar(tmp_path / "nowhere")


def test_the_corners_of_the_grid_lie_where_the_weather_service_has_them():
    lat = np.array([45.69642538, 45.68460578, 55.84543856, 55.86208711])
    lon = np.array([3.566994635, 16.58086935, 18.73161645, 1.46330151])
    east, north = project(lat, lon)

    assert east == pytest.approx([0, 1.1e6, 1.1e6, 0], abs=1.0)
    assert north == pytest.approx([0, 0, 1.2e6, 1.2e6], abs=1.0)
    assert cell_area_km2(60.0) == pytest.approx(1.0, abs=1e-6)
    assert cell_area_km2(50.3) == pytest.approx(0.899, abs=0.001)


def test_a_catchment_has_the_area_of_the_rivers_own_share_and_no_cell_twice(region):
    cells = river_cells(region.pack)
    areas = {name: own.cells.size * cell_area_km2(50.3) for name, own in cells.items()}

    assert areas["elzbach"] == pytest.approx(220.7, abs=1.5)
    assert areas["saynbach"] == pytest.approx(222.451 - 33.755 - 53.478, abs=1.5)
    together = np.concatenate([own.cells for own in cells.values()])
    assert np.unique(together).size == together.size
    assert together.max() < ROWS * COLUMNS


def test_a_mean_ignores_missing_cells_until_half_of_them_are_missing():
    rain = np.array([2.0, 4.0, np.nan, np.nan, np.nan], dtype=np.float32)

    assert catchment_mean(rain, np.array([0, 1, 2])) == pytest.approx(3.0)
    assert catchment_mean(rain, np.array([0, 1, 2, 3])) == pytest.approx(3.0)
    assert catchment_mean(rain, np.array([0, 1, 2, 3, 4])) is None


@pytest.fixture
def store(sqlite_sessions):
    return sqlite_sessions


def wet_on(region, river, value):
    cells = dry()
    cells.ravel()[river_cells(region.pack)[river].cells] = value
    return cells


def stored(store, river):
    with store() as session:
        number = things.ids(session)[catchment_key(river)]
        found = observations.window(session, number, ANALYSIS, ANALYSIS + timedelta(hours=3))
    return {(at - ANALYSIS) // timedelta(minutes=1): value for at, value, _ in found}


def test_rain_is_stored_by_catchment_and_a_newer_analysis_replaces_the_forecast(
    store, region, tmp_path
):
    service = RadarService(store, region)
    first = wet_on(region, "elzbach", 250)
    service.import_file(archive(tmp_path / "a", [composite(dry()), composite(first, 10)]))

    assert stored(store, "elzbach") == {0: 0.0, 10: 2.5}
    assert stored(store, "nette") == {0: 0.0, 10: 0.0}
    newer = composite(wet_on(region, "elzbach", 30), at=(8, 13, 40, 5, 23))
    path = archive(tmp_path / "b", [newer])
    assert service.import_file(path).changed > 0
    assert stored(store, "elzbach")[10] == pytest.approx(0.3)
    assert service.import_file(path).changed == 0
    assert service.import_file(tmp_path / "a").changed == 0
    assert stored(store, "elzbach")[10] == pytest.approx(0.3)


def test_a_catchment_without_radar_is_unknown_not_dry(store, region, tmp_path):
    summary = RadarService(store, region).import_file(
        archive(tmp_path / "a", [composite(wet_on(region, "elzbach", 0x29C4))])
    )

    zones = 2 * sum(
        gauge.river_id == "elzbach" for gauge in region.network.gauges.values() if gauge.thresholds
    )
    assert summary.missing == 1 + zones
    assert stored(store, "elzbach") == {0: None}


def test_another_grid_is_refused(store, region, tmp_path):
    with pytest.raises(RadarFileError, match="Gitter"):
        RadarService(store, region).import_file(
            archive(tmp_path / "a", [composite(small(*[3] * 100))])
        )


def test_the_sample_of_the_weather_service_is_read(shared_data):
    frames = read_radar(shared_data / "cap-radar" / "DE1200_RV2305081330.tar.bz2")

    assert [frame.forecast_min for frame in frames] == [0, 50]
    assert frames[0].analysed_at == ANALYSIS
    assert max(float(np.nanmax(frame.rain_mm)) for frame in frames) == pytest.approx(10.0, abs=0.05)
    assert 0.1 < float(np.isnan(frames[0].rain_mm).mean()) < 0.6
