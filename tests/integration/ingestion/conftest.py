"""Stores for the ingest path, with the datastreams of its tests; the spool and the hour."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from data import things
from data.engine import make_sessions, writing
from services.ingestion.spool import Spool

STREAMS = [
    ("nitz", "Nitz", "gauge", "stage", "m"),
    ("nitz", "Nitz", "gauge", "battery", "%"),
    ("thuer", "Thür", "gauge", "stage", "m"),
]


@pytest.fixture
def sqlite_sessions(sqlite_engine: Engine) -> sessionmaker[Session]:
    """Sessions of a fresh SQLite file."""
    return _filled(sqlite_engine)


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions of each store in turn."""
    return _filled(engine)


def _filled(engine: Engine) -> sessionmaker[Session]:
    """Return sessions of a store that has the test's datastreams."""
    found = make_sessions(engine)
    with found.begin() as session:
        things.ensure(writing(session), "test", (things.stream(*row) for row in STREAMS))
    return found


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """A fresh spool."""
    return Spool(tmp_path / "spool", 50_000_000)


@pytest.fixture
def now() -> datetime:
    """The instant at which messages are received."""
    return datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
