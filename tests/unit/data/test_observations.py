from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from data import as_of, observations, things
from data.observations import ObservationRow

START = datetime(2026, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def stream(sessions):
    with sessions.begin() as session:
        things.ensure(session, "r", [things.stream("g", "G", "gauge", "stage", "m")])
        return things.ids(session)["g/stage"]


def row(stream, at, value, *, received=None, flag=1):
    return ObservationRow(stream, at, received or at, value, value, flag, "", "live")


def test_the_same_rows_twice_are_stored_once(sessions, stream):
    rows = [row(stream, START + n * QUARTER, float(n)) for n in range(10)]
    with sessions.begin() as session:
        assert observations.upsert(session, rows) == 10
    with sessions.begin() as session:
        assert observations.upsert(session, rows) == 0
        assert len(observations.window(session, stream, START, START + 9 * QUARTER)) == 10


def test_a_changed_value_keeps_its_predecessor_and_as_known_then_still_answers(sessions, stream):
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, 1.0)])
    later = START + timedelta(hours=2)
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, 2.0, received=later)])
    with sessions() as session:
        then = as_of.known_at(session, stream, START, START, START + QUARTER)
        today = as_of.known_at(session, stream, START, START, later)
    assert [value for _, value, _ in then] == [1.0]
    assert [value for _, value, _ in today] == [2.0]


def test_an_older_message_never_overwrites_a_newer_one(sessions, stream):
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, 2.0, received=START + QUARTER)])
    with sessions.begin() as session:
        assert observations.upsert(session, [row(stream, START, 1.0)]) == 0
        assert observations.window(session, stream, START, START)[0][1] == 2.0


def test_a_late_reading_does_not_become_the_latest(sessions, stream):
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START + QUARTER, 2.0)])
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, 1.0, received=START + 2 * QUARTER)])
        assert observations.latest(session)[0].value == 2.0


def test_times_come_back_aware_and_in_utc(sessions, stream):
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, 1.0)])
    with sessions() as session:
        at = observations.latest(session)[0].phenomenon_time
    assert at == START
    assert at.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused(sessions, stream):
    naive = START.replace(tzinfo=None)
    with (
        pytest.raises(ValueError, match="naive timestamp"),
        sessions.begin() as session,
    ):
        observations.upsert(session, [row(stream, naive, 1.0)])


def test_a_missing_value_stays_missing(sessions, stream):
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, None, flag=9)])
    with sessions() as session:
        assert observations.window(session, stream, START, START) == [(START, None, 9)]


def test_every_superseded_value_is_kept_even_within_one_batch(sessions, stream):
    received = [START + timedelta(minutes=n) for n in (1, 2, 3)]
    values = [row(stream, START, float(n), received=at) for n, at in enumerate(received)]
    with sessions.begin() as session:
        observations.upsert(session, values)
    with sessions() as session:
        known = [as_of.known_at(session, stream, START, START, at)[0][1] for at in received]
    assert known == [0.0, 1.0, 2.0]


def test_an_older_message_that_comes_late_is_kept_as_a_revision(sessions, stream):
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, 2.0, received=START + 2 * QUARTER)])
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, START, 1.0, received=START + QUARTER)])
    with sessions() as session:
        assert observations.window(session, stream, START, START)[0][1] == 2.0
        [(_, then, _)] = as_of.known_at(session, stream, START, START, START + QUARTER)
    assert then == 1.0


def test_a_window_is_read_through_the_primary_key(sqlite_sessions):
    query = "select * from observations where datastream_id = 1 and phenomenon_time between 1 and 2"
    with sqlite_sessions() as session:
        plan = session.execute(text(f"explain query plan {query}")).all()
    assert "PRIMARY KEY" in str(plan)
    assert "SCAN" not in str(plan)
