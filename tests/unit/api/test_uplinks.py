"""The webhooks: who may send, what is taken, and what every refusal says."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from api.uplinks import create_blueprint
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
TOKEN = "a-long-token"  # noqa: S105 - a test's own
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
CHIRPSTACK = "/api/v1/uplinks/chirpstack?event=up"
TTS = "/api/v1/uplinks/tts"

Post = Callable[..., TestResponse]


def client_of(spool: Spool, **options: Any) -> FlaskClient:
    app = Flask("test")
    options = {"token": TOKEN, "max_bytes": 1000, "now": lambda: NOW, **options}
    app.register_blueprint(create_blueprint(spool, **options))
    return app.test_client()


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path, 100_000)


@pytest.fixture
def post(spool: Spool) -> Post:
    client = client_of(spool)

    def send(
        body: bytes, url: str = CHIRPSTACK, headers: dict[str, str] | None = None
    ) -> TestResponse:
        return client.post(url, data=body, headers=HEADERS if headers is None else headers)

    return send


def kept(spool: Spool) -> list[SpooledMessage]:
    return [message for batch in spool.batches() for message in batch.messages]


def detail(response: TestResponse) -> str:
    assert response.content_type == "application/problem+json"
    content = json.loads(response.data)
    assert content["status"] == response.status_code
    assert content["title"]
    return str(content["detail"])


@pytest.mark.parametrize(
    ("url", "source"), [(CHIRPSTACK, "chirpstack"), ("/api/v1/uplinks/tts", "tts")]
)
def test_an_uplink_is_on_disk_when_it_is_accepted(post, spool, url, source):
    response = post(b'{"a": 1}', url)
    assert response.status_code == 202
    assert response.json == {"status": "angenommen"}
    (message,) = kept(spool)
    assert (message.source, message.body, message.received_at) == (source, b'{"a": 1}', NOW)


def test_other_events_are_accepted_and_passed_over(post, spool):
    for event in ("join", "status", "ack", "log", "<script>"):
        response = post(b"{}", f"/api/v1/uplinks/chirpstack?event={event}")
        assert response.status_code == 202
        assert response.json == {"status": "übergangen"}
    assert kept(spool) == []


def test_without_token_nobody_gets_in(post, spool):
    for value in ("", "Bearer", "Bearer ", "Basic YTpi", TOKEN):
        response = post(b"{}", headers={**HEADERS, "Authorization": value})
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert "Authorization" in detail(response)
    assert kept(spool) == []


@pytest.mark.parametrize("token", ["wrong", TOKEN + "x", TOKEN[:-1], "ä-token"])
def test_with_a_wrong_token_nobody_gets_in(post, spool, token):
    response = post(b"{}", headers={**HEADERS, "Authorization": f"Bearer {token}"})
    assert response.status_code == 403
    assert TOKEN not in detail(response)
    assert kept(spool) == []


@pytest.mark.parametrize("token", [None, ""])
def test_without_a_configured_token_the_address_does_not_exist(spool, token):
    client = client_of(spool, token=token)
    assert client.post(CHIRPSTACK, data=b"{}", headers=HEADERS).status_code == 404


def test_an_unknown_source_is_named(post):
    response = post(b"{}", "/api/v1/uplinks/mystery")
    assert response.status_code == 404
    assert "chirpstack, tts" in detail(response)


def test_a_body_of_another_type_is_refused_and_kept(post, spool):
    response = post(b"{}", headers={**HEADERS, "Content-Type": "text/plain"})
    assert response.status_code == 415
    assert "application/json" in detail(response)
    (message,) = kept(spool)
    assert message.body == b"{}"
    assert message.refusal == "Inhaltstyp ist nicht application/json, sondern: text/plain"


def test_a_large_body_of_another_type_is_refused_for_its_size(post, spool):
    response = post(b"x" * 10_000, headers={**HEADERS, "Content-Type": "text/plain"})
    assert response.status_code == 413
    (message,) = kept(spool)
    assert message.full_size == 10_000


@pytest.mark.parametrize("body", [b'{"a": 1}', b"x" * 10_000])
def test_what_comes_in_during_a_recording_is_marked_as_such(spool, body):
    client = client_of(spool, origin="imported")
    client.post(CHIRPSTACK, data=body, headers=HEADERS)
    (message,) = kept(spool)
    assert (message.origin, message.received_at) == ("imported", NOW)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"a": NaN}', b"\xff", b"[" * 900])
def test_broken_json_is_refused_with_the_reason_and_kept(post, spool, body):
    response = post(body)
    assert response.status_code == 400
    assert "JSON" in detail(response)
    assert [message.body for message in kept(spool)] == [body]


def test_a_body_that_is_too_large_is_refused_and_its_head_kept(post, spool):
    response = post(b"x" * 10_000)
    assert response.status_code == 413
    assert "10000 Bytes" in detail(response)
    (message,) = kept(spool)
    assert message.full_size == 10_000


def test_of_ten_megabytes_only_the_head_is_read(tmp_path):
    spool = Spool(tmp_path, 1_000_000)
    read: list[int] = []

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            found = super().read(size)
            read.append(len(found))
            return found

        def readinto(self, buffer: Any) -> int:
            read.append(super().readinto(buffer))
            return read[-1]

    client = client_of(spool, max_bytes=1_000_000)
    stream = Counted(b"x" * 10_000_000)
    response = client.post(CHIRPSTACK, input_stream=stream, headers=HEADERS)
    assert response.status_code == 413
    assert 0 < sum(read) <= 70_000
    (message,) = kept(spool)
    assert (message.full_size, len(message.body)) == (10_000_000, 65_536)


def test_a_body_of_just_the_limit_is_taken(post):
    body = b'{"a": "' + b"x" * 991 + b'"}'
    assert len(body) == 1000
    assert post(body).status_code == 202


def test_a_full_spool_asks_to_come_again(tmp_path):
    client = client_of(Spool(tmp_path, 50))
    response = client.post(TTS, data=b"{}", headers=HEADERS)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "voll" in detail(response)


def test_reading_the_address_is_not_allowed(spool):
    assert client_of(spool).get(CHIRPSTACK, headers=HEADERS).status_code == 405


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=1200), st.sampled_from([CHIRPSTACK, TTS]))
def test_no_body_makes_the_webhook_fail(tmp_path, body, url):
    client = client_of(Spool(tmp_path, 100_000_000))
    response = client.post(url, data=body, headers=HEADERS)
    assert response.status_code in {202, 400, 413}
