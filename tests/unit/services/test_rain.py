"""Rain out of the store: radar before rain gauges, newest receipt counts, forecasts apart."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from data import observations, things
from data.observations import ObservationRow
from services.flood.model import Flag
from services.flood.rain.series import catchment_key, catchment_thing
from services.rain import RADAR, STATION, rain_series

NOW = datetime(2024, 5, 2, 21, 0, tzinfo=UTC)
GAUGE = "iot-bermel"
ELZBACH = catchment_thing("elzbach")


@pytest.fixture
def store(sqlite_sessions, region):
    with sqlite_sessions() as session, session.begin():
        things.ensure(
            session,
            region.region_id,
            [
                things.stream(
                    catchment_thing("elzbach"), "Einzugsgebiet Elzbach", "catchment", "rain", "mm"
                ),
                things.stream(GAUGE, "Bermel", "gauge", "rain", "mm"),
                things.stream("iot-hammesmuehle", "Hammesmühle", "gauge", "rain", "mm"),
                things.stream("27140500", "Nettegut", "gauge", "rain", "mm"),
            ],
        )
    return sqlite_sessions


def put(store, key, values, received):
    with store() as session, session.begin():
        number = things.ids(session)[key]
        observations.upsert(
            session,
            [
                ObservationRow(number, at, received, value, value, Flag.GOOD, "", "imported")
                for at, value in values.items()
            ],
        )


def read(store, region, now=NOW):
    with store() as session:
        return rain_series(session, region, now)


def minutes(count):
    return timedelta(minutes=count)


def test_radar_speaks_before_the_rain_gauges_of_the_river(store, region):
    put(store, f"{GAUGE}/rain", {NOW - minutes(15): 9.0}, NOW)
    put(store, catchment_key("elzbach"), {NOW - minutes(5): 1.5, NOW + minutes(60): 2.0}, NOW)
    found = read(store, region)["elzbach"]

    assert found.source == RADAR
    assert found.depth_mm.tolist() == [1.5, 2.0]
    assert found.times_s[-1] > NOW.timestamp()


def test_old_radar_gives_way_to_the_rain_gauge_though_its_forecast_reaches_now(store, region):
    put(store, catchment_key("elzbach"), {NOW - minutes(1): 1.5}, NOW - minutes(90))
    put(store, f"{GAUGE}/rain", {NOW - minutes(15): 9.0}, NOW - minutes(14))
    found = read(store, region)["elzbach"]

    assert found.source == STATION
    assert found.depth_mm.tolist() == [9.0]


def test_two_rain_gauges_on_a_river_are_averaged(store, region):
    put(store, "iot-hammesmuehle/rain", {NOW - minutes(30): 4.0}, NOW)
    put(store, "27140500/rain", {NOW - minutes(20): 2.0}, NOW)

    assert float(np.sum(read(store, region)["nette"].depth_mm)) == pytest.approx(3.0)


def test_missing_rain_is_left_out_and_a_river_without_any_lacks(store, region):
    put(store, catchment_key("elzbach"), {NOW - minutes(5): None}, NOW)

    assert read(store, region) == {}


def test_what_was_not_yet_received_is_not_known(store, region):
    put(store, catchment_key("elzbach"), {NOW - minutes(5): 1.5}, NOW + minutes(10))

    assert read(store, region) == {}
