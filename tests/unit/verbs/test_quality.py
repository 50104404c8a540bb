"""The verbs `check` and `test`: every check runs, the code tells how many failed."""

from pathlib import Path

import pytest

from verbs import quality


@pytest.fixture
def calls(monkeypatch):
    made = []
    monkeypatch.setattr(quality, "_require_chromium", lambda: None)
    monkeypatch.setattr(quality, "_tool", lambda command: made.append(list(command)) or 0)
    return made


def test_all_four_checks_run_and_nothing_failed(calls):
    assert quality.run_checks() == 0
    assert [command[0] for command in calls] == ["ruff", "ruff", "mypy", "lint-imports"]


def test_a_failed_check_does_not_stop_the_others_and_is_named(monkeypatch, capsys):
    seen = []

    def fails(command):
        seen.append(command[0])
        return 1 if command[0] == "mypy" else 0

    monkeypatch.setattr(quality, "_tool", fails)
    assert quality.run_checks() == 1
    assert len(seen) == len(quality.CHECKS)
    assert "Nicht bestanden: Typen" in capsys.readouterr().out


def test_tests_run_whole_on_two_workers_unless_told_otherwise(calls):
    quality.run_tests([])
    quality.run_tests(["-k", "supervise"])
    assert calls[0][:5] == ["pytest", "-n", "2", "--dist", "loadgroup"]
    assert "--cov-fail-under=90" in calls[0]
    assert calls[1] == ["pytest", "-k", "supervise"]


def test_long_runs_are_left_out_unless_they_are_asked_for(calls):
    quality.run_tests(["-k", "fuzz"], is_full=True)
    quality.run_tests([], is_full=True)
    assert calls[0] == ["pytest", "-m", "full or not full", "-k", "fuzz"]
    assert calls[1][-3:-1] == ["-m", "full or not full"]


LEAST = quality.FEWEST_TESTS


@pytest.mark.parametrize(
    ("tests", "skipped", "code"), [(LEAST + 3, 3, 0), (LEAST + 3, 4, 1), (12, 0, 1)]
)
def test_a_whole_run_that_lost_its_tests_fails(monkeypatch, capsys, tests, skipped, code):
    def writes_a_report(command):
        path = next(part for part in command if part.startswith("--junitxml=")).split("=")[1]
        body = f'<testsuite tests="{tests}" failures="0" errors="0" skipped="{skipped}"/>'
        Path(path).write_text(f"<testsuites>{body}</testsuites>")
        return 0

    monkeypatch.setattr(quality, "_require_chromium", lambda: None)
    monkeypatch.setattr(quality, "_tool", writes_a_report)
    assert quality.run_tests([]) == code
    assert ("erwartet sind mindestens" in capsys.readouterr().out) is bool(code)


def test_the_code_of_the_tests_is_handed_on(monkeypatch):
    monkeypatch.setattr(quality, "_require_chromium", lambda: None)
    monkeypatch.setattr(quality, "_tool", lambda _command: 5)
    assert quality.run_tests([]) == 5


def test_a_browser_that_is_there_is_not_installed_again(monkeypatch, tmp_path):
    chromium = tmp_path / "chromium"
    chromium.touch()
    monkeypatch.setattr(quality, "CHROMIUM", chromium)
    monkeypatch.setattr(quality.subprocess, "call", lambda *_args, **_kw: pytest.fail("installed"))
    quality._require_chromium()


def test_without_root_the_browser_is_playwrights_own(monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr(quality, "CHROMIUM", tmp_path / "none")
    monkeypatch.setattr(quality, "_playwright_browser", lambda: False)
    monkeypatch.setattr(quality.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(quality, "_tool", lambda command: made.append(command) or 0)
    quality._require_chromium()
    assert made == [["playwright", "install", "chromium"]]
