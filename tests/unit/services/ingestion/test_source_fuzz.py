"""Whatever a source sends: typed records or SourceFormatError, never anything else."""

import bz2
import io
import json
import tarfile
from datetime import date

import numpy as np
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
from services.ingestion.lhp_alerts.parser import FloodAlert, parse_alerts
from services.ingestion.ngsi_ld.parser import Entity, parse_notification
from services.ingestion.parking.parser import Site, parse_sites
from services.ingestion.pegelonline.parser import (
    Measurement,
    Station,
    parse_measurements,
    parse_stations,
)
from services.ingestion.radar.archive import read_frames
from services.ingestion.radar.errors import RadarFileError
from services.ingestion.radar.parser import RadarFrame, parse_composite
from services.ingestion.sensorthings.parser import Observed as Thing
from services.ingestion.sensorthings.parser import parse_page, parse_stream
from services.sources.errors import SourceFormatError
from tests.support import gtfs_feed
from tests.unit.services.ingestion.radar.composite import composite

REFUSALS = (SourceFormatError, RadarFileError)
TODAY = date(2023, 7, 26)

CAP = (
    b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>i</identifier>'
    b"<sender>s</sender><sent>2023-06-22T23:40:00+02:00</sent><status>Actual</status>"
    b"<msgType>Alert</msgType><scope>Public</scope><info><event>E</event><area>"
    b"<areaDesc>A</areaDesc><polygon>50,7 51,7 51,8</polygon></area></info></alert>"
)
STATION = b"x;y;relative_humidity\n10506;Unit;%\na;b;c\n26.07.23;17:00;88,5\n26.07.23;16:00;---\n"


def packed(*bodies):
    """Return a tar archive of composites, with a folder entry first as archivers write it."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as made:
        folder = tarfile.TarInfo("größe")
        folder.type = tarfile.DIRTYPE
        made.addfile(folder)
        for number, body in enumerate(bodies):
            info = tarfile.TarInfo(f"DE1200_RV_{number:03d}")
            info.size = len(body)
            made.addfile(info, io.BytesIO(body))
    return raw.getvalue()


CELLS = np.arange(100, dtype=np.uint16).reshape(10, 10)
RADAR = packed(composite(CELLS), composite(CELLS, 5))
PARSERS = {
    "stations": (parse_stations, Station),
    "measurements": (parse_measurements, Measurement),
    "site": (parse_site, SiteValue),
    "flood warnings": (lambda body: parse_alerts(body).alerts, FloodAlert),
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
    "radar composite": (lambda body: (parse_composite(body),), RadarFrame),
    "radar archive": (read_frames, RadarFrame),
    "radar tar": (read_frames, RadarFrame),
    "timetable": (lambda body: (parse_timetable(body, lambda *_: True, TODAY),), Timetable),
}
SEEDS = {
    "stations": b'[{"uuid":"a","latitude":1e400,"timeseries":[{"shortname":"W"}]}]',
    "measurements": b'[{"timestamp":"2023-07-26T19:15:00+02:00","value":1}]',
    "site": b'{"W":{"xLast":"2026-09-23T20:00:00Z","yLast":240,"measurements":[{"x":1,"y":2}]}}',
    "flood warnings": (
        b'{"status":"success","updated":"2026-07-13T10:43:47+01:00","data":[{"id":"RP_1",'
        b'"geometry":{"type":"Polygon","coordinates":[[[7,50],[8,50],[8,51],[7,50]]]},'
        b'"cap":{"sent":"2026-07-13 08:00:00","info":[{"onset":""}]}}]}'
    ),
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
    "radar composite": composite(CELLS, 5),
    "radar archive": bz2.compress(RADAR),
    "radar tar": RADAR,
    "timetable": gtfs_feed.packed(gtfs_feed.tables(TODAY, lines=3, per_day=2)),
}
KEYS = st.sampled_from(
    [
        *("uuid", "timeseries", "currentMeasurement", "timestamp", "value", "W", "Q", "type"),
        *("measurements", "x", "y", "xLast", "yLast", "id", "data", "location", "coordinates"),
        *(
            "status",
            "updated",
            "geometry",
            "cap",
            "sent",
            "info",
            "observedAt",
            "unitCode",
            "@value",
            "phenomenonTime",
            "result",
            "resultQuality",
        ),
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
    except REFUSALS:
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
    with pytest.raises(REFUSALS):
        PARSERS[name][0](body)


@given(power=st.integers(-99, 99), field=st.sampled_from(["INT", "VV", "GP"]), data=st.data())
def test_the_rain_of_any_radar_header_is_a_possible_one(power, field, data):
    body = composite(CELLS, 5).replace(b"PR E-02", f"PR E{power:+03d}".encode())
    digits = data.draw(st.text("0123456789 -", min_size=4, max_size=4)).encode()
    at = body.index(field.encode()) + len(field)
    try:
        frame = parse_composite(body[:at] + digits + body[at + 4 :])
    except RadarFileError:
        return
    assert np.nanmax(frame.rain_mm, initial=0.0) <= 4095.0
    assert 0 <= frame.forecast_min <= 24 * 60


@given(
    kind=st.sampled_from([b"0", b"5", b"x", b"g", b"L", b"S"]),
    size=st.binary(min_size=12, max_size=12),
)
def test_any_size_in_the_header_of_a_radar_archive_ends_and_is_refused_or_read(kind, size):
    info = bytearray(RADAR)
    at = RADAR.index(b"DE1200_RV_001")
    info[at + 124 : at + 136] = size
    info[at + 156 : at + 157] = kind
    info[at + 148 : at + 156] = b" " * 8
    info[at + 148 : at + 156] = b"%06o\0 " % sum(info[at : at + 512])
    holds("radar tar", bytes(info))


def test_what_unpacks_to_far_more_than_a_radar_archive_is_refused_before_it_is_unpacked(
    monkeypatch,
):
    monkeypatch.setattr("services.ingestion.radar.archive.LARGEST_ARCHIVE", len(RADAR))
    assert len(read_frames(bz2.compress(RADAR))) == 2
    with pytest.raises(RadarFileError, match="größer"):
        read_frames(bz2.compress(bytes(len(RADAR) + 1)))
