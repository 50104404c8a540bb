"""Where everything is required a test fails without it; elsewhere it is skipped with a reason."""

import pytest

from tests.support import requirements
from tests.support.servers import require_server

NOBODY = 1
"""A port on which no server of a test listens."""


def ask_for_a_file():
    requirements.shared_path("data/no-such-folder/no-such-file.csv")


def ask_for_a_server():
    require_server("Nobody", NOBODY)


@pytest.mark.parametrize("ask", [ask_for_a_file, ask_for_a_server])
def test_what_is_required_and_absent_fails_the_test(monkeypatch, ask):
    monkeypatch.setenv("COCKPIT_REQUIRE_SERVICES", "1")
    with pytest.raises(pytest.fail.Exception):
        ask()


@pytest.mark.parametrize("ask", [ask_for_a_file, ask_for_a_server])
def test_what_is_absent_and_not_required_skips_the_test(monkeypatch, ask):
    monkeypatch.delenv("COCKPIT_REQUIRE_SERVICES", raising=False)
    with pytest.raises(pytest.skip.Exception):
        ask()


def test_what_is_there_is_given(monkeypatch, tmp_path):
    monkeypatch.setattr(requirements, "SHARED", tmp_path)
    (tmp_path / "a.csv").touch()
    assert requirements.shared_path("a.csv") == tmp_path / "a.csv"
