"""Fixtures that many tests share: the region pack, stores on both databases, real servers."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from data import schema
from data.engine import make_engine, make_sessions
from services.people.identity import acting
from services.people.model import Identity, Role
from services.region import Region, open_region
from tests.support.postgres_schemas import PostgresSchemas
from tests.support.requirements import shared_path
from tests.support.sample_people import identity_of
from tests.support.servers import require_server

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


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that tests copy: migrating takes fifty times as long."""
    path: Path = tmp_path_factory.mktemp("template") / "store.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_engine(tmp_path: Path, sqlite_template: Path) -> Iterator[Engine]:
    path = tmp_path / "store.sqlite"
    shutil.copyfile(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_schemas() -> Iterator[PostgresSchemas]:
    require_server("PostgreSQL", 5432)
    made = PostgresSchemas()
    yield made
    made.drop()
    made.admin.dispose()


@pytest.fixture
def postgres_engine(postgres_schemas: PostgresSchemas) -> Iterator[Engine]:
    engine = postgres_schemas.engine()
    yield engine
    engine.dispose()
    postgres_schemas.clean()


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
