"""Fixtures that many tests share: the region pack, stores on both databases, real servers."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, text

from data import schema
from data.engine import make_engine, make_sessions
from services.people.identity import acting
from services.people.model import Identity, Role
from services.region import Region, open_region
from tests.support.requirements import shared_path
from tests.support.sample_people import identity_of
from tests.support.servers import POSTGRES_URL, require_server

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.register_profile("ci", derandomize=True, deadline=None)
# in CI the same examples in every run: what lands was seen green
settings.load_profile("ci" if os.environ.get("CI") else "untimed")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def region_dir() -> Path:
    return ROOT / "data" / "regions" / "myk"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    return shared_path("data")


@pytest.fixture(scope="session")
def region(region_dir: Path) -> Region:
    return open_region(region_dir, simulated=True)


@pytest.fixture
def as_planner() -> Iterator[Identity]:
    """Act as somebody who may curate, as the identity of a request says it."""
    with acting(identity_of(Role.PLANNER)) as who:
        yield who


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    schema.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine() -> Iterator[Engine]:
    require_server("PostgreSQL", 5432)
    name = f"t_{uuid.uuid4().hex}"
    admin = make_engine(POSTGRES_URL)
    with admin.begin() as connection:
        connection.execute(text(f"create schema {name}"))
    engine = make_engine(f"{POSTGRES_URL}?options=-csearch_path%3D{name}")
    schema.upgrade(engine)
    yield engine
    engine.dispose()
    with admin.begin() as connection:
        connection.execute(text(f"drop schema {name} cascade"))
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The same test on both databases."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture
def sessions(engine: Engine):
    return make_sessions(engine)


@pytest.fixture
def sqlite_sessions(sqlite_engine: Engine):
    return make_sessions(sqlite_engine)
