"""Schemathesis asks everything that the document allows, and more: no 5xx, answers as described.

A short form runs always; `./cockpit test --full` asks twenty times as much.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from data.sensorthings.fields import FIELDS
from services.sensorthings.model import LINKS

SHORT, LONG = 10, 200
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
PLAIN = {"Accept-Encoding": "identity"}
"""The test client of WSGI does not unpack what the app packs."""
OPTION = st.sampled_from(["$filter", "$orderby", "$top", "$skip", "$count", "$select", "$expand"])
NAMED = (*FIELDS.values(), *LINKS.values())
WORDS = st.sampled_from(sorted({name for names in NAMED for name in names}))
VALUES = st.sampled_from(["1", "-1", "1.5", "'x'", "null", "2021-07-14T15:00:00Z", "true", "9e99"])
COMPARED = st.builds("{} {} {}".format, WORDS, st.sampled_from(["eq", "gt", "le", "ne"]), VALUES)
TEXTS = st.one_of(COMPARED, WORDS, VALUES, st.text(max_size=20))
ROOT = "/api/v1/sensorthings/v1.1"


@pytest.fixture
def schema(app, monkeypatch):
    unlimited(app, monkeypatch)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app.server)


def unlimited(app, monkeypatch):
    """Let the fuzz ask as often as it likes."""
    for limiter in app.server.extensions["limiter"]:
        monkeypatch.setattr(limiter, "enabled", False)


def fuzz(schema, examples):
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.method.upper() != "GET" or "/datasets/" in operation.path:
            continue

        @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=QUIET)
        @hypothesis_given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(checks=CHECKS, headers=PLAIN)

        ask()
        asked += 1
    return asked


def test_nothing_that_the_document_allows_breaks_the_api(schema):
    assert fuzz(schema, SHORT) > 20


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_nothing_breaks_the_api_in_a_long_run(schema):
    assert fuzz(schema, LONG) > 20


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@hypothesis_given(st.sampled_from(sorted(LINKS)), st.dictionaries(OPTION, TEXTS, max_size=3))
def test_any_sensorthings_question_is_answered_or_refused(client, app, kind, options):
    for limiter in app.server.extensions["limiter"]:
        limiter.reset()
    answer = client.get(f"{ROOT}/{kind}", query_string=options)
    assert answer.status_code in (200, 400), answer.get_data(as_text=True)
