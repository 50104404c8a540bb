"""Rain pictures: what is kept of a radar file, what the loop shows, what it says without one."""

import io
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from PIL import Image

from services.errors import UnknownResourceError
from services.ingestion.radar.grid import COLUMNS, ROWS
from services.ingestion.radar.parser import RadarFrame
from services.map_frame import frame_of
from services.rain_pictures.classes import MISSING, cells_of, classify, height_of, pack, unpack
from services.rain_pictures.keeping import KEPT, keep_pictures
from services.rain_pictures.service import RainPictures
from tests.support.sample_alarms import StandingClock

AT = datetime(2026, 3, 10, 11, 55, tzinfo=UTC)


def frame(minutes=0, *, rain=0.0, analysed=AT):
    return RadarFrame("RV", analysed, minutes, 5, np.full((ROWS, COLUMNS), rain, dtype=np.float32))


def keep(sessions, region, *frames):
    with sessions.begin() as session:
        keep_pictures(session, region, frames)


def pictures(sessions, region, *, minutes=0):
    clock = StandingClock()
    clock.instant += timedelta(minutes=minutes)
    return RainPictures(sessions, region, clock)


def test_a_class_is_the_hourly_rate_and_missing_is_not_dry(region):
    cells = cells_of(frame_of(region.pack))
    rain = np.zeros((ROWS, COLUMNS))
    assert set(np.unique(classify(rain, cells))) == {0}
    rain[:] = 0.5  # 6 mm/h
    assert set(np.unique(classify(rain, cells))) == {4}
    rain[:] = np.nan
    assert set(np.unique(classify(rain, cells))) == {MISSING}


def test_pixels_off_the_radar_are_missing(region):
    off = np.full((3, 4), -1)
    assert set(np.unique(classify(np.zeros((ROWS, COLUMNS)), off))) == {MISSING}


def test_the_picture_lies_where_the_radar_saw_the_rain(region):
    found = frame_of(region.pack)
    cells = cells_of(found)
    assert cells.shape[0] == height_of(found)
    north_west, south_east = cells[0, 0], cells[-1, -1]
    assert north_west // COLUMNS > south_east // COLUMNS  # rows of the radar count from the south
    assert north_west % COLUMNS < south_east % COLUMNS


def test_packing_gives_the_same_classes_back():
    classes = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert (unpack(pack(classes), 4, 3) == classes).all()


def test_without_pictures_the_loop_is_empty_and_has_no_file(sessions, region):
    found = pictures(sessions, region)
    assert found.loop().frames == ()
    assert found.loop().is_stale
    with pytest.raises(UnknownResourceError):
        found.strip("")


def test_the_loop_tells_past_from_forecast_and_how_much_is_wet(sessions, region):
    keep(sessions, region, frame(0, rain=0.5), frame(5, rain=0.0))
    loop = pictures(sessions, region).loop()
    assert [each.is_forecast for each in loop.frames] == [False, True]
    assert [each.wet_share for each in loop.frames] == [1.0, 0.0]
    assert not loop.is_stale
    assert pictures(sessions, region, minutes=40).loop().is_stale


def test_a_newer_analysis_replaces_a_forecast_and_an_older_one_does_not(sessions, region):
    later = AT + timedelta(minutes=5)
    keep(sessions, region, frame(5, rain=0.5))
    keep(sessions, region, frame(0, rain=0.0, analysed=later))
    keep(sessions, region, frame(5, rain=0.5))
    [only] = pictures(sessions, region).loop().frames
    assert (only.ends_at, only.is_forecast, only.wet_share) == (later, False, 0.0)


def test_what_was_not_analysed_yet_is_not_shown(sessions, region):
    keep(sessions, region, frame(0, analysed=AT + timedelta(hours=1)))
    assert pictures(sessions, region).loop().frames == ()


def test_old_pictures_are_forgotten(sessions, region):
    keep(sessions, region, frame(0))
    keep(sessions, region, frame(0, analysed=AT + KEPT + timedelta(minutes=5)))
    clock_at_first = pictures(sessions, region)
    assert clock_at_first.loop().frames == ()


def test_the_strip_has_all_pictures_below_each_other(sessions, region):
    keep(sessions, region, frame(0, rain=0.5), frame(5, rain=0.0))
    found = pictures(sessions, region)
    loop = found.loop()
    image = Image.open(io.BytesIO(found.strip(loop.version))).convert("RGBA")
    assert image.size == (loop.width, 2 * loop.height)
    assert image.getpixel((5, 5))[3] > 0
    assert image.getpixel((5, loop.height + 5))[3] == 0
    with pytest.raises(UnknownResourceError):
        found.strip("another")
