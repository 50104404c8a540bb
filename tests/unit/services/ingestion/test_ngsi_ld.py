"""Notifications of NGSI-LD: all forms, real entities, and from spool to store."""

import json
from datetime import UTC, datetime

import pytest

from data import observations, rejected, things
from services.ingestion.ngsi_ld import mapping
from services.ingestion.ngsi_ld.parser import parse_notification, short_name
from services.ingestion.quality import gauge_flagger
from services.ingestion.ranges import with_ranges
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage, oversized
from services.ingestion.writer import SpoolWriter
from services.sources.errors import SourceFormatError
from services.sources.pushed import PushedSources
from tests.support.visits import entry, visit, with_sources

NOW = datetime(2021, 1, 1, tzinfo=UTC)
AT = "2020-12-31T12:00:00Z"
LEVEL = {"attribute": "waterLevel", "observed_property": "stage", "unit": "m"}
OPTIONS = {
    "mappings": [
        {"entity_id": "urn:x:1", "thing_id": "iot-nitz", **LEVEL},
        {"entity_type": "WaterObserved", **LEVEL},
        {"entity_type": "FloodMonitoring", **LEVEL, "attribute": "currentLevel"},
    ]
}
SOURCE = entry("ngsi-ld", OPTIONS, url=None, id="broker")
CONTEXT = "https://smartdatamodels.org/dataModel.Environment/"


def collect(region, body, now=NOW):
    return mapping.collect(visit(SOURCE, region, {}, now), body)


def notification(*entities):
    return json.dumps({"type": "Notification", "data": list(entities)}).encode()


def entity(level, entity_id="urn:x:1", **more):
    return {"id": entity_id, "type": "WaterObserved", "waterLevel": level, **more}


@pytest.mark.parametrize(
    "sent",
    [
        entity({"type": "Property", "value": 1.5, "observedAt": AT}),
        entity({"type": "Property", "value": 150, "unitCode": "CMT", "observedAt": AT}),
        entity({"value": 1.5, "observedAt": AT}),
        entity(1.5, dateObserved=AT),
        entity(1.5, dateObserved={"value": {"@type": "DateTime", "@value": AT}}),
        {
            "id": "urn:x:1",
            "type": f"{CONTEXT}WaterObserved",
            f"{CONTEXT}waterLevel": [{"value": 1.5, "observedAt": AT}],
            "@context": ["https://example.org/context.jsonld"],
        },
    ],
)
def test_every_form_gives_the_same_reading(region, sent):
    for body in (notification(sent), json.dumps(sent).encode()):
        [found] = collect(region, body).readings
        assert (found.datastream_key, found.value) == ("iot-nitz/stage", 1.5)
        assert found.phenomenon_time == datetime(2020, 12, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WaterObserved/example.json", 3.52),
        ("WaterObserved/example-normalized.json", 3.52),
        ("WaterObserved/example.jsonld", 3.52),
        ("WaterObserved/example-normalized.jsonld", 3.52),
        ("FloodMonitoring/example.json", 0.98),
        ("FloodMonitoring/example-normalized.json", 1.98),
        ("FloodMonitoring/example.jsonld", 0.98),
        ("FloodMonitoring/example-normalized.jsonld", 1.98),
    ],
)
def test_real_examples_of_the_data_models_are_read(region, shared_data, name, value):
    height = {"entity_type": "WaterObserved", **LEVEL, "attribute": "height"}
    options = {"mappings": [height, OPTIONS["mappings"][2]]}
    source = entry("ngsi-ld", options, url=None)
    body = (shared_data / "ngsi-ld" / name).read_bytes()
    found = mapping.collect(visit(source, region, {}, NOW), body)
    assert [item.value for item in found.readings] == [value]
    assert found.readings[0].phenomenon_time.year == 2020


def test_swapped_coordinates_cost_the_place_with_a_reason(region):
    swapped = entity(1.0, dateObserved=AT, location={"type": "Point", "coordinates": [50.3, 7.0]})
    found = collect(region, notification({**swapped, "id": "urn:y"}))
    assert (found.streams[0].thing.lat, len(found.readings)) == (None, 1)
    assert "vertauscht" in found.notes[0]


def test_entities_of_a_type_become_things_that_never_collide(region):
    sent = [entity(1.0, f"urn:{name}", dateObserved=AT) for name in ("Ä 1", "Ö 1")]
    found = collect(region, notification(*sent))
    assert len({item.datastream_key for item in found.readings}) == 2


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (entity("hoch", dateObserved=AT), "bad_value"),
        (entity({"value": 1, "unitCode": "XYZ"}, dateObserved=AT), "bad_unit"),
        (entity(1.0), "no_time"),
        (entity(1.0, dateObserved="2020-12-31T12:00:00"), "no_time"),
        (entity(1.0, dateObserved="2022-01-01T00:00:00Z"), "time_in_future"),
        ({"id": "urn:z", "type": "Room"}, "unknown_device"),
    ],
)
def test_what_cannot_be_taken_is_kept_with_its_reason(region, sent, code):
    found = collect(region, notification(sent))
    assert [row.reason_code for row in found.rejects] == [code]
    assert found.readings == ()


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b'{"data": 1}', b'{"data": [1]}', b'{"data": [{"id": "a"}]}']
)
def test_what_is_no_notification_is_refused(body):
    with pytest.raises(SourceFormatError):
        parse_notification(body)


def test_of_an_expanded_or_prefixed_name_the_last_part_counts():
    assert [short_name(name) for name in ("a", "x:a", "https://y/z#a", "https://y/a", "/")] == [
        "a",
        "a",
        "a",
        "a",
        "/",
    ]


@pytest.fixture
def drain(sessions, region, tmp_path):
    def run(*messages, sources=(SOURCE,)):
        flagger = with_ranges(gauge_flagger(region.pack.gauges))
        spool = Spool(tmp_path / "spool", 1_000_000)
        spool.put(messages)
        pushed = PushedSources(with_sources(region, *sources), flagger)
        return SpoolWriter(sessions, spool, {}, flagger, pushed=pushed).drain()

    return run


def message(body, origin="live"):
    return SpooledMessage("ngsi-ld", "webhook/ngsi-ld", NOW, body, origin)


def test_from_the_spool_to_the_store_once_however_often_it_comes(drain, sessions):
    body = notification(entity(1.0, "urn:y", dateObserved=AT))
    assert drain(message(body), message(body))["messages"] == 2
    with sessions() as session:
        [latest] = observations.latest(session)
        [stream] = things.streams(session, "broker")
        assert rejected.counts(session, NOW) == {}
    assert (latest.value, latest.origin, latest.result_time) == (1.0, "live", NOW)
    assert stream.key == latest.key


def test_what_is_wrong_in_the_spool_is_counted_by_reason(drain, sessions):
    drain(
        message(b"kaputt"),
        message(notification(entity(1.0))),
        oversized("ngsi-ld", "webhook/ngsi-ld", NOW, b"x", 10_000_000),
    )
    with sessions() as session:
        counts = rejected.counts(session, NOW)
    assert counts == {"bad_envelope": 1, "no_time": 1, "too_large": 1}


def test_without_a_source_for_it_a_notification_is_kept_as_unknown(drain, sessions):
    drain(message(notification(entity(1.0, dateObserved=AT))), sources=())
    with sessions() as session:
        assert rejected.counts(session, NOW) == {"unknown_device": 1}
