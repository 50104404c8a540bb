"""NGSI-LD over HTTP: our gauges out, notifications in."""

import json

import pytest
from flask import Flask

from api.ngsi_ld import ngsi_ld_blueprint
from services.ingestion.spool import Spool
from tests.support import fakes

TOKEN = "a-long-token"  # noqa: S105 - a test's own
URL = "/api/v1/ngsi-ld/entities"
NOTIFY = "/api/v1/ngsi-ld/notify"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/ld+json"}


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path, 100_000)


@pytest.fixture
def found():
    with fakes.installed() as services:
        yield services


@pytest.fixture
def client(spool, found):
    server = Flask("test")
    server.register_blueprint(ngsi_ld_blueprint(spool, TOKEN, max_bytes=1000))
    return server.test_client()


def test_our_gauges_come_normalized_with_unit_time_and_place(client, found):
    answer = client.get(f"{URL}?type=WaterObserved&limit=1000&count=true")
    entities = {item["id"]: item for item in answer.get_json()}
    gauges = [
        g for g in found.situation.situation().gauges if g.is_connected and g.value is not None
    ]
    assert len(entities) == len(gauges) == int(answer.headers["NGSILD-Results-Count"])
    gauge = gauges[0]
    item = entities[f"urn:ngsi-ld:WaterObserved:{gauge.gauge_id}"]
    assert item["waterLevel"]["value"] == gauge.value
    assert item["waterLevel"]["unitCode"] == "MTR"
    assert item["location"]["value"]["coordinates"] == [gauge.lon, gauge.lat]
    assert "Simuliert" in item["description"]["value"]
    assert "context.jsonld" in answer.headers["Link"]


def test_only_gauges_that_have_a_value_and_are_ours_are_given(client, found):
    ids = {item["id"] for item in client.get(f"{URL}?type=WaterObserved&limit=1000").get_json()}
    for gauge in found.situation.situation().gauges:
        is_given = f"urn:ngsi-ld:WaterObserved:{gauge.gauge_id}" in ids
        assert is_given == (gauge.is_connected and gauge.value is not None)


def test_the_simplified_form_and_chosen_attributes(client):
    query = f"{URL}?type=WaterObserved&options=keyValues&attrs=waterLevel&limit=1"
    [item] = client.get(query).get_json()
    assert set(item) == {"id", "type", "waterLevel"}
    assert isinstance(item["waterLevel"], float)


def test_linked_data_carries_its_context(client):
    answer = client.get(f"{URL}?type=WaterObserved", headers={"Accept": "application/ld+json"})
    assert answer.content_type == "application/ld+json"
    assert all("@context" in item for item in answer.get_json())


def test_pages_are_parts_of_the_whole(client):
    whole = client.get(f"{URL}?type=WaterObserved&limit=1000").get_json()
    parts = [client.get(f"{URL}?type=WaterObserved&limit=1&offset={n}").get_json() for n in (0, 1)]
    assert [item for part in parts for item in part] == whole[:2]
    one = whole[1]["id"]
    assert [item["id"] for item in client.get(f"{URL}?id={one},urn:x").get_json()] == [one]
    assert client.get(f"{URL}?type=Room").get_json() == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?type=WaterObserved&limit=-1",
        "?type=A&limit=9999999",
        "?type=A&offset=x",
        "?type=A&options=geoJSON",
        "?type=A&limit=²",
    ],
)
def test_a_query_that_makes_no_sense_is_answered_with_the_reason(client, query):
    answer = client.get(URL + query)
    assert answer.status_code == 400
    assert answer.get_json()["type"].endswith("BadRequestData")


def test_a_store_that_is_down_is_said(client, found):
    found.situation.is_down = True
    assert client.get(f"{URL}?type=WaterObserved").status_code == 503


def test_a_notification_is_on_disk_before_it_is_accepted(client, spool):
    body = json.dumps({"type": "Notification", "data": []})
    assert client.post(NOTIFY, data=body, headers=HEADERS).status_code == 202
    [batch] = spool.batches()
    assert [(m.source, m.body.decode()) for m in batch.messages] == [("ngsi-ld", body)]


def test_without_the_token_or_too_large_nothing_gets_in(client, spool):
    assert client.post(NOTIFY, data=b"{}").status_code == 401
    wrong = {**HEADERS, "Authorization": "Bearer wrong"}
    assert client.post(NOTIFY, data=b"{}", headers=wrong).status_code == 403
    assert list(spool.batches()) == []
    assert client.post(NOTIFY, data=b"x" * 1001, headers=HEADERS).status_code == 413


def test_without_a_configured_token_there_is_no_way_in(spool, found):
    server = Flask("test")
    server.register_blueprint(ngsi_ld_blueprint(spool, None))
    assert server.test_client().post(NOTIFY, data=b"{}", headers=HEADERS).status_code == 404
