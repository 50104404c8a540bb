"""Couriers against a homeserver of Matrix on this machine, over the real library."""

import ssl
import time

import pytest
import trustme

from services.notifications.courier_process import CourierProcess
from services.notifications.model import Channel, Form, Outcome, Text
from tests.support.matrix_server import BOT, MatrixServer
from tests.support.private_servers import free_port

pytestmark = [pytest.mark.slow]
TEXT = Text("Alarm: Hochwasser, Mayen", "Mayen ist gefährdet:\nnoch 38 Minuten.", "Alarm Mayen")
ROOM, ALIAS = "!alarme:example.org", "#alarme:example.org"
BY_TOKEN, BY_PASSWORD = "syt_geheim", "cockpit:sehrgeheim"


@pytest.fixture
def matrix():
    server = MatrixServer()
    yield server
    server.close()


@pytest.fixture
def secure(tmp_path, monkeypatch):
    authority = trustme.CA()
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    server = MatrixServer(context)
    yield server
    server.close()


def deliver(port, who=BY_TOKEN, room=ROOM, scheme="matrix", timeout_s=10.0, times=1):
    url = f"{scheme}://{who}@127.0.0.1:{port}/{{address}}"
    courier = CourierProcess(Channel("matrix", "Matrix", Form.LONG, url, timeout_s, 1))
    try:
        return [courier.deliver(room, TEXT) for _ in range(times)][-1]
    finally:
        courier.stop()


@pytest.mark.parametrize("who", [BY_TOKEN, BY_PASSWORD])
@pytest.mark.parametrize("room", [ROOM, ALIAS])
def test_a_message_is_in_the_room_and_its_event_is_the_proof(matrix, who, room):
    result = deliver(matrix.port, who, room)
    assert (result.outcome, result.answer) == (
        Outcome.ACCEPTED, 'HTTP 200: {"event_id": "$ereignis1"}',
    )  # fmt: skip
    [(sender, content)] = matrix.room.events
    assert sender == BOT
    assert content["msgtype"] == "m.text"
    assert "Alarm: Hochwasser, Mayen" in content["body"]
    assert "gefährdet" in content["body"]
    assert "noch 38 Minuten." in content["body"]


def test_two_messages_are_two_events(matrix):
    deliver(matrix.port, times=2)
    assert len(matrix.room.events) == 2


def test_over_tls_the_certificate_is_checked_and_no_keys_are_uploaded(secure):
    assert deliver(secure.port, scheme="matrixs").outcome is Outcome.ACCEPTED
    assert len(secure.room.events) == 1
    assert not [path for path in secure.asked if "/keys/" in path]


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(secure, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    assert deliver(secure.port, scheme="matrixs").outcome is Outcome.TEMPORARY
    assert secure.asked == []


def test_a_room_that_one_is_not_invited_to_is_no_delivery(matrix):
    matrix.room.invited.clear()
    result = deliver(matrix.port)
    assert result.outcome is Outcome.TEMPORARY
    assert result.answer.startswith("HTTP 403:")
    assert "not invited" in result.answer


def test_a_room_that_does_not_exist_is_not_made(matrix):
    result = deliver(matrix.port, room="#alarm:example.org")
    assert result.outcome is Outcome.TEMPORARY
    assert result.answer.startswith("HTTP 404:")
    assert not [path for path in matrix.paths() if path.endswith("/createRoom")]


@pytest.mark.parametrize("who", ["syt_falsch", "cockpit:falsch"])
def test_a_wrong_key_is_no_delivery_and_no_account_is_made(matrix, who):
    result = deliver(matrix.port, who)
    assert result.outcome is Outcome.TEMPORARY
    assert result.answer.startswith(("HTTP 401:", "HTTP 403:"))
    assert "falsch" not in result.answer
    assert not [path for path in matrix.paths() if path.endswith("/register")]


@pytest.mark.parametrize(("header", "wait_s"), [("", 42.0), ("7", 7.0)])
def test_a_server_that_limits_us_is_left_at_once_and_says_for_how_long(matrix, header, wait_s):
    matrix.busy_ms, matrix.busy_header = 42_000, header
    result = deliver(matrix.port)
    assert (result.outcome, result.retry_after_s) == (Outcome.TEMPORARY, wait_s)
    assert result.answer.startswith("HTTP 429:")
    assert len([path for path in matrix.paths() if "/join/" in path]) == 1


@pytest.mark.parametrize("step", ["/join/", "/send/"])
def test_a_server_that_hangs_is_uncertain_after_its_time(matrix, step):
    matrix.hangs_at = step
    began = time.monotonic()
    assert deliver(matrix.port, timeout_s=1.0).outcome is Outcome.TIMEOUT
    assert time.monotonic() - began < 30


def test_a_farewell_that_hangs_takes_nothing_from_what_was_accepted(matrix):
    matrix.hangs_at = "/logout"
    result = deliver(matrix.port, BY_PASSWORD, timeout_s=3.0, times=2)
    assert result.outcome is Outcome.ACCEPTED
    assert len(matrix.room.events) == 2


def test_nobody_there_is_not_uncertain():
    assert deliver(free_port(), timeout_s=5.0).outcome is Outcome.TEMPORARY
