"""What the hooks refuse is refused here too: large files, databases, CSV where none belongs."""

import re
import subprocess

import pytest

from tests.contract.docs.markdown import ROOT

MOST_BYTES = 500_000
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tracked():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git working tree")
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [name for name in names if (ROOT / name).is_file()]


def refused(hook):
    """Return the patterns of a hook: files, exclude."""
    part = HOOKS.partition(f"id: {hook}\n")[2].partition("- id:")[0]
    files = re.search(r"^\s+files: '(.+)'$", part, re.MULTILINE)
    exclude = re.search(r"^\s+exclude: '(.+)'$", part, re.MULTILINE)
    assert files is not None
    return re.compile(files[1]), re.compile(exclude[1] if exclude else r"(?!)")


def test_no_file_is_large(tracked):
    large = {name for name in tracked if (ROOT / name).stat().st_size > MOST_BYTES}
    assert large <= {"uv.lock"}  # made by a program, and the one file that must name every package
    assert f"-le {MOST_BYTES} " in HOOKS


@pytest.mark.parametrize("hook", ["no-databases", "no-stray-csv"])
def test_no_file_is_there_that_a_hook_refuses(tracked, hook):
    files, exclude = refused(hook)
    assert [name for name in tracked if files.search(name) and not exclude.search(name)] == []


@pytest.mark.parametrize(
    ("hook", "name", "is_refused"),
    [
        ("no-databases", ".state/cockpit.sqlite", True),
        ("no-databases", "x/cockpit.sqlite-wal", True),
        ("no-databases", "vg250.gpkg", True),
        ("no-databases", "data/models/base.py", False),
        ("no-stray-csv", "export.csv", True),
        ("no-stray-csv", "data/regions/myk/gauges.csv", False),
        ("no-stray-csv", "tests/validation_region/gauges.csv", False),
    ],
)
def test_the_patterns_of_the_hooks_mean_what_they_say(hook, name, is_refused):
    files, exclude = refused(hook)
    assert bool(files.search(name) and not exclude.search(name)) is is_refused


def test_hooks_are_local_and_need_no_network():
    assert set(re.findall(r"repo: (\S+)", HOOKS)) == {"local"}
    assert set(re.findall(r"language: (\S+)", HOOKS)) <= {"system", "fail"}
