"""Resources of /api/v1 over a real store: what they say, page by page, and as it was known."""

from datetime import timedelta

import pytest

from services.errors import StoreUnavailableError
from tests.support.real_store import EARLIER, GAUGE, NOW, READINGS, RUN

BASE = "/api/v1"


def get(client, path, **query):
    answer = client.get(f"{BASE}{path}", query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def test_a_gauge_comes_with_place_thresholds_their_owner_and_its_newest_value(client):
    body = get(client, f"/gauges/{GAUGE}")
    gauge = body["gauge"]
    assert (body["is_simulated"], body["origin"]) == (True, "simulated")
    assert gauge["unit"] == "m"
    assert gauge["lat"] == pytest.approx(50.33, abs=0.05)
    assert {row["level"] for row in gauge["thresholds"]} == {"voralarm", "warnung", "alarm"}
    assert all(row["owner"] and isinstance(row["provisional"], bool) for row in gauge["thresholds"])
    assert gauge["newest"]["observed_at"] == "2021-07-14T15:52:00Z"
    assert len(get(client, "/gauges")["gauges"]) > 5


def test_readings_come_in_order_with_unit_flag_and_licence(client):
    body = get(client, f"/gauges/{GAUGE}/observations")
    times = [row["phenomenon_time"] for row in body["observations"]]
    assert times == sorted(times)
    assert body["unit"] == "m"
    assert body["licence"].startswith("Datenlizenz Deutschland")
    assert "ungeprüft" in body["notice"]
    newest = body["observations"][-1]
    assert (newest["value"], newest["flag"], newest["origin"]) == (1.0, 1, "simulated")


def test_following_the_pages_gives_every_reading_once(client):
    start = (NOW - timedelta(days=30)).isoformat()
    address = f"{BASE}/gauges/{GAUGE}/observations?start={start.replace('+', '%2B')}&limit=70"
    seen = []
    while address:
        answer = client.get(address)
        seen += [row["phenomenon_time"] for row in answer.get_json()["observations"]]
        link = answer.headers.get("Link", "")
        address = link.split(">")[0].lstrip("<").partition("8050")[2] if link else ""
    assert len(seen) == len(set(seen)) == READINGS
    assert seen == sorted(seen)


def test_readings_can_be_asked_for_by_flag(client):
    body = get(client, f"/datastreams/{GAUGE}/stage/observations", flags="3", limit=1000)
    assert {row["flag"] for row in body["observations"]} == {3}
    assert {row["flag_reason"] for row in body["observations"]} == {"spike"}


def test_hours_and_days_have_extremes_with_their_times(client):
    hours = get(client, f"/gauges/{GAUGE}/observations", resolution="hour")
    row = hours["observations"][-2]
    assert row["min"] < row["mean"] < row["max"]
    assert row["count"] == 4
    assert hours["waiting_hours"] == 0
    days = get(client, f"/gauges/{GAUGE}/observations", resolution="day")
    assert 3 <= days["count"] <= 5


def test_as_of_tells_what_was_known_then(client):
    then = (NOW - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = get(client, f"/gauges/{GAUGE}/observations", as_of=then)
    assert body["as_of"] == then
    assert body["observations"][-1]["phenomenon_time"] < then
    answer = client.get(f"{BASE}/gauges/{GAUGE}/observations?as_of={then}&resolution=day")
    assert answer.status_code == 400


def test_lead_times_name_run_model_levels_and_usable_minutes(client):
    body = get(client, "/lead-times")
    assert (body["run_id"], body["model_version"]) == (RUN, "2.2.0")
    village = next(row for row in body["villages"] if row["place_id"] == "virneburg")
    assert village["state"] == "alarm"
    level = village["levels"][-1]
    assert level["p10"] <= level["p50"] <= level["p90"]
    assert level["usable_p10_min"] >= 0
    assert village["basis"]


def test_an_earlier_run_is_found_by_its_id_and_by_time(client):
    assert get(client, f"/lead-times/{EARLIER}")["run_id"] == EARLIER
    then = (NOW - timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert get(client, "/lead-times", as_of=then)["run_id"] == EARLIER
    assert client.get(f"{BASE}/lead-times?as_of=1999-01-01T00:00:00Z").status_code == 404


def test_warnings_are_drafts_in_every_form(client):
    body = get(client, "/warnings")
    assert "keine amtliche Warnung" in body["disclaimer"]
    assert {row["state"] for row in body["warnings"]} <= {"voralarm", "warnung", "alarm"}
    features = get(client, "/warnings.geojson")["features"]
    assert len(features) == len(body["warnings"]) > 0
    atom = client.get(f"{BASE}/warnings.atom")
    assert atom.mimetype == "application/atom+xml"
    assert atom.get_data(as_text=True).count("<entry>") == len(features)
    cap = client.get(body["warnings"][0]["cap"])
    assert (cap.status_code, cap.mimetype) == (200, "application/cap+xml")
    assert "<status>Draft</status>" in cap.get_data(as_text=True)


def test_a_place_without_a_warning_has_no_cap_message(client):
    assert client.get(f"{BASE}/warnings/nirgends/nette.cap.xml").status_code == 404


def test_indicators_have_period_unit_and_source_and_a_missing_figure_is_null(client):
    body = get(client, "/indicators", indicator="population", period="2011", limit=1000)
    values = {row["ags"]: row["value"] for row in body["indicators"]}
    assert len(values) == len(get(client, "/municipalities")["municipalities"])
    assert 0 not in values.values()
    assert all(row["source"] for row in body["indicators"])
    assert body["is_simulated"] is False
    assert {row["licence"] for row in body["indicators"]} == {body["licence"]}


def test_indicators_are_paged(client):
    first = client.get(f"{BASE}/indicators?limit=5").get_json()
    second = get(client, "/indicators", limit=5, cursor=first["next"])
    assert first["indicators"][-1] != second["indicators"][0]


def test_the_store_down_is_a_problem_with_retry(client, installed, monkeypatch):
    def fail(*_):
        raise StoreUnavailableError

    monkeypatch.setattr(type(installed.api.observations), "of_gauge", fail)
    answer = client.get(f"{BASE}/gauges/{GAUGE}/observations")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]
