"""The app is built once per process over fakes: Dash's pages and callbacks are global."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from config import Settings
from tests.support import fakes


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory):
    from app import create_app, warm_up

    state: Path = tmp_path_factory.mktemp("state")
    with fakes.installed():
        built = create_app(
            Settings(state_dir=state, metrics_token=SecretStr("messen"), api_per_minute=1_000_000)
        )
        warm_up(built.server)
    return built


@pytest.fixture(autouse=True)
def found(app):
    """The fakes of one test."""
    with fakes.installed() as services:
        yield services


@pytest.fixture
def client(app):
    return app.server.test_client()
