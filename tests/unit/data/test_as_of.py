"""What was known at an instant, against a naive model, and through which index it is found."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from data import as_of, observations, things
from data.engine import writing
from data.observations import ObservationRow

START = datetime(2026, 12, 31, 22, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
NUMBERS = itertools.count()
# one message of a key and an instant of receipt: of two the order of arrival would decide
MESSAGES = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 9),
        st.integers(0, 40),
        st.sampled_from([None, 0.5, 1.0, 1.5]),
        st.sampled_from([1, 4]),
    ),
    max_size=30,
    unique_by=lambda item: item[:3],
)


def make_streams(sessions):
    name = f"g{next(NUMBERS)}"
    with sessions.begin() as session:
        wanted = [things.stream(f"{name}-{n}", "G", "gauge", "stage", "m") for n in range(2)]
        things.ensure(session, "r", wanted)
        ids = things.ids(session)
        return [ids[row.key] for row in wanted]


def as_row(streams, message):
    stream, key, received, value, flag = message
    at = START + key * QUARTER
    heard = START + received * QUARTER
    return ObservationRow(streams[stream], at, heard, value, value, flag, "", "live")


def heard(batches):
    """Return what counts as a message of its own: the same again later is none."""
    versions = {}
    for batch in batches:
        for row in sorted(batch, key=lambda item: item.result_time):
            of = versions.setdefault(row.key, [])
            newest = max(of, key=lambda item: item.result_time, default=None)
            is_news = newest is None or newest.said != row.said
            if is_news or row.result_time < newest.result_time:
                of.append(row)
    return versions


def told_by(versions, until):
    """Return by key the newest message that was heard until an instant."""
    known = {}
    for key, rows in versions.items():
        of = [row for row in rows if row.result_time <= until]
        if of:
            row = max(of, key=lambda item: item.result_time)
            known[key] = (row.phenomenon_time, row.value, row.flag)
    return known


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(messages=MESSAGES, cuts=st.lists(st.integers(0, 30), max_size=3), asked=st.integers(-1, 41))
def test_the_past_is_told_as_a_reader_of_then_would_have_told_it(sessions, messages, cuts, asked):
    streams = make_streams(sessions)
    rows = [as_row(streams, message) for message in messages]
    edges = [0, *sorted(cuts), len(rows)]
    for low, high in itertools.pairwise(edges):
        with sessions.begin() as session:
            observations.upsert(writing(session), rows[low:high])
    then = START + asked * QUARTER
    known = told_by(heard([rows[low:high] for low, high in itertools.pairwise(edges)]), until=then)
    with sessions() as session:
        for stream in streams:
            expected = sorted(v for (number, _), v in known.items() if number == stream)
            end = START + 20 * QUARTER
            assert as_of.known_at(session, stream, START, end, then) == expected
        newest = as_of.latest_at(session, then)
    for stream in streams:
        of = [version for (number, _), version in known.items() if number == stream]
        assert newest.get(stream) == max(of, key=lambda item: item[0], default=None)


def plans(session, ask):
    """Return the plan of every statement that a question sends."""
    sent = []

    def remember(_connection, _cursor, statement, parameters, _context, _many):
        sent.append((statement, parameters))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", remember)
    ask()
    event.remove(connection, "before_cursor_execute", remember)
    assert sent
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:  # small tables are read whole: what counts is whether the index can serve
        connection.execute(text("set local enable_seqscan = off"))
    head = "explain query plan" if is_sqlite else "explain"
    return "\n".join(
        str(row)
        for statement, parameters in sent
        for row in connection.exec_driver_sql(f"{head} {statement}", parameters)
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda session, _: observations.latest(session),
        lambda session, stream: observations.window(session, stream, START, START + QUARTER),
        lambda session, stream: as_of.known_at(session, stream, START, START + QUARTER, START),
        lambda session, _: as_of.latest_at(session, START + QUARTER),
    ],
    ids=["latest", "window", "known_at", "latest_at"],
)
def test_no_question_reads_all_observations(sessions, ask):
    streams = make_streams(sessions)
    rows = [as_row(streams, (n % 2, n % 10, n % 40, n / 8, 1)) for n in range(400)]
    with sessions.begin() as session:
        observations.upsert(writing(session), rows)
    with sessions() as session:
        plan = plans(session, lambda: ask(session, streams[0]))
    for table in ("observations", "observation_revisions", "o"):
        assert f"SCAN {table}" not in plan
    assert "Seq Scan on observation" not in plan
