"""Fixtures that many tests share: the region pack, stores on both databases, real servers."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, event, text

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
def postgres_script() -> str:
    """All statements of the migrations as one text: sent at once, they take a third of the time."""
    require_server("PostgreSQL", 5432)
    said: list[str] = []

    def note(_a: object, _b: object, statement: str, values: object, *_more: object) -> None:
        if not values and not statement.lstrip().lower().startswith("select"):
            said.append(statement)

    with _postgres_schema() as engine:
        event.listen(engine, "before_cursor_execute", note)
        schema.upgrade(engine)
    return ";\n".join(said)


@contextmanager
def _postgres_schema() -> Iterator[Engine]:
    name = f"t_{uuid.uuid4().hex}"
    admin = make_engine(POSTGRES_URL)
    with admin.begin() as connection:
        connection.execute(text(f"create schema {name}"))
    # what a test stores need not survive a power cut
    options = f"-csearch_path%3D{name}%20-csynchronous_commit%3Doff"
    engine = make_engine(f"{POSTGRES_URL}?options={options}")
    yield engine
    engine.dispose()
    with admin.begin() as connection:
        connection.execute(text(f"drop schema {name} cascade"))
    admin.dispose()


@pytest.fixture
def postgres_engine(postgres_script: str) -> Iterator[Engine]:
    with _postgres_schema() as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql(postgres_script)
        yield engine


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
