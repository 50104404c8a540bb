"""From real and made-up bodies to readings: units, places, sentinels, times, stations twice."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from services.ingestion.dwd_station import mapping as dwd_station
from services.ingestion.lhp import mapping as lhp
from services.ingestion.lhp.parser import SiteValue
from services.ingestion.pegelonline import mapping as pegelonline
from services.ingestion.sensorthings import mapping as sensorthings
from services.sources.errors import SourceFormatError, SourceUnavailableError
from tests.support.visits import NOW, URL, entry, visit

UUID = "915d76e1-xxxx-xxxx-xxxx-4d144cd771cc"
WUERZBURG = "pegelonline/station_with_timeseries_wuerzburg_2023-07-26.json"


def pegel(region, body, history=None, **options):
    source = entry("pegelonline", {"stations": {UUID: ""}, "history_h": 0, **options})
    bodies = {"/stations.json": body, "/stations/": history or b"[]"}
    return pegelonline.collect(visit(source, region, bodies))


def station(**changes):
    series = {
        "shortname": "W",
        "unit": "cm",
        "currentMeasurement": {"timestamp": "2023-07-26T19:15:00+02:00", "value": 159},
    }
    base = {
        "uuid": UUID,
        "number": "1",
        "shortname": "KOBLENZ",
        "latitude": 50.36,
        "longitude": 7.6,
        "timeseries": [series | changes.pop("series", {})],
    }
    return json.dumps([base | changes]).encode()


def test_a_real_station_gives_stage_in_metres_flow_and_temperatures(region, shared_data):
    body = b"[" + (shared_data / WUERZBURG).read_bytes() + b"]"
    found = pegel(region, body)
    values = {item.datastream_key.rpartition("/")[2]: item for item in found.readings}
    assert {name: item.value for name, item in values.items()} == {
        "stage": 1.59,
        "discharge": 102.0,
        "air_temperature": 21.2,
        "water_temperature": 22.1,
    }
    assert values["stage"].raw_value == 159
    assert values["stage"].phenomenon_time == datetime(2023, 7, 26, 17, 15, tzinfo=UTC)
    [thing] = {stream.thing.thing_id: stream.thing for stream in found.streams}.values()
    assert thing.properties["zero_m_nhn"] == 164.511
    assert thing.properties["state_mnw_mhw"] == "normal"
    assert (thing.lat, thing.lon) == (None, None)
    assert "außerhalb der Region" in found.notes[0]


def test_a_station_that_the_pack_knows_is_its_gauge(region):
    found = pegel(region, station(), stations={UUID: "25900700"})
    assert [item.datastream_key for item in found.readings] == ["25900700/stage"]
    assert found.notes == ()


def test_the_hours_before_come_along_and_each_instant_once(region):
    history = [
        {"timestamp": f"2023-07-26T{hour}:15:00+02:00", "value": 100 + hour} for hour in (18, 19)
    ]
    found = pegel(region, station(), json.dumps(history).encode(), history_h=6)
    assert [item.value for item in found.readings] == [1.18, 1.59]


def test_swapped_coordinates_cost_the_place_not_the_values(region):
    found = pegel(region, station(latitude=7.6, longitude=50.36))
    assert "vertauscht" in found.notes[0]
    assert found.streams[0].thing.lat is None
    assert len(found.readings) == 1


def test_a_station_twice_is_reported_and_taken_once(region):
    one = json.loads(station())[0]
    found = pegel(region, json.dumps([one, one]).encode())
    assert "mehrfach" in found.notes[0]
    assert len(found.readings) == 1


def test_a_station_that_is_not_there_is_named(region):
    found = pegel(region, b"[]")
    assert found.notes == (f"Station {UUID} fehlt in der Antwort",)


@pytest.mark.parametrize("value", [-888, -777, 5000, 10000, None])
def test_a_sentinel_becomes_a_missing_value_with_its_reason(region, value):
    at = {"timestamp": "2023-07-26T19:15:00+02:00", "value": value}
    found = pegel(region, station(series={"currentMeasurement": at}))
    assert found.readings == ()
    [missing] = found.missing
    assert missing.raw_value == value
    assert missing.reason


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2023-07-26T19:15:00", "no_time"),
        ("gestern", "no_time"),
        ("2023-07-26T20:15:00+02:00", "time_in_future"),
        ("1970-01-01T00:00:00Z", "time_not_set"),
    ],
)
def test_an_impossible_time_is_refused_and_kept_with_its_reason(region, at, code):
    body = station(series={"currentMeasurement": {"timestamp": at, "value": 1}})
    found = pegel(region, body)
    assert [(row.reason_code, row.source) for row in found.rejects] == [(code, "quelle")]
    assert found.readings == ()


def test_a_foreign_unit_is_refused_and_a_huge_number_is_left_to_the_flags(region):
    found = pegel(region, station(series={"unit": "mg/l"}))
    assert [row.reason_code for row in found.rejects] == ["bad_unit"]
    at = {"timestamp": "2023-07-26T19:15:00+02:00", "value": 1e12}
    found = pegel(region, station(series={"currentMeasurement": at}))
    assert found.readings[0].value == 1e10


SITES = {"sites": [{"number": "1", "gauge_id": "27140205", "site_type": "state"}]}


def site(region, body, options=SITES):
    return lhp.collect(visit(entry("lhp", options), region, {"/measurement-site/1": body}))


def test_a_site_gives_its_stage_and_flow(region):
    body = {
        "W": {
            "xLast": "2023-07-26T17:15:00Z",
            "yLast": 62,
            "measurements": [{"x": "2023-07-26T17:00:00Z", "y": 60}],
        },
        "Q": {"measurements": [{"x": "2023-07-26T17:00:00Z", "y": 1.5}]},
    }
    found = site(region, json.dumps(body).encode())
    values = [(item.datastream_key, item.value) for item in found.readings]
    assert values == [
        ("27140205/stage", 0.6),
        ("27140205/stage", 0.62),
        ("27140205/discharge", 1.5),
    ]
    assert found.streams[0].thing.properties["site_type"] == "state"


def test_an_empty_answer_of_a_site_is_a_failure_not_calm_water(region):
    with pytest.raises(SourceFormatError, match="leer"):
        site(region, b"")


def test_one_bad_site_does_not_spoil_the_other(region):
    two = {"sites": [*SITES["sites"], {**SITES["sites"][0], "number": "2", "gauge_id": "27140500"}]}
    body = json.dumps({"W": {"xLast": "2023-07-26T17:15:00Z", "yLast": 62}}).encode()
    bodies = {"/measurement-site/1": b"<html>", "/measurement-site/2": body}
    found = lhp.collect(visit(entry("lhp", two), region, bodies))
    assert [item.datastream_key for item in found.readings] == ["27140500/stage"]
    assert "Messstelle 1" in found.notes[0]


@pytest.mark.parametrize(
    ("value", "expected"), [(124.41, True), (12441, True), (62, False), (124, False), (None, False)]
)
def test_a_height_above_sea_is_not_taken_for_a_stage(value, expected):
    at = NOW - timedelta(minutes=5)
    assert lhp.is_height_above_sea(SiteValue("W", at, value), 123.79) is expected


STATION = {"station_id": "10315", "name": "Station", "lat": 50.4, "lon": 7.2}


def test_a_real_station_file_gives_its_hours_with_decimal_commas(region, shared_data):
    body = (shared_data / "cap-radar" / "10315-BEOB.csv").read_bytes()
    now = datetime(2023, 4, 12, 11, 30, tzinfo=UTC)
    source = entry("dwd-station", STATION)
    found = dwd_station.collect(visit(source, region, {"": body}, now))
    newest = {
        item.datastream_key.rpartition("/")[2]: item.value
        for item in found.readings
        if item.phenomenon_time == datetime(2023, 4, 12, 11, 0, tzinfo=UTC)
    }
    assert newest == {
        "air_temperature": 9.2,
        "rain": 2.1,
        "air_pressure": 997.8,
        "humidity": 94.0,
        "wind_speed": pytest.approx(8 / 3.6, abs=1e-5),
        "wind_gust": pytest.approx(17 / 3.6, abs=1e-5),
        "wind_direction": 180.0,
    }


def test_a_file_of_another_station_is_refused(region, shared_data):
    body = (shared_data / "cap-radar" / "10315-BEOB.csv").read_bytes()
    source = entry("dwd-station", STATION | {"station_id": "10506"})
    with pytest.raises(SourceFormatError, match="10506"):
        dwd_station.collect(visit(source, region, {"": body}))


STREAM = {"datastream": "1", "thing_id": "nachbar", "observed_property": "stage"}
INFO = {
    "name": "Pegel",
    "unitOfMeasurement": {"symbol": "cm"},
    "Thing": {
        "name": "Bach",
        "Locations": [{"location": {"type": "Point", "coordinates": [7.2, 50.3]}}],
    },
}
OBSERVATIONS = "/Datastreams(1)/Observations"


def observed(region, pages, **options):
    source = entry("sensorthings", {"streams": [STREAM], **options})
    bodies = {"/Datastreams(1)?": json.dumps(INFO).encode(), **pages}
    now = datetime(2023, 3, 28, 18, 20, tzinfo=UTC)
    return sensorthings.collect(visit(source, region, bodies, now))


def page(values, link=None):
    found = {
        "value": [
            {"phenomenonTime": at, "result": value, "resultQuality": quality}
            for at, value, quality in values
        ]
    }
    return json.dumps(found | ({"@iot.nextLink": link} if link else {})).encode()


def test_a_real_page_is_read_and_its_status_nine_is_not_taken_for_missing(region, shared_data):
    name = "uplinks/sensorthings_v1.1_observations_bgs_frost_2023.json"
    body = json.loads((shared_data / name).read_text())
    del body["@iot.nextLink"]
    pages = {OBSERVATIONS: json.dumps(body).encode()}
    found = observed(region, pages, quality_key="quality", good=["Good"])
    assert [item.raw_value for item in found.readings] == [1009.86, 1008.17, 1005.7]
    assert [item.time_note for item in found.readings] == ["", "", ""]
    assert observed(region, pages).readings == found.readings


def test_pages_are_followed_on_the_same_server_only_and_not_for_ever(region):
    first = page([("2023-03-28T18:00:00Z", 60, None)], f"{URL}/next")
    pages = {OBSERVATIONS: first, "/next": page([("2023-03-28T17:00:00Z", 50, None)])}
    found = observed(region, pages)
    assert [item.value for item in found.readings] == [0.6, 0.5]
    assert (found.streams[0].thing.lat, found.streams[0].thing.lon) == (50.3, 7.2)
    pages["/next"] = page([("2023-03-28T17:00:00Z", 50, None)], f"{URL}/next")
    assert "abgebrochen" in observed(region, pages, most_pages=3).notes[0]
    pages[OBSERVATIONS] = page([("2023-03-28T18:00:00Z", 60, None)], "https://evil.example/x")
    with pytest.raises(SourceUnavailableError, match="anderen Server"):
        observed(region, pages)


def test_a_configured_quality_that_is_not_good_makes_a_value_suspect(region):
    values = [("2023-03-28T18:00:00Z", 60, {"quality": "Bad"})]
    pages = {OBSERVATIONS: page(values)}
    found = observed(region, pages, quality_key="quality", good=["Good"])
    assert "Bad" in found.readings[0].time_note
