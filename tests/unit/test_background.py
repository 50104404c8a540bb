"""Whose name a background job acts in: the session's that asked, and never the browser's word."""

import json

import diskcache
import pytest
from dash import ctx

from background import SESSION, ProcessManager
from services.people import identity
from services.people.identity import acting
from services.people.model import PUBLIC, Right, Role
from tests.support import fakes
from tests.support.sample_people import identity_of

TOKEN = "planner"  # noqa: S105  # a sample
REQUEST = {"cookies": {"cockpit_session": TOKEN}, "headers": {"Cookie": TOKEN}, "path": "/daten"}


@pytest.fixture
def cache(tmp_path):
    with diskcache.Cache(str(tmp_path)) as opened:
        yield opened


@pytest.fixture
def found():
    with fakes.installed() as services:
        yield services


def run(cache, who, fn, monkeypatch):
    """Start a job as somebody; return what was carried to it and what came back."""
    carried = []

    def queue(_self, key, job_fn, args, context):
        carried.append(json.dumps(context))
        with acting(PUBLIC):
            job_fn(key, f"{key}-progress", args, json.loads(carried[0]))

    monkeypatch.setattr("dash.DiskcacheManager.call_job_fn", queue)
    manager = ProcessManager(cache)
    job = manager.make_job_fn(fn, None)
    with acting(who):
        manager.call_job_fn("key", job, [], dict(REQUEST))
    return carried[0], cache.get("key")


def name():
    return identity.require(Right.CURATE).actor


def test_a_job_acts_as_the_session_that_asked(cache, found, monkeypatch):
    _, answer = run(cache, identity_of(Role.PLANNER), name, monkeypatch)
    assert answer == "Dienst planner"
    assert identity.current() == PUBLIC


def test_the_token_never_leaves_the_web_process(cache, found, monkeypatch):
    carried, _ = run(cache, identity_of(Role.PLANNER), name, monkeypatch)
    told = json.loads(carried)
    assert told["cookies"] == {SESSION: "key-planner"}
    assert "headers" not in told
    assert told["path"] == "/daten"


def test_a_cookie_of_our_name_from_the_browser_counts_for_nothing(cache, found, monkeypatch):
    monkeypatch.setitem(REQUEST["cookies"], SESSION, "key-admin")
    _, answer = run(cache, PUBLIC, name, monkeypatch)
    assert answer["background_callback_error"]["msg"] == Right.CURATE.value


def test_a_session_that_was_closed_meanwhile_acts_no_more(cache, found, monkeypatch):
    found.sign_in.closed.append("planner")
    _, answer = run(cache, identity_of(Role.PLANNER), name, monkeypatch)
    assert "background_callback_error" in answer


def test_what_asks_nothing_of_the_request_is_kept(cache, found, monkeypatch):
    def path():
        return ctx.path

    assert run(cache, PUBLIC, path, monkeypatch)[1] == "/daten"
