"""The verbs `check` and `test`: lint, format, types, import contracts, then the tests."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from config import ROOT

CHROMIUM = Path("/usr/bin/chromium")
CHECKS = (
    ("Lint", ["ruff", "check", "."]),
    ("Format", ["ruff", "format", "--check", "."]),
    ("Typen", ["mypy", "."]),
    ("Schichten", ["lint-imports"]),
)
TEST_WORKERS = "2"
COVERAGE_FLOOR = "90"
"""Per cent of lines and branches of services and data; a lower floor needs a reason."""
FEWEST_TESTS = 3500
"""A run with fewer passed tests has lost some on the way: it counts as failed."""
WHOLE_RUN = (
    "-n", TEST_WORKERS, "--dist", "loadgroup", "--durations=40", "--durations-min=2",
    "--cov=services", "--cov=data", "--cov-report=", f"--cov-fail-under={COVERAGE_FLOOR}",
)  # fmt: skip


EVERYTHING = ("-m", "full or not full")
"""Takes back that `pyproject.toml` leaves out what is marked `full`."""


def run_checks() -> int:
    """Run all static checks; returns the number of those that failed."""
    failed = []
    for title, command in CHECKS:
        print(f"== {title}", flush=True)
        if _tool(command) != 0:
            failed.append(title)
    if failed:
        print(f"Nicht bestanden: {', '.join(failed)}", flush=True)
    return len(failed)


def run_tests(arguments: Sequence[str], *, is_full: bool = False) -> int:
    """Make sure that a browser is there and run pytest; returns its exit code.

    Tests marked `full` take minutes and run only when they are asked for.
    """
    chosen = EVERYTHING if is_full else ()
    _require_chromium()
    print("== Tests", flush=True)
    if arguments:
        return _tool(["pytest", *chosen, *arguments])
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        code = _tool(["pytest", *WHOLE_RUN, *chosen, f"--junitxml={results}"])
        passed = _passed(results)
    if code == 0 and passed < FEWEST_TESTS:
        print(f"Nur {passed} Tests liefen durch, erwartet sind mindestens {FEWEST_TESTS}.")
        return 1
    return code


def _passed(results: Path) -> int:
    """Return how many tests of a JUnit report passed; no report means none."""
    if not results.is_file():
        return 0
    suite = ElementTree.parse(results).getroot().find("testsuite")  # noqa: S314  # our own report
    if suite is None:
        return 0
    count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    return count["tests"] - count["failures"] - count["errors"] - count["skipped"]


def _tool(command: Sequence[str]) -> int:
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
    return subprocess.call(  # noqa: S603  # our own fixed commands
        [str(scripts / command[0]), *command[1:]], cwd=ROOT, env=environment
    )


def _require_chromium() -> None:
    """Install Debian's Chromium when root, else the browser that Playwright downloads."""
    if CHROMIUM.exists() or _playwright_browser():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("== Chromium wird installiert", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "chromium"],
        ):
            subprocess.call(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  # fixed commands
    if not CHROMIUM.exists():
        _tool(["playwright", "install", "chromium"])


def _playwright_browser() -> bool:
    caches = Path.home() / ".cache" / "ms-playwright"
    return any(caches.glob("chromium-*"))
