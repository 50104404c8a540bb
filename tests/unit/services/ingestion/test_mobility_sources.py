"""Shared vehicles and parking: both versions of each form, and what is wrong with them."""

import json
from datetime import UTC, datetime

import pytest

from services.ingestion.gbfs import mapping as gbfs
from services.ingestion.gbfs.parser import parse_feeds, parse_information, parse_status
from services.ingestion.parking import mapping as parking
from services.ingestion.parking.parser import parse_sites
from services.sources.errors import SourceFormatError
from tests.support import visits

AT = int(visits.NOW.timestamp()) - 60
URL = visits.URL


def body(value):
    return json.dumps(value).encode()


def directory(*, three=False):
    feeds = [
        {"name": name, "url": f"{URL}/{name}"} for name in ("station_information", "station_status")
    ]
    data = {"feeds": feeds} if three else {"en": {"feeds": []}, "de": {"feeds": feeds}}
    return body({"version": "3.0" if three else "2.3", "data": data})


def stations(*items):
    return body({"data": {"stations": list(items)}})


INFORMATION = stations(
    {"station_id": "1", "name": "Bahnhof Mayen", "lat": 50.33, "lon": 7.22, "capacity": 8},
    {"station_id": "2", "name": "Berlin", "lat": 52.5, "lon": 13.4},
    {"station_id": "3", "name": "Vertauscht", "lat": 7.22, "lon": 50.33},
)
STATUS = stations(
    {"station_id": "1", "num_bikes_available": 3, "num_docks_available": 5, "last_reported": AT,
     "is_installed": 1, "is_renting": 1},
    {"station_id": "2", "num_bikes_available": 9, "last_reported": AT},
    {"station_id": "3", "num_bikes_available": 2, "last_reported": AT, "is_renting": False},
)  # fmt: skip


def test_stations_of_the_region_become_readings(region):
    entry = visits.entry("gbfs", {"prefix": "rad"})
    bodies = {"": directory(), "/station_information": INFORMATION, "/station_status": STATUS}
    harvest = gbfs.collect(visits.visit(entry, region, bodies))
    values = {row.datastream_key: row.value for row in harvest.readings}
    assert values == {
        "rad-1/vehicles_available": 3.0,
        "rad-1/docks_available": 5.0,
        "rad-3/vehicles_available": 2.0,
    }
    by_id = {row.thing.thing_id: row.thing for row in harvest.streams}
    assert by_id["rad-1"].properties["capacity"] == 8
    assert by_id["rad-3"].lat is None
    assert any("vertauscht" in note for note in harvest.notes)
    closed = next(row for row in harvest.readings if row.datastream_key.startswith("rad-3"))
    assert closed.time_note == "Station ist außer Betrieb"


def test_version_three_has_texts_by_language_and_iso_times(region):
    information = stations(
        {"station_id": "1", "lat": 50.3, "lon": 7.2,
         "name": [{"text": "Station", "language": "en"}, {"text": "Bahnhof", "language": "de"}]}
    )  # fmt: skip
    status = stations(
        {"station_id": "1", "num_vehicles_available": 4, "is_installed": True, "is_renting": True,
         "last_reported": "2023-07-26T19:15:00+02:00"}
    )  # fmt: skip
    assert parse_information(information)[0].name == "Bahnhof"
    assert parse_status(status)[0].at == datetime(2023, 7, 26, 17, 15, tzinfo=UTC)
    assert set(parse_feeds(directory(three=True), "de")) == {
        "station_information",
        "station_status",
    }


@pytest.mark.parametrize("value", [0, -1, 1e300, True, "gestern", None])
def test_a_time_that_is_none_is_refused_not_invented(region, value):
    entry = visits.entry("gbfs")
    status = stations({"station_id": "1", "num_bikes_available": 3, "last_reported": value})
    bodies = {"": directory(), "/station_information": INFORMATION, "/station_status": status}
    harvest = gbfs.collect(visits.visit(entry, region, bodies))
    assert harvest.readings == ()
    assert [row.reason_code for row in harvest.rejects] == ["no_time"]


@pytest.mark.parametrize(
    ("feeds", "words"),
    [
        (b"", "leer"),
        (b"<html>", "Webseite"),
        (body({"data": {}}), "keine Dateien"),
        (body({"data": {"feeds": [{"name": "system", "url": "x"}]}}), "nicht"),
    ],
)
def test_a_broken_directory_says_why(region, feeds, words):
    with pytest.raises(SourceFormatError, match=words):
        gbfs.collect(visits.visit(visits.entry("gbfs"), region, {"": feeds}))


LOTS = body(
    {
        "last_updated": "2023-07-26T17:10:00",
        "lots": [
            {"id": "mayen-markt", "name": "Marktplatz", "free": 12, "total": 80, "state": "open",
             "coords": {"lat": 50.33, "lng": 7.22}},
            {"id": "zu", "name": "Zu", "free": 0, "total": 10, "state": "closed"},
            {"id": "stumm", "name": "Stumm", "free": 0, "total": 10, "state": "nodata"},
        ],
    }
)  # fmt: skip
ITEMS = body(
    {
        "items": [
            {"id": 7, "original_uid": "p7", "name": "P+R", "lat": "50.3300", "lon": "7.2200",
             "capacity": 50, "realtime_free_capacity": 20,
             "realtime_data_updated_at": "2023-07-26T17:12:00Z"},
            {"id": 8, "original_uid": "p8", "name": "Ohne Zähler", "lat": "50.33", "lon": "7.22",
             "capacity": 50},
        ]
    }
)  # fmt: skip


def test_lots_of_version_one_share_a_time_in_utc(region):
    harvest = parking.collect(visits.visit(visits.entry("parkapi"), region, {"": LOTS}))
    values = {row.datastream_key: row for row in harvest.readings}
    assert values["parken-mayen-markt/spaces_free"].value == 12.0
    assert values["parken-mayen-markt/spaces_free"].phenomenon_time == datetime(
        2023, 7, 26, 17, 10, tzinfo=UTC
    )
    assert values["parken-zu/spaces_free"].time_note == "Parkplatz ist geschlossen"
    assert [row.datastream_key for row in harvest.missing] == ["parken-stumm/spaces_free"]


def test_items_of_version_three_have_their_own_times_and_silence_is_missing(region):
    harvest = parking.collect(visits.visit(visits.entry("parkapi"), region, {"": ITEMS}))
    assert {row.datastream_key: row.value for row in harvest.readings} == {
        "parken-p7/spaces_free": 20.0
    }
    assert [row.reason_code for row in harvest.rejects] == ["no_time"]


@pytest.mark.parametrize(
    "broken", [b"[]", b"{}", body({"lots": [{"name": "x"}]}), b'{"items":[{}]}']
)
def test_what_is_no_list_of_sites_is_refused(broken):
    with pytest.raises(SourceFormatError):
        parse_sites(broken)
