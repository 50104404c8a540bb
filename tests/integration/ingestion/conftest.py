"""Real stores for the ingest path: SQLite in a file, PostgreSQL where a server answers."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data import schema, things
from data.engine import make_engine, make_sessions, writing
from services.ingestion.spool import Spool
from tests.support.requirements import absent

POSTGRES = os.environ.get(
    "COCKPIT_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@localhost/postgres"
)
STREAMS = [
    ("nitz", "Nitz", "gauge", "stage", "m"),
    ("nitz", "Nitz", "gauge", "battery", "%"),
    ("thuer", "Thür", "gauge", "stage", "m"),
]


def filled(engine: Engine) -> sessionmaker[Session]:
    """Return sessions of an engine with schema and the test's datastreams."""
    schema.upgrade(engine)
    sessions = make_sessions(engine)
    with sessions.begin() as session:
        things.ensure(writing(session), "test", (things.stream(*row) for row in STREAMS))
    return sessions


@pytest.fixture
def sqlite_sessions(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """Sessions of a fresh SQLite file."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store' / 'cockpit.sqlite'}")
    yield filled(engine)
    engine.dispose()


@pytest.fixture
def postgres_sessions() -> Iterator[sessionmaker[Session]]:
    """Sessions of a fresh PostgreSQL database, dropped afterwards."""
    name = f"cockpit_test_{secrets.token_hex(6)}"
    server = create_engine(
        POSTGRES, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}
    )
    try:
        with server.connect() as connection:
            connection.execute(text(f"create database {name}"))
    except OperationalError as error:
        server.dispose()
        absent(f"no PostgreSQL answers: {error.orig}")
    engine = make_engine(str(server.url.set(database=name).render_as_string(hide_password=False)))
    yield filled(engine)
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def sessions(request: pytest.FixtureRequest) -> sessionmaker[Session]:
    """Sessions of each store in turn."""
    found: sessionmaker[Session] = request.getfixturevalue(f"{request.param}_sessions")
    return found


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """A fresh spool."""
    return Spool(tmp_path / "spool", 50_000_000)


@pytest.fixture
def now() -> datetime:
    """The instant at which messages are received."""
    return datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
