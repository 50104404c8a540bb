"""What a test needs from outside: skipped with a reason where absent, unless it is required."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
"""Real open data beside the project; too large and too foreign to be part of it."""


def absent(reason: str) -> NoReturn:
    """Skip the test, or fail it where everything must be there (COCKPIT_REQUIRE_SERVICES=1)."""
    if os.environ.get("COCKPIT_REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def shared_path(name: str) -> Path:
    """Return a file or folder of the real open data, by its path below that folder."""
    path = SHARED / name
    if not path.exists():
        absent(f"{name} is not in the folder of real open data beside the project")
    return path
