"""Whatever a source sends: typed records or SourceFormatError, never anything else."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingestion.dwd_cap.archive import messages
from services.ingestion.dwd_cap.parser import Alert, parse_alert
from services.ingestion.dwd_station.parser import Observed, parse_observations
from services.ingestion.gbfs.parser import Station as SharingStation
from services.ingestion.gbfs.parser import Status as SharingStatus
from services.ingestion.gbfs.parser import parse_feeds, parse_information, parse_status
from services.ingestion.gtfs.parser import Timetable, parse_timetable
from services.ingestion.gtfs_rt.parser import Realtime, parse_realtime
from services.ingestion.lhp.parser import SiteValue, parse_site
from services.ingestion.ngsi_ld.parser import Entity, parse_notification
from services.ingestion.parking.parser import Site, parse_sites
from services.ingestion.pegelonline.parser import (
    Measurement,
    Station,
    parse_measurements,
    parse_stations,
)
from services.ingestion.sensorthings.parser import Observed as Thing
from services.ingestion.sensorthings.parser import parse_page, parse_stream
from services.sources.errors import SourceFormatError
from tests.support import gtfs_feed

TODAY = date(2023, 7, 26)

CAP = (
    b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>i</identifier>'
    b"<sender>s</sender><sent>2023-06-22T23:40:00+02:00</sent><status>Actual</status>"
    b"<msgType>Alert</msgType><scope>Public</scope><info><event>E</event><area>"
    b"<areaDesc>A</areaDesc><polygon>50,7 51,7 51,8</polygon></area></info></alert>"
)
STATION = b"x;y;relative_humidity\n10506;Unit;%\na;b;c\n26.07.23;17:00;88,5\n26.07.23;16:00;---\n"
PARSERS = {
    "stations": (parse_stations, Station),
    "measurements": (parse_measurements, Measurement),
    "site": (parse_site, SiteValue),
    "observations": (lambda body: parse_observations(body, "10506"), Observed),
    "alert": (lambda body: (parse_alert(body),), Alert),
    "archive": (lambda body: tuple(messages(body)), tuple),
    "page": (lambda body: parse_page(body, "a.b").observations, Thing),
    "stream": (lambda body: (parse_stream(body),), object),
    "notification": (parse_notification, Entity),
    "gbfs feeds": (lambda body: tuple(parse_feeds(body, "de")), str),
    "gbfs stations": (parse_information, SharingStation),
    "gbfs status": (parse_status, SharingStatus),
    "parking": (parse_sites, Site),
    "realtime": (lambda body: (parse_realtime(body),), Realtime),
    "timetable": (lambda body: (parse_timetable(body, lambda *_: True, TODAY),), Timetable),
}
SEEDS = {
    "stations": b'[{"uuid":"a","latitude":1e400,"timeseries":[{"shortname":"W"}]}]',
    "measurements": b'[{"timestamp":"2023-07-26T19:15:00+02:00","value":1}]',
    "site": b'{"W":{"xLast":"2026-09-23T20:00:00Z","yLast":240,"measurements":[{"x":1,"y":2}]}}',
    "observations": STATION,
    "alert": CAP,
    "archive": b"PK\x03\x04" + bytes(40),
    "page": b'{"value":[{"phenomenonTime":"2023-03-28T10:30:00Z","result":1}]}',
    "stream": b'{"unitOfMeasurement":{"symbol":"m"},"Thing":{"Locations":[{}]}}',
    "notification": b'{"data":[{"id":"a","type":"B","c":{"value":1},"location":{}}]}',
    "gbfs feeds": b'{"data":{"de":{"feeds":[{"name":"a","url":"b"}]}}}',
    "gbfs stations": b'{"data":{"stations":[{"station_id":"1","name":[{"text":"a"}],"lat":1}]}}',
    "gbfs status": b'{"data":{"stations":[{"station_id":"1","last_reported":1e9}]}}',
    "parking": b'{"items":[{"id":1,"lat":"50.1","realtime_free_capacity":3}],"lots":5}',
    "realtime": gtfs_feed.realtime(1_690_000_000, {"a": 1}, 2),
    "timetable": gtfs_feed.packed(gtfs_feed.tables(TODAY, lines=3, per_day=2)),
}
KEYS = st.sampled_from(
    [
        *("uuid", "timeseries", "currentMeasurement", "timestamp", "value", "W", "Q", "type"),
        *("measurements", "x", "y", "xLast", "yLast", "id", "data", "location", "coordinates"),
        *("observedAt", "unitCode", "@value", "phenomenonTime", "result", "resultQuality"),
        *(
            "stations",
            "feeds",
            "lots",
            "items",
            "station_id",
            "free",
            "coords",
            "name",
            "last_reported",
        ),
        *("@iot.nextLink", "unitOfMeasurement", "Thing", "Locations", "name", "dateObserved"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


def holds(name, body):
    parse, kind = PARSERS[name]
    try:
        found = parse(body)
    except SourceFormatError:
        return
    assert all(isinstance(item, kind) for item in found)


@pytest.mark.parametrize("name", PARSERS)
@given(body=st.binary(max_size=300))
def test_any_bytes(name, body):
    holds(name, body)


@pytest.mark.parametrize("name", PARSERS)
@given(body=VALUES)
def test_any_json(name, body):
    holds(name, json.dumps(body).encode())


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.data())
def test_a_good_body_with_one_byte_changed_or_cut_off(name, data):
    seed = SEEDS[name]
    at = data.draw(st.integers(0, len(seed) - 1))
    holds(name, seed[:at])
    holds(name, seed[:at] + bytes([data.draw(st.integers(0, 255))]) + seed[at + 1 :])


RUBBISH = [
    b"",
    b"  \n",
    b"<!doctype html><title>Wartung</title>",
    b'{"value": [',
    b"[NaN]",
    '[{"uuid": "\xe4"}]'.encode("latin-1"),
    b"[" * 100_000,
    b"PK\x03\x04kaputt",
]
CASES = [
    (name, body)
    for name in PARSERS
    for body in RUBBISH
    if name != "archive" or not body.strip() or body.startswith(b"PK")
]
"""To the archive anything but a zip is one message, which its own parser refuses."""


@pytest.mark.parametrize(("name", "body"), CASES)
def test_the_usual_rubbish_is_refused_with_a_reason(name, body):
    with pytest.raises(SourceFormatError):
        PARSERS[name][0](body)
