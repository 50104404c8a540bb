"""The verbs `check` and `test`: lint, format, types, import contracts, then the tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from config import ROOT

CHROMIUM = Path("/usr/bin/chromium")
CHECKS = (
    ("Lint", ["ruff", "check", "."]),
    ("Format", ["ruff", "format", "--check", "."]),
    ("Typen", ["mypy", "."]),
    ("Schichten", ["lint-imports"]),
)
TEST_WORKERS = "2"


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


def run_tests(arguments: Sequence[str]) -> int:
    """Make sure that a browser is there and run pytest; returns its exit code."""
    _require_chromium()
    print("== Tests", flush=True)
    options = list(arguments) or ["-n", TEST_WORKERS, "--dist", "loadgroup"]
    return _tool(["pytest", *options])


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
