"""From a server on this machine to the store and the page, on both databases."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from data import observations, rejected, things
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from services.sources import http
from services.sources.poller import Poller
from services.sources.registry import COLLECTORS
from services.sources.service import SourceService
from services.sources.views import SourceState
from tests.support.source_server import Reply, source_server
from tests.support.visits import NOW, entry, with_sources

UUID = "915d76e1-xxxx-xxxx-xxxx-4d144cd771cc"
WUERZBURG = "pegelonline/station_with_timeseries_wuerzburg_2023-07-26.json"
PUSHED = {
    "mappings": [{"entity_type": "A", "attribute": "a", "observed_property": "stage", "unit": "m"}]
}
CAP = "cap-radar/Z_CAP_C_EDZW_LATEST_PVW_STATUS_PREMIUMDWD_COMMUNEUNION_MUL.zip"


@pytest.fixture
def server():
    with source_server() as found:
        yield found


@pytest.fixture
def poll(sessions, region):
    """Visit all sources that are due at an instant."""

    def run(sources, now=NOW):
        poller = Poller(
            sessions=sessions,
            region=with_sources(region, *sources),
            flagger=ReceiptFlagger(make_rules(region.pack.gauges)),
            collectors=COLLECTORS,
            get=http.get,
            now=lambda: now,
            holder="host",
            chance=lambda: 0.5,
        )
        return {item.id: poller.visit(item) for item in poller.due()}

    return run


@pytest.fixture
def view(sessions, region):
    def run(sources, now=NOW, *, is_paused=False):
        service = SourceService(
            sessions, with_sources(region, *sources), lambda: now, is_paused=is_paused
        )
        found = service.view()
        heard = [item.success_at for item in found.sources if item.success_at]
        assert service.version() == (max(heard).isoformat() if heard else "")
        return found

    return run


def pegel(server, **changes):
    options = {"stations": {UUID: ""}, "history_h": 0}
    return entry("pegelonline", options, url=server.url, id="pegel", **changes)


def test_a_real_body_becomes_readings_and_a_source_that_delivers(
    server, poll, view, sessions, shared_data
):
    body = b"[" + (shared_data / WUERZBURG).read_bytes() + b"]"
    server.replies["/stations.json"] = Reply(body)
    sources = [pegel(server)]
    assert poll(sources)["pegel"].items == 4
    with sessions() as session:
        latest = {row.key: row for row in observations.latest(session)}
        assert {row.thing.source for row in things.streams(session, "pegel")} == {"pegel"}
    stage = latest["pegelonline-24300600/stage"]
    assert (stage.value, stage.origin, stage.result_time) == (1.59, "live", NOW)
    [found] = view(sources).sources
    assert (found.state, found.items, found.success_at) == (SourceState.OK, 4, NOW)
    assert "außerhalb der Region" in found.message


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b""),
        Reply(b"<html>Wartung</html>"),
        Reply(b'[{"uuid": "abg'),
        Reply('[{"uuid": "\xe4"}]'.encode("latin-1")),
        Reply(b'[{"uuid": "a", "latitude": NaN}]'),
        Reply(b"[]", announced=100, headers={"Connection": "close"}),
        Reply(status=500),
    ],
)
def test_a_bad_answer_is_a_failure_in_words_and_leaves_the_store_alone(
    server, poll, view, sessions, reply
):
    server.replies["/stations.json"] = reply
    sources = [pegel(server)]
    poll(sources)
    [found] = view(sources).sources
    assert (found.state, found.failures, found.items) == (SourceState.FAILING, 1, 0)
    assert found.message.startswith("Die ")
    with sessions() as session:
        assert things.streams(session, "pegel") == []


def test_a_source_goes_from_disturbed_to_still_and_comes_back(server, poll, view, shared_data):
    body = b"[" + (shared_data / WUERZBURG).read_bytes() + b"]"
    sources = [pegel(server)]
    server.replies["/stations.json"] = Reply(body)
    poll(sources)
    server.replies["/stations.json"] = Reply(status=503)
    later = NOW + timedelta(minutes=16)
    poll(sources, later)
    assert view(sources, later).sources[0].state is SourceState.FAILING
    later = NOW + timedelta(minutes=46)
    poll(sources, later)
    assert view(sources, later).sources[0].state is SourceState.STILL
    server.replies["/stations.json"] = Reply(body)
    later = NOW + timedelta(hours=3)
    poll(sources, later)
    found = view(sources, later).sources[0]
    assert (found.state, found.failures) == (SourceState.STALE, 0)


def test_a_server_that_goes_on_giving_an_old_file_is_not_taken_for_fresh(
    server, poll, view, shared_data
):
    body = b"[" + (shared_data / WUERZBURG).read_bytes() + b"]"
    server.replies["/stations.json"] = Reply(body)
    sources = [pegel(server)]
    now = NOW + timedelta(hours=2)
    poll(sources, now)
    [found] = view(sources, now).sources
    assert (found.state, found.failures, found.success_at) == (SourceState.STALE, 0, now)


def test_a_source_that_never_answered_is_still_after_three_attempts(server, poll, view):
    server.replies["/stations.json"] = Reply(status=500)
    sources, now = [pegel(server)], NOW
    for expected in (SourceState.FAILING, SourceState.FAILING, SourceState.STILL):
        now += timedelta(hours=2)
        poll(sources, now)
        assert view(sources, now).sources[0].state is expected


def test_an_unchanged_file_is_not_read_again(server, poll, sessions, shared_data):
    body = (shared_data / "cap-radar" / "10315-BEOB.csv").read_bytes()
    server.replies["/"] = lambda _path, headers: (
        Reply(status=304) if "if-none-match" in headers else Reply(body, headers={"ETag": '"1"'})
    )
    options = {"station_id": "10315", "name": "Station", "lat": 50.4, "lon": 7.2}
    sources = [entry("dwd-station", options, url=f"{server.url}/")]
    now = datetime(2023, 4, 12, 11, 30, tzinfo=UTC)
    first = poll(sources, now)["quelle"]
    second = poll(sources, now + timedelta(minutes=20))["quelle"]
    assert (first.http_status, second.http_status) == (200, 304)
    assert (second.items, second.newest_at) == (first.items, first.newest_at)
    with sessions() as session:
        assert rejected.counts(session, now - timedelta(days=1)) == {}


def test_warnings_that_hold_are_listed_in_german(server, poll, view, shared_data):
    server.replies["/"] = Reply((shared_data / CAP).read_bytes())
    sources = [entry("dwd-cap", url=f"{server.url}/")]
    now = datetime(2023, 6, 23, 10, 0, tzinfo=UTC)
    poll(sources, now)
    found = view(sources, now).warnings
    assert sorted(item.headline for item in found) == [
        "Amtliche WARNUNG vor STARKREGEN",
        "Amtliche WARNUNG vor STARKREGEN",
        "Amtliche WARNUNG vor WINDBÖEN",
    ]
    assert all(item.areas and item.expires > now for item in found)
    assert view(sources, now + timedelta(hours=12)).warnings == ()


def test_sites_and_datastreams_come_over_http_as_well(server, poll, sessions):
    site = {"W": {"xLast": "2023-07-26T17:15:00Z", "yLast": 62}}
    server.replies["/measurement-site/1"] = Reply(json.dumps(site).encode())
    info = {"unitOfMeasurement": {"symbol": "cm"}, "Thing": {"name": "Bach"}}
    server.replies["/Datastreams(7)"] = Reply(json.dumps(info).encode())
    values = {"value": [{"phenomenonTime": "2023-07-26T17:00:00Z", "result": 50}]}
    server.replies["/Datastreams(7)/Observations"] = Reply(json.dumps(values).encode())
    lhp = {"sites": [{"number": "1", "gauge_id": "27140205", "site_type": "municipal"}]}
    streams = {"streams": [{"datastream": "7", "thing_id": "bach", "observed_property": "stage"}]}
    poll(
        [
            entry("lhp", lhp, url=server.url, id="lhp"),
            entry("sensorthings", streams, url=server.url, id="frost"),
        ]
    )
    with sessions() as session:
        latest = {row.key: row.value for row in observations.latest(session)}
    assert latest == {"27140205/stage": 0.62, "bach/stage": 0.5}


def test_states_that_are_no_finding(view, server):
    sources = [
        pegel(server),
        pegel(server, enabled=False),
        entry("ngsi-ld", PUSHED, url=None, id="broker"),
    ]
    sources = [replace_id(item, str(number)) for number, item in enumerate(sources)]
    states = [item.state for item in view(sources).sources]
    assert states == [SourceState.WAITING, SourceState.OFF, SourceState.WAITING]
    states = [item.state for item in view(sources, is_paused=True).sources]
    assert states == [SourceState.PAUSED, SourceState.OFF, SourceState.PAUSED]


def replace_id(source, name):
    return source.model_copy(update={"id": f"quelle-{name}"})


def test_a_station_that_is_gone_is_named(poll, server, view):
    sources = [pegel(server)]
    server.replies["/stations.json"] = Reply(b"[]")
    assert poll(sources)["pegel"].items == 0
    assert "fehlt in der Antwort" in view(sources).sources[0].message
