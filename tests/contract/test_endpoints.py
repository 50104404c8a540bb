"""Addresses for machines and files: types, limits, lifetimes, refusals in one sentence."""

import re
from dataclasses import replace

import pytest

from services.errors import StoreUnavailableError
from services.health.model import SpoolHealth


def test_status_tells_version_and_clock_and_is_never_cached(client):
    answer = client.get("/api/v1/status")
    assert answer.get_json() == {
        "version": "run-1-",
        "now": "2021-07-14T15:52:00+00:00",
        "speed": 20.0,
        "notice": "",
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_calculation_that_stands_still_is_a_new_version(client, found):
    before = client.get("/api/v1/status").get_json()["version"]
    found.situation.name = "silent"
    assert client.get("/api/v1/status").get_json()["version"] != before


def test_status_says_when_the_store_is_down(client, found):
    found.situation.is_down = True
    assert client.get("/api/v1/status").status_code == 503


def test_the_poll_hears_of_readings_that_wait_with_or_without_a_database(client, found):
    found.health.spool = SpoolHealth(40, 900, 1000, 300.0, 0)
    words = client.get("/api/v1/status").get_json()["notice"]
    assert "warten seit 5\u00a0Min." in words
    assert "zu 90\u00a0% gefüllt" in words
    found.situation.is_down = True
    assert client.get("/api/v1/status").get_json()["notice"] == words


def test_a_process_that_answers_is_live_even_without_a_store(client, found):
    found.health.is_down, found.health.fault = True, "antwortet nicht"
    answer = client.get("/healthz/live")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "ok")


def test_a_process_is_ready_when_all_checks_pass(client, found):
    assert client.get("/healthz/ready").status_code == 200
    found.health.fault = "antwortet nicht"
    answer = client.get("/healthz/ready")
    assert answer.status_code == 503
    assert answer.get_json()["checks"][0]["message"] == "antwortet nicht"


def test_freshness_tells_ages_and_nothing_that_a_source_said(client, found):
    answer = client.get("/healthz/freshness")
    body = answer.get_json()
    assert (answer.status_code, body["status"], body["run_age_s"]) == (200, "ok", 4.0)
    assert body["gauges"][1] == {"gauge_id": "iot-bermel", "age_s": None}
    assert body["spool"]["files"] == 2
    assert "geheim" not in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    found.health.is_stale = True
    assert client.get("/healthz/freshness").status_code == 503
    found.health.is_down = True
    assert client.get("/healthz/freshness").get_json()["status"] == "degraded"


def test_metrics_are_there_for_whoever_has_the_token_only(client, found):
    assert client.get("/metrics").status_code == 401
    wrong = {"Authorization": "Bearer falsch"}
    assert client.get("/metrics", headers=wrong).status_code == 401
    answer = client.get("/metrics", headers={"Authorization": "Bearer messen"})
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/plain"
    assert 'cockpit_reading_age_seconds{gauge="iot-nitz"} 120.0' in text
    assert "iot-bermel" not in text
    assert "cockpit_spool_files 2.0" in text
    assert 'cockpit_rejected_messages{reason="bad_json"} 3.0' in text
    client.get("/api/v1/status")
    text = client.get("/metrics", headers={"Authorization": "Bearer messen"}).get_data(as_text=True)
    assert 'cockpit_http_requests_total{method="GET",route="/api/v1/status",status="200"}' in text
    found.health.is_down = True
    text = client.get("/metrics", headers={"Authorization": "Bearer messen"}).get_data(as_text=True)
    assert "cockpit_store_up 0.0" in text
    assert "cockpit_run_age_seconds" not in text


def test_readings_come_as_a_file(client):
    answer = client.get("/api/v1/gauges/iot-nitz/observations.csv?hours=24")
    assert answer.mimetype == "text/csv"
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="simuliert-iot-nitz-24h.csv"'
    )
    assert "iot-nitz,1.31" in answer.get_data(as_text=True)


@pytest.mark.parametrize("hours", ["0", "-1", "9999999999999999", "1.5", "abc", "²", ""])
def test_an_impossible_span_is_refused_with_its_range(client, hours):
    answer = client.get(f"/api/v1/gauges/iot-nitz/observations.csv?hours={hours}")
    assert answer.status_code == 400
    assert "1 bis 8784" in answer.get_data(as_text=True)


def test_an_unknown_gauge_is_a_sentence(client):
    answer = client.get("/api/v1/gauges/weg/observations.csv")
    assert answer.status_code == 404
    assert "gibt es in dieser Region nicht" in answer.get_data(as_text=True)


def test_missing_figures_stay_empty_in_files(client):
    lines = client.get("/api/v1/municipalities.csv").get_data(as_text=True).splitlines()
    assert lines[0] == "ags,name,vg,area_km2,pop_2011,pop_2016,pop_2018,pop_2020,source"
    row = next(line for line in lines if line.startswith("07137005"))
    assert row.split(",")[4] == ""
    stops = client.get("/api/v1/stops.csv").get_data(as_text=True)
    assert stops.startswith("ags,name,vg,bus,rail,other,per_1000\n")


def test_no_name_becomes_a_formula_in_a_file(client, found, monkeypatch):
    row = replace(found.settlement.municipalities()[0], name="=HYPERLINK(1)", source="@x")
    monkeypatch.setattr(found.settlement, "municipalities", lambda: (row,), raising=False)
    line = client.get("/api/v1/municipalities.csv").get_data(as_text=True).splitlines()[1]
    assert "'=HYPERLINK(1)" in line
    assert line.endswith("'@x")


def test_boundaries_are_asked_for_once_and_then_only_compared(client):
    first = client.get("/api/v1/boundaries.geojson")
    assert first.mimetype == "application/geo+json"
    assert first.get_json()["type"] == "FeatureCollection"
    again = client.get(
        "/api/v1/boundaries.geojson", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_boundaries_that_cannot_be_read_are_a_sentence(client, found, monkeypatch):
    def fail():
        raise StoreUnavailableError

    monkeypatch.setattr(found.settlement, "boundaries", fail, raising=False)
    answer = client.get("/api/v1/boundaries.geojson")
    assert answer.status_code == 503
    assert "Die Datenbank antwortet nicht" in answer.get_json()["detail"]


def test_the_policy_allows_scripts_only_by_origin_and_hash(client):
    policy = client.get("/gewaesser").headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "'sha256-" in scripts
    assert not re.search(r"https?:", policy)


def test_every_inline_script_of_the_document_is_allowed_by_its_hash(client):
    import base64
    import hashlib

    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    html = answer.get_data(as_text=True)
    inline = re.findall(r"<script(?![^>]*(?:src|application/json))[^>]*>(.*?)</script>", html, re.S)
    assert inline
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_files_named_by_their_content_are_kept_for_ever(client):
    html = client.get("/gewaesser").get_data(as_text=True)
    addresses = set(re.findall(r'"(/lib/[^"]+)"', html))
    assert {address.split(".")[0] for address in addresses} >= {
        "/lib/bootstrap",
        "/lib/cockpit",
        "/lib/theme",
        "/lib/deck",
    }
    for address in addresses - {"/lib/sign.svg"}:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address
        same = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert same.status_code == 304
    assert "immutable" not in client.get("/lib/sign.svg").headers["Cache-Control"]
    assert client.get("/lib/gibt-es-nicht.js").status_code == 404


def test_text_is_sent_packed(client):
    for address in ("/gewaesser", "/_dash-layout"):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip", address


def test_nobody_gets_a_cookie(client):
    for address in ("/", "/_dash-layout", "/api/v1/status"):
        assert "Set-Cookie" not in client.get(address).headers
