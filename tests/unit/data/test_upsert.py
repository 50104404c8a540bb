"""The upsert against a naive model: any order, duplicates, late rows, in one batch or in many."""

import itertools
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, inspect, select, text

from data import observations, things
from data.engine import writing
from data.models import DirtyHour, Latest, Observation, ObservationRevision
from data.observations import ObservationRow

START = datetime(2026, 12, 31, 22, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
NUMBERS = itertools.count()
PER_EXAMPLE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# few keys and few values, so that rows of one key meet often; the year turns within the keys
ROWS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 11),
        st.integers(0, 5),
        st.sampled_from([None, 0.5, 1.0]),
        st.sampled_from([1, 3, 4]),
    ),
    max_size=24,
)


def make_streams(sessions, number):
    name = f"g{next(NUMBERS)}"
    with sessions.begin() as session:
        wanted = [things.stream(f"{name}-{n}", "G", "gauge", "stage", "m") for n in range(number)]
        things.ensure(session, "r", wanted)
        ids = things.ids(session)
        return [ids[row.key] for row in wanted]


def as_rows(streams, drawn):
    return [
        ObservationRow(
            streams[stream],
            START + key * QUARTER,
            START + timedelta(hours=received),
            value,
            value,
            flag,
            f"reason {received}",
            "live",
        )
        for stream, key, received, value, flag in drawn
    ]


class Model:
    """The rules in the plainest form: one row after the other."""

    def __init__(self):
        self.current, self.revisions, self.latest = {}, set(), {}

    def store(self, batch):
        before, losers = dict(self.current), []
        for row in sorted(batch, key=lambda item: item.result_time):
            losers += self._take(row)
        for row in sorted(losers, key=lambda item: item.result_time):
            self._keep(row)
        changed = {key for key, row in self.current.items() if before.get(key) is not row}
        for key in sorted(changed):
            newest = self.latest.get(key[0])
            if newest is None or newest.phenomenon_time <= key[1]:
                self.latest[key[0]] = self.current[key]
        return len(changed)

    def _take(self, row):
        old = self.current.get(row.key)
        if old is None:
            self.current[row.key] = row
            return []
        if old.said != row.said or row.result_time < old.result_time:
            wins = row.result_time >= old.result_time
            self.current[row.key] = row if wins else old
            return [old if wins else row]
        return []

    def _keep(self, row):
        """Keep what did not hold, unless it only repeats what was known of the key before."""
        until = [r for r in self.revisions if r[:2] == row.key and r[2] <= row.result_time]
        last = max((r[2] for r in until), default=None)
        said = {r[3:] for r in until if r[2] in (last, row.result_time)}
        if row.said not in said:
            self.revisions.add((*row.key, row.result_time, *row.said))


def read(session, streams):
    of = Observation.datastream_id.in_(streams)
    rows = {
        (row.datastream_id, row.phenomenon_time): ObservationRow(
            **{name: getattr(row, name) for name in ObservationRow.__slots__}
        )
        for row in session.scalars(select(Observation).where(of))
    }
    revisions = [
        (r.datastream_id, r.phenomenon_time, r.result_time, r.value, r.raw_value, r.flag)
        for r in session.scalars(
            select(ObservationRevision).where(ObservationRevision.datastream_id.in_(streams))
        )
    ]
    latest = {
        row.datastream_id: (row.phenomenon_time, row.result_time, row.value, row.flag)
        for row in session.scalars(select(Latest).where(Latest.datastream_id.in_(streams)))
    }
    return rows, revisions, latest


@PER_EXAMPLE
@given(batches=st.lists(ROWS, min_size=1, max_size=4))
def test_the_store_holds_what_the_plain_rules_say(sessions, batches):
    streams = make_streams(sessions, 2)
    model = Model()
    for drawn in batches:
        batch = as_rows(streams, drawn)
        with sessions.begin() as session:
            assert observations.upsert(writing(session), batch) == model.store(batch)
    with sessions() as session:
        rows, revisions, latest = read(session, streams)
    assert rows == model.current
    assert len(revisions) == len(set(revisions))
    assert set(revisions) == model.revisions
    assert latest == {
        stream: (row.phenomenon_time, row.result_time, row.value, row.flag)
        for stream, row in model.latest.items()
    }


def test_a_repetition_that_comes_after_its_successor_adds_no_version(sessions):
    [stream] = make_streams(sessions, 1)
    batch = as_rows([stream], [(0, 0, 1, 0.5, 1), (0, 0, 2, 0.5, 1), (0, 0, 3, 0.5, 3)])
    for _ in range(3):
        with sessions.begin() as session:
            observations.upsert(writing(session), batch)
        with sessions() as session:
            assert len(read(session, [stream])[1]) == 1


@PER_EXAMPLE
@given(drawn=ROWS, data=st.data())
def test_delivering_the_same_messages_again_changes_nothing(sessions, drawn, data):
    streams = make_streams(sessions, 2)
    batch = as_rows(streams, drawn)
    with sessions.begin() as session:
        observations.upsert(writing(session), batch)
        before = read(session, streams)
    again = data.draw(st.permutations(batch))
    with sessions.begin() as session:
        current = {row.key: row for row in batch}
        observations.upsert(writing(session), again)
        after = read(session, streams)
    if len({(row.key, row.result_time) for row in batch}) == len(batch):
        assert after == before
    assert set(after[0]) == set(current)


def test_only_what_changed_is_marked_for_the_rollups(sessions):
    [stream] = make_streams(sessions, 1)
    rows = as_rows([stream], [(0, key, 0, 1.0, 1) for key in range(12)])
    with sessions.begin() as session:
        observations.upsert(writing(session), rows)
        marks = select(func.count()).select_from(DirtyHour)
        assert session.scalar(marks) == 3
    with sessions.begin() as session:
        observations.upsert(writing(session), rows)
        assert session.scalar(marks) == 3


@pytest.mark.parametrize("year", [1, 1969, 1970, 2099, 9999])
def test_a_reading_of_any_year_is_stored_and_found(sessions, year):
    [stream] = make_streams(sessions, 1)
    at = datetime(year, 12, 31, 12, 30, tzinfo=UTC)
    row = ObservationRow(stream, at, at, 1.0, 1.0, 1, "", "live")
    with sessions.begin() as session:
        assert observations.upsert(writing(session), [row]) == 1
    with sessions() as session:
        assert observations.window(session, stream, at, at) == [(at, 1.0, 1)]


@pytest.mark.postgres
def test_a_partition_that_was_rolled_back_is_made_again(postgres_engine):
    from data.engine import make_sessions

    sessions = make_sessions(postgres_engine)
    [stream] = make_streams(sessions, 1)
    row = as_rows([stream], [(0, 0, 0, 1.0, 1)])
    with sessions() as session:
        observations.upsert(session, row)
        observations.upsert(session, row)
        session.rollback()
    with sessions.begin() as session:
        assert observations.upsert(session, row) == 1
    assert "observations_y2026" in inspect(postgres_engine).get_table_names()


@pytest.mark.postgres
def test_two_writers_that_meet_a_new_year_both_store(postgres_engine):
    from data.engine import make_sessions

    sessions = make_sessions(postgres_engine)
    streams = make_streams(sessions, 2)
    barrier = threading.Barrier(2)
    failures = []

    def write(stream):
        try:
            for year in range(1980, 1990):
                at = datetime(year, 6, 1, tzinfo=UTC)
                row = ObservationRow(stream, at, at, 1.0, 1.0, 1, "", "live")
                barrier.wait(20.0)
                with sessions.begin() as session:
                    observations.upsert(session, [row])
        except Exception as error:  # noqa: BLE001  # shown by the assertion below
            failures.append(error)
            barrier.abort()

    threads = [threading.Thread(target=write, args=(stream,)) for stream in streams]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60.0)
    assert failures == []
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Observation)) == 20


@pytest.mark.postgres
def test_a_window_reads_only_the_partition_of_its_year(postgres_engine):
    from data.engine import make_sessions

    sessions = make_sessions(postgres_engine)
    [stream] = make_streams(sessions, 1)
    for year in range(2015, 2027):
        at = datetime(year, 6, 1, tzinfo=UTC)
        with sessions.begin() as session:
            row = ObservationRow(stream, at, at, 1.0, 1.0, 1, "", "live")
            observations.upsert(session, [row])
    query = (
        "explain select * from observations where datastream_id = 1 "
        "and phenomenon_time between '2020-01-01' and '2020-01-08'"
    )
    with sessions() as session:
        plan = "\n".join(session.scalars(text(query)))
    assert "observations_y2020" in plan
    assert "observations_y2021" not in plan
