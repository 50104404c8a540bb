"""Every expected failure and every reason of rejection is documented with its sentence."""

import importlib
import pkgutil

import pytest

from services.errors import CockpitError
from services.ingestion.model import Reason
from tests.contract.docs.markdown import code, table, text_of

PAGE = text_of("reference/errors.md")
ROWS = {code(row["class"]): row for row in table(PAGE, "class", "raised when", "the sentence")}
GENERIC = CockpitError.user_message


def load_everything():
    """Import all modules that may define an expected failure; pages are executed by Dash only."""
    for root in ("services", "data", "api", "components", "verbs", "bench"):
        package = importlib.import_module(root)
        for found in pkgutil.walk_packages(package.__path__, f"{root}."):
            if ".migrations" not in found.name:
                importlib.import_module(found.name)


def subclasses(of):
    for found in of.__subclasses__():
        yield found
        yield from subclasses(found)


load_everything()
OURS = {
    "services",
    "data",
    "api",
    "components",
    "verbs",
    "bench",
    "wiring",
    "wiring_services",
    "wiring_work",
    "wiring_rules",
    "worker",
    "ingest",
}
ERRORS = {
    found.__name__: found
    for found in subclasses(CockpitError)
    if found.__module__.partition(".")[0] in OURS
}


def test_every_expected_failure_is_in_the_table_and_nothing_else():
    assert set(ROWS) == set(ERRORS)


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_the_documented_sentence_is_the_real_one(name):
    row = ROWS[name]
    assert row["raised when"]
    own = ERRORS[name].__dict__.get("user_message")
    if own is None:
        assert row["the sentence"] != GENERIC
    else:
        assert row["the sentence"] == own


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_a_sentence_is_german_and_ends(name):
    own = ERRORS[name].__dict__.get("user_message", "Satz.")
    assert own.endswith((".", "“."))
    assert own[0].isupper()


def test_every_reason_of_rejection_is_in_the_table_and_nothing_else():
    documented = {code(row["code"]) for row in table(PAGE, "code", "means")}
    assert documented == {reason.value for reason in Reason}
