"""The pages on the API say what the program does."""

import re

import pytest

from api.described import DESCRIBED
from api.limits import OWN_SCREENS
from api.problems import TITLES
from app import serve_api
from config import Settings
from data.sensorthings.fields import FIELDS
from services.api_views.observations import AS_OF_MOST, SPANS
from services.sensorthings.bounds import SPAN
from services.sensorthings.model import DEFAULT_TOP, KINDS, MOST_TOP
from tests.contract.docs.markdown import code, table, text_of
from tests.support import fakes

REFERENCE = text_of("reference/api.md")
HOW_TO = text_of("how-to/use-the-api.md")


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    from api.open_api import make_server

    with fakes.installed():
        server = make_server("test", "1")
        serve_api(server, Settings(state_dir=tmp_path_factory.mktemp("state")))
    return {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path): item for path, item in server.paths.items()}


def test_every_address_of_the_api_is_listed(described):
    listed = {code(row["address"]) for row in table(REFERENCE, "address", "gives")}
    assert listed == {path for path in described if not path.endswith("{path}")}


def test_every_status_has_its_row():
    listed = {int(row["status"]) for row in table(REFERENCE, "status", "means")}
    assert listed == set(TITLES)


def test_the_fields_of_sensorthings_are_those_that_are_understood():
    rows = table(REFERENCE, "kind", "fields of `$filter` and `$orderby`")
    found = {
        code(row["kind"]): re.findall(r"`([\w/]+)`", row["fields of `$filter` and `$orderby`"])
        for row in rows
    }
    assert set(found) == set(KINDS)
    for kind, fields in FIELDS.items():
        named = set(found[kind]) - ({"id", "eq", "ne"} if kind == "Observations" else set())
        assert named == set(fields), kind


def test_the_limits_are_the_documented_ones():
    assert [span.days for span in SPANS.values()] == [1, 31, 366]
    assert "a day (raw), 31 days (hour), 366 days (day)" in REFERENCE
    assert f"at most {AS_OF_MOST.days} days" in REFERENCE
    assert f"(100, at most {MOST_TOP})" in REFERENCE
    assert DEFAULT_TOP == 100
    assert f"a span of at most {SPAN.days} days" in REFERENCE
    assert Settings.model_fields["api_per_minute"].default == 600
    assert len(OWN_SCREENS) == 2


def test_the_examples_ask_for_addresses_that_exist(described):
    paths = {re.sub(r"\{\w+\}", "X", path) for path in (*described, *DESCRIBED)}
    for address in re.findall(r"8050(/api/v1/[^'\"? ]+)", HOW_TO):
        generic = address.replace("iot-nitz", "X")
        assert generic in paths, address
