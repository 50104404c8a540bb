"""Settings of the chain tests: a private state folder, no variable of the caller's."""

import os

import pytest

from config import Settings


@pytest.fixture(scope="module")
def chain_settings(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    for name in list(os.environ):
        if name.startswith("COCKPIT_") and name != "COCKPIT_REQUIRE_SERVICES":
            patch.delenv(name)
    yield Settings(state_dir=tmp_path_factory.mktemp("state"), flood_members=150)
    patch.undo()
