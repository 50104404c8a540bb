"""A read session: whatever the database refuses is one sentence for people."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import InterfaceError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from services.errors import StoreUnavailableError
from services.reading import Reading


@pytest.fixture
def narrow(tmp_path):
    """Give sessions of a pool with a single connection, which waits for nobody."""
    engine = create_engine(
        f"sqlite:///{tmp_path}/x.sqlite",
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0.01,
    )
    yield sessionmaker(engine)
    engine.dispose()


def test_a_pool_that_is_used_up_is_a_sentence(narrow):
    with narrow() as other:
        other.execute(text("select 1"))
        with pytest.raises(StoreUnavailableError), Reading(narrow) as session:
            session.execute(text("select 1"))


def test_a_table_that_is_missing_is_a_sentence(narrow):
    with pytest.raises(StoreUnavailableError), Reading(narrow) as session:
        session.execute(text("select * from gibt_es_nicht"))


def test_a_driver_that_lost_its_server_is_a_sentence(narrow):
    with pytest.raises(StoreUnavailableError), Reading(narrow):
        raise InterfaceError("select 1", {}, Exception("closed"))


def test_a_fault_of_ours_stays_one(narrow):
    with pytest.raises(ZeroDivisionError), Reading(narrow):
        raise ZeroDivisionError
