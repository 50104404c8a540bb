import multiprocessing
import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from data import schema
from data.engine import make_engine, make_sessions, writing

THING = "insert into things (thing_id, region_id, name, kind) values (:id, 'r', 'G', 'gauge')"


def test_a_missing_folder_of_the_database_is_made(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'new' / 'x.sqlite'}")
    with engine.connect() as connection:
        assert connection.scalar(text("pragma journal_mode")) == "wal"
    engine.dispose()


def test_a_writer_waits_for_the_lock_of_another(sqlite_engine):
    sessions = make_sessions(sqlite_engine)
    began = threading.Event()

    def hold():
        with sessions.begin() as session:
            writing(session)
            session.execute(text(THING), {"id": "a"})
            began.set()
            time.sleep(0.3)

    holder = threading.Thread(target=hold)
    holder.start()
    assert began.wait(5)
    with sessions.begin() as session:
        writing(session)
        session.execute(text(THING), {"id": "b"})
    holder.join()
    with sessions() as session:
        assert session.scalar(text("select count(*) from things")) == 2


def test_a_forked_child_does_not_use_the_connection_of_its_parent(postgres_engine):
    with postgres_engine.connect() as connection:
        parent = connection.scalar(text("select pg_backend_pid()"))
    queue = multiprocessing.get_context("fork").Queue()

    def child():
        with postgres_engine.connect() as connection:
            queue.put(connection.scalar(text("select pg_backend_pid()")))
        postgres_engine.dispose()

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    of_child = queue.get(timeout=20)
    process.join(20)
    assert of_child != parent


def test_a_database_file_that_is_deleted_is_not_written_to_any_more(tmp_path):
    path = tmp_path / "store.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    path.unlink()
    with pytest.raises(DatabaseError, match="no such table"), engine.connect() as connection:
        connection.execute(text("select * from things"))
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("select * from things")).all() == []
    assert path.exists()
    engine.dispose()


def test_a_damaged_database_file_is_a_database_error(tmp_path):
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"this is not a database" * 100)
    engine = make_engine(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="not a database"):
        engine.connect()
    engine.dispose()
