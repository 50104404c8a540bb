"""How /api/v1 answers: problems, ETag, compression, CORS, rate limit, the document of it all."""

import re
import uuid

import pytest
from flask import Blueprint, Flask

from api.described import DESCRIBED
from api.limits import limit_clients, trust_proxies
from api.problems import handle_problems
from bench.product import free_port
from tests.support.real_store import GAUGE
from tests.support.servers import require_server

BASE = "/api/v1"
PAGE = f"{BASE}/gauges/{GAUGE}/observations"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/gibtesnicht", 404),
        ("GET", "/gauges/weg", 404),
        ("GET", "/gauges/weg/observations", 404),
        ("GET", "/datastreams/weg/stage/observations", 404),
        ("GET", "/lead-times/weg", 404),
        ("GET", "/municipalities/00000000", 404),
        ("POST", "/gauges", 405),
        ("DELETE", "/warnings", 405),
        ("GET", "/gauges?unbekannt=1", 400),
        ("GET", f"/gauges/{GAUGE}/observations?start=gestern", 400),
        ("GET", f"/gauges/{GAUGE}/observations?start=0001-01-01T00:00:00%2B14:00", 400),
        ("GET", f"/gauges/{GAUGE}/observations?limit=0", 400),
        ("GET", f"/gauges/{GAUGE}/observations?limit=viele", 400),
        ("GET", f"/gauges/{GAUGE}/observations?resolution=woche", 400),
        ("GET", f"/gauges/{GAUGE}/observations?start=2026-01-01T00:00:00", 400),
        ("GET", f"/gauges/{GAUGE}/observations?limit=100000", 400),
        ("GET", f"/gauges/{GAUGE}/observations?cursor=%F0%9F%98%80", 400),
        ("GET", "/sensorthings/v1.1/Weg", 404),
        ("GET", "/sensorthings/v1.1/Things?$filter=name%20eq", 400),
    ],
)
def test_every_refusal_is_a_german_problem(client, method, path, status):
    answer = client.open(f"{BASE}{path}", method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    body = answer.get_json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    words = set(re.findall(r"[a-z]+", f"{body['title']} {body['detail']}".lower()))
    assert not words & {"should", "input", "be", "must", "invalid", "the", "not"}, body


def test_a_refused_method_names_those_that_are_taken(client):
    assert "GET" in client.post(f"{BASE}/gauges").headers["Allow"]


def test_a_form_that_is_not_there_is_refused(client):
    answer = client.get(f"{BASE}/gauges", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert client.get(f"{BASE}/gauges", headers={"Accept": "*/*"}).status_code == 200


def test_a_bug_is_a_problem_that_tells_nothing_internal():
    server = Flask("test")
    handle_problems(server)

    @server.get(f"{BASE}/kaputt")
    def broken():
        raise ValueError("geheimer Pfad")

    answer = server.test_client().get(f"{BASE}/kaputt")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "geheim" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_has_not_changed_is_not_sent_again(client, encoding):
    headers = {"Accept-Encoding": encoding}
    first = client.get(PAGE, headers=headers)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(PAGE, headers={**headers, "If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_answers_are_packed_and_heads_have_no_body(client):
    assert client.get(PAGE, headers={"Accept-Encoding": "gzip"}).content_encoding == "gzip"
    head = client.head(PAGE)
    assert (head.status_code, head.get_data()) == (200, b"")
    assert head.headers["ETag"] == client.get(PAGE).headers["ETag"]


def test_scripts_of_other_sites_may_read_and_nothing_else(client):
    answer = client.get(PAGE, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Methods" not in client.options(PAGE, headers=asked).headers
    reading = {**asked, "Access-Control-Request-Method": "GET"}
    assert "GET" in client.options(PAGE, headers=reading).headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/", headers=asked).headers


def limited(per_minute: int, proxies: int = 0, storage: str = "memory://"):
    server = Flask("test")
    handle_problems(server)
    server.add_url_rule(f"{BASE}/x", "x", lambda: "gut")
    server.add_url_rule(f"{BASE}/uplinks/x", "up", lambda: "gut", methods=["POST"])
    trust_proxies(server, proxies)
    limit_clients(server, per_minute, storage)
    return server.test_client()


def test_too_many_requests_are_a_problem_that_says_when_to_come_back():
    client = limited(2)
    taken = [client.get(f"{BASE}/x") for _ in range(2)]
    assert [one.status_code for one in taken] == [200, 200]
    assert not any("Retry-After" in one.headers for one in taken)
    answer = client.get(f"{BASE}/x")
    assert "Grenze von 2 Anfragen je Minute" in answer.get_json()["detail"]
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_files_are_limited_earlier_than_reads():
    server = Flask("limited-files")
    handle_problems(server)
    files = Blueprint("downloads", "downloads", url_prefix=BASE)
    files.add_url_rule("/file", "other", lambda: "x")
    files.add_url_rule("/big", "download", lambda: "x")
    server.register_blueprint(files)
    limit_clients(server, 40, "memory://")
    client = server.test_client()
    answers = [client.get(f"{BASE}/big") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "Grenze von 2 Dateien je Minute" in answers[-1].get_json()["detail"]
    assert client.get(f"{BASE}/file").status_code == 200


def test_messages_of_devices_are_never_limited():
    client = limited(1)
    assert {client.post(f"{BASE}/uplinks/x").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 200)])
def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(proxies, last):
    client = limited(1, proxies)
    answers = [
        client.get(f"{BASE}/x", headers={"X-Forwarded-For": address}).status_code
        for address in ("10.0.0.1", "10.0.0.2")
    ]
    assert answers == [200, last]


@pytest.mark.redis
def test_workers_with_a_redis_count_together():
    require_server("Redis", 6379)
    client_address = {"X-Forwarded-For": f"203.0.113.{uuid.uuid4()}"}
    workers = [limited(1, 1, "redis://127.0.0.1:6379/0") for _ in range(2)]
    answers = [one.get(f"{BASE}/x", headers=client_address).status_code for one in workers]
    assert answers == [200, 429]


def test_an_outage_of_redis_locks_nobody_out():
    client = limited(1, 0, f"redis://127.0.0.1:{free_port()}/0")
    assert [client.get(f"{BASE}/x").status_code for _ in range(2)] == [200, 429]


def test_the_document_is_openapi_3_1_and_names_every_address(client, app):
    document = client.get(f"{BASE}/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    rules = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.server.url_map.iter_rules()
        if rule.rule.startswith(BASE)
    }
    own = {rule for rule in rules if "/docs" in rule or rule.endswith(("openapi.json", "{rest}"))}
    without_token = {f"{BASE}/uplinks/{{source}}", f"{BASE}/ngsi-ld/notify"}
    assert set(document["paths"]) - without_token == rules - own
    assert without_token <= set(DESCRIBED)


def test_the_page_for_people_loads_nothing_from_elsewhere_and_no_inline_script(client):
    html = client.get(f"{BASE}/docs").get_data(as_text=True)
    assert re.findall(r'(?:src|href)="(?!/)', html) == []
    assert "<script>" not in html
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        with client.get(address) as file:
            assert file.status_code == 200, address
    assert client.get(f"{BASE}/docs/../secret").status_code == 404
