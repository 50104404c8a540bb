"""The verb `catalogue check` says what is wrong, and what to install when it cannot look."""

import sys

import pytest
from click.testing import CliRunner

from cli import main
from services.catalogue.validation import RULES


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(main, ["catalogue", "check", *arguments])


def test_the_shipped_catalogue_is_valid_but_for_the_contributor(run, monkeypatch):
    answer = run()
    assert answer.exit_code == 0
    assert "0 Fehler, 8 Hinweise" in answer.output
    monkeypatch.setenv("COCKPIT_CONTRIBUTOR_ID", "http://dcat-ap.de/def/contributors/openRlp")
    assert "0 Fehler, 0 Hinweise" in run().output


def test_a_contributor_that_is_no_address_is_a_fault(run, monkeypatch):
    monkeypatch.setenv("COCKPIT_CONTRIBUTOR_ID", "urn:irgendwer")
    answer = run()
    assert answer.exit_code == 1
    assert "Fehler: DE dcatde:contributorID" in answer.output


def test_other_shapes_can_be_given(run, tmp_path):
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(RULES.read_text(encoding="utf-8"), encoding="utf-8")
    assert str(shapes) in run("--shapes", str(shapes)).output
    assert run("--shapes", str(tmp_path / "weg.ttl")).exit_code == 1


def test_a_missing_library_is_named_with_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    answer = run()
    assert answer.exit_code == 1
    assert "uv sync --extra dev" in answer.output
