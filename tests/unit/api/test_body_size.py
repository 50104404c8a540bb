"""A body larger than an upload may be is refused unread, in the words of its place."""

import base64
import io

import pytest
from flask import Flask, request

from api.body_size import OWN_BOUND, limit_bodies, most_body_bytes

LARGEST_FILE = 3_000_000
MOST = 5_000_000


@pytest.fixture
def client():
    server = Flask("test")

    @server.post("/_dash-update-component")
    def update():
        return {"bytes": len(request.get_data())}

    @server.get("/api/v1/gauges")
    def gauges():
        return "all"

    limit_bodies(server, LARGEST_FILE)
    return server.test_client()


def announce(client, path, size, method="POST"):
    return client.open(path, method=method, environ_overrides={"CONTENT_LENGTH": str(size)})


def test_the_bound_fits_the_largest_file_as_dash_sends_it():
    encoded = len(base64.b64encode(bytes(LARGEST_FILE)))
    assert most_body_bytes(LARGEST_FILE) == encoded + 1_000_000 == MOST


def test_a_body_up_to_the_bound_is_read(client):
    answer = client.post("/_dash-update-component", data=bytes(MOST))
    assert answer.json == {"bytes": MOST}


def test_a_page_is_told_in_a_german_sentence_what_is_too_large(client):
    answer = announce(client, "/_dash-update-component", MOST + 1)
    assert answer.status_code == 413
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "Eine Datei darf höchstens 3 MB haben." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "method"), [("/api/v1/gauges", "GET"), ("/api/v1/no", "POST")])
def test_the_interface_answers_with_a_problem(client, path, method):
    answer = announce(client, path, MOST + 1, method)
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")
    assert answer.json["title"] == "Anfrage zu groß"


def test_a_chunked_body_is_refused_while_it_is_read(client):
    answer = client.post(
        "/_dash-update-component",
        input_stream=io.BytesIO(bytes(MOST + 1)),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert "zu groß" in answer.text


def test_webhooks_keep_their_own_bound():
    assert {"uplinks.take_uplink", "ngsi-ld.take_notification"} == OWN_BOUND
