"""Fetching: what is refused, what is bounded, what is remembered."""

from datetime import UTC, datetime, timedelta

import pytest

from services.sources import http
from services.sources.errors import NotModified, SourceUnavailableError
from services.sources.model import Request, Validators
from tests.support.source_server import Reply, source_server


@pytest.fixture
def server():
    with source_server() as found:
        yield found


def test_a_body_comes_with_its_validators_and_we_say_who_we_are(server):
    server.replies["/a"] = Reply(b"ok", headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    answer = http.get(Request(f"{server.url}/a"))
    assert (answer.body, answer.validators) == (b"ok", Validators('"1"', "yesterday"))
    assert server.asked[0][1]["user-agent"].startswith("Regionalcockpit/")


def test_only_a_conditional_request_sends_validators_and_304_is_no_body(server):
    server.replies["/a"] = lambda _path, headers: Reply(
        status=304 if headers.get("if-none-match") == '"1"' else 200
    )
    known = Validators('"1"', "yesterday")
    assert http.get(Request(f"{server.url}/a"), known).status == 200
    with pytest.raises(NotModified):
        http.get(Request(f"{server.url}/a", is_conditional=True), known)
    assert server.asked[1][1]["if-modified-since"] == "yesterday"


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_another_status_is_a_failure_with_the_wait_that_it_asks_for(server, status):
    server.replies["/a"] = Reply(status=status, headers={"Retry-After": "120"})
    with pytest.raises(SourceUnavailableError) as caught:
        http.get(Request(f"{server.url}/a"))
    assert (caught.value.status, caught.value.retry_after) == (status, timedelta(seconds=120))
    assert str(status) in caught.value.user_message


def test_a_body_above_the_limit_is_refused(server):
    server.replies["/a"] = Reply(b"x" * 1001)
    assert len(http.get(Request(f"{server.url}/a", max_bytes=1001)).body) == 1001
    with pytest.raises(SourceUnavailableError, match="mehr als 1000 Bytes"):
        http.get(Request(f"{server.url}/a", max_bytes=1000))


def test_a_body_that_breaks_off_is_refused(server):
    server.replies["/a"] = Reply(b"half", headers={"Connection": "close"}, announced=8)
    with pytest.raises(SourceUnavailableError):
        http.get(Request(f"{server.url}/a"))


def test_a_redirect_is_followed_a_few_times_only(server):
    server.replies["/a"] = Reply(status=302, headers={"Location": "/b"})
    server.replies["/b"] = Reply(b"there")
    server.replies["/round"] = Reply(status=302, headers={"Location": "/round"})
    assert http.get(Request(f"{server.url}/a")).url.endswith("/b")
    with pytest.raises(SourceUnavailableError, match="Weiterleitungen"):
        http.get(Request(f"{server.url}/round"))


@pytest.mark.parametrize(
    "url", ["http://example.org/a", "ftp://127.0.0.1/a", "file:///etc/passwd", "//x", "http://[bad"]
)
def test_what_is_not_https_is_refused_before_anything_is_sent(url):
    with pytest.raises(SourceUnavailableError):
        http.require_allowed(url)


def test_a_way_from_outside_to_this_machine_is_refused():
    http.require_allowed("http://127.0.0.1:1/a", "http://127.0.0.1/")
    with pytest.raises(SourceUnavailableError, match="diesen Rechner"):
        http.require_allowed("https://localhost/a", "https://example.org/")


def test_nobody_there_is_a_failure_in_words():
    with pytest.raises(SourceUnavailableError, match="keine Verbindung"):
        http.get(Request("http://127.0.0.1:9/a"))


def test_retry_after_may_be_a_date_and_rubbish_is_none():
    def now():
        return datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    assert http.retry_after("Sun, 01 Mar 2026 12:05:00 GMT", now) == timedelta(minutes=5)
    assert http.retry_after("Sun, 01 Mar 2020 12:05:00 GMT", now) == timedelta()
    assert http.retry_after("soon", now) is None
    assert http.retry_after("") is None
