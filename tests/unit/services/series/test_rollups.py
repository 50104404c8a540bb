"""Rollups equal a fresh computation after any sequence of upserts; long charts lose no extreme."""

import itertools
import statistics
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from data import observations, rollups, things
from data.engine import writing
from data.models import DailyRollup, HourlyRollup
from data.observations import ObservationRow
from services.series.chart import Window, extremes
from services.series.roller import Roller
from services.series.summary import day_of, next_day

ZONE = ZoneInfo("Europe/Berlin")
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
SPRING = datetime(2026, 3, 28, 20, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 24, 20, tzinfo=UTC)
NUMBERS = itertools.count()
FOREVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
PER_EXAMPLE = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
VALUES = st.one_of(st.none(), st.integers(-8, 8).map(lambda n: n / 4))
STEPS = st.lists(
    st.one_of(
        st.lists(
            st.tuples(
                st.sampled_from([SPRING, AUTUMN]),
                st.integers(0, 140),
                st.integers(0, 3),
                VALUES,
                st.sampled_from([1, 2, 3, 4, 9]),
            ),
            min_size=1,
            max_size=30,
        ),
        st.integers(1, 6),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def roller(sessions):
    return Roller(sessions, ZONE)


def make_stream(sessions):
    name = f"g{next(NUMBERS)}"
    with sessions.begin() as session:
        things.ensure(session, "r", [things.stream(name, "G", "gauge", "stage", "m")])
        return things.ids(session)[f"{name}/stage"]


def row(stream, at, value, *, flag=1, received=None):
    return ObservationRow(stream, at, received or at, value, value, flag, "", "live")


def store(sessions, rows):
    with sessions.begin() as session:
        observations.upsert(writing(session), rows)


def roll_all(roller):
    while roller.step():
        pass


def fresh(sessions, stream, start_of):
    """Compute all summaries from the observations in the plainest way."""
    with sessions() as session:
        found = observations.window(session, stream, *FOREVER)
    groups = {}
    for at, value, flag in found:
        groups.setdefault(start_of(at), []).append((at, value, flag))
    made = {}
    for start, values in groups.items():
        drawn = [(at, v, f) for at, v, f in values if v is not None and f <= 3]
        numbers = [v for _, v, _ in drawn]
        made[start] = (
            min(numbers, default=None),
            max(numbers, default=None),
            pytest.approx(statistics.fmean(numbers)) if numbers else None,
            len(numbers),
            sum(1 for _, v, f in values if v is None or f >= 3),
            max((f for _, _, f in drawn), default=0),
            max(f for _, _, f in values),
        )
    return made


def kept(sessions, table, stream):
    with sessions() as session:
        rows = rollups.stored(session, table, stream, *FOREVER)
    for one in rows:
        if one.count:
            assert one.start_at <= one.lowest_at
            assert one.start_at <= one.highest_at
    return {
        r.start_at: (r.lowest, r.highest, r.mean, r.count, r.not_good, r.drawn_flag, r.worst_flag)
        for r in rows
    }


@PER_EXAMPLE
@given(steps=STEPS)
def test_after_any_sequence_the_rollups_equal_a_fresh_computation(sessions, roller, steps):
    stream = make_stream(sessions)
    for step in steps:
        if isinstance(step, int):
            roller.step(step)
            continue
        store(
            sessions,
            [
                row(stream, base + n * QUARTER, v, flag=f, received=base + timedelta(days=r))
                for base, n, r, v, f in step
            ],
        )
    roll_all(roller)
    assert kept(sessions, HourlyRollup, stream) == fresh(sessions, stream, rollups.hour_of)
    days = fresh(sessions, stream, lambda at: day_of(at, ZONE))
    assert kept(sessions, DailyRollup, stream) == days


@pytest.mark.parametrize(
    ("date", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 7, 1), 24)]
)
def test_a_local_day_has_the_hours_that_the_clocks_give_it(sessions, roller, date, hours):
    stream = make_stream(sessions)
    day = day_of(datetime(*date, 12, tzinfo=ZONE), ZONE)
    assert day.astimezone(ZONE).hour == 0
    assert next_day(day, ZONE) - day == hours * HOUR
    store(sessions, [row(stream, day + n * HOUR, float(n)) for n in range(-1, hours + 1)])
    roll_all(roller)
    assert kept(sessions, DailyRollup, stream)[day][:4] == (
        0.0,
        hours - 1.0,
        pytest.approx((hours - 1) / 2),
        hours,
    )


def test_a_crash_before_the_commit_loses_no_mark(sessions, roller, monkeypatch):
    stream = make_stream(sessions)
    store(sessions, [row(stream, START, 1.0)])

    def fail(*_):
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(rollups, "settle", fail)
        with pytest.raises(RuntimeError, match="killed"):
            roller.step()
    assert kept(sessions, HourlyRollup, stream) == {}
    roll_all(roller)
    assert set(kept(sessions, HourlyRollup, stream)) == {START}


@pytest.mark.postgres
def test_a_value_that_is_committed_while_its_hour_is_rolled_up_is_not_forgotten(postgres_engine):
    from data.engine import make_sessions

    sessions = make_sessions(postgres_engine)
    stream = make_stream(sessions)
    store(sessions, [row(stream, START, 1.0)])
    slow = sessions()
    observations.upsert(slow, [row(stream, START + QUARTER, 5.0)])
    roll_all(Roller(sessions, ZONE))
    slow.commit()
    slow.close()
    roll_all(Roller(sessions, ZONE))
    assert kept(sessions, HourlyRollup, stream)[START][:2] == (1.0, 5.0)


@pytest.mark.parametrize("rolled", [0, 7, 10_000])
@pytest.mark.parametrize(("days", "stretches"), [(1, 400), (30, 60), (300, 40)])
def test_a_long_chart_shows_every_extreme_however_much_is_rolled_up(
    sessions, roller, rolled, days, stretches
):
    stream = make_stream(sessions)
    start = SPRING - timedelta(minutes=7)
    step = timedelta(days=days) / 400
    rows = [row(stream, start + n * step, float(n * 37 % 101)) for n in range(401)]
    store(sessions, rows)
    store(sessions, [row(stream, start + 5.5 * step, 999.0, flag=4)])
    if rolled:
        roller.step(rolled)
    store(sessions, [row(stream, start + 200 * step, 500.0, received=FOREVER[1])])
    with sessions() as session:
        window = Window(stream, start, start + 400 * step)
        found = extremes(session, window, stretches, ZONE)
    assert len(found) <= 2 * stretches
    assert [at for at, _, _ in found] == sorted(at for at, _, _ in found)
    assert max(found, key=lambda item: item[1])[:2] == (start + 200 * step, 500.0)
    truth = {item.phenomenon_time: item.value for item in rows} | {start + 200 * step: 500.0}
    assert all(truth[at] == value for at, value, _ in found)
    assert min(value for _, value, _ in found) == 0.0


def test_what_lies_outside_the_window_is_not_drawn(sessions, roller):
    stream = make_stream(sessions)
    store(sessions, [row(stream, START + n * QUARTER, float(n)) for n in range(400)])
    roll_all(roller)
    start, end = START + 10 * QUARTER, START + 390 * QUARTER
    with sessions() as session:
        found = extremes(session, Window(stream, start, end), 40, ZONE)
    assert found[0][:2] == (start, 10.0)
    assert found[-1][:2] == (end, 390.0)


def test_a_gap_gives_no_points_and_a_failed_value_none_either(sessions, roller):
    stream = make_stream(sessions)
    values = {0: 1.0, 1: 5.0, 2: 0.5, 400: 7.0}
    store(sessions, [row(stream, START + n * QUARTER, value) for n, value in values.items()])
    store(sessions, [row(stream, START + 3 * QUARTER, 99.0, flag=4)])
    roll_all(roller)
    with sessions() as session:
        window = Window(stream, START, START + timedelta(hours=120))
        found = extremes(session, window, 100, ZONE)
    assert found == [
        (START + QUARTER, 5.0, 1),
        (START + 2 * QUARTER, 0.5, 1),
        (START + 400 * QUARTER, 7.0, 1),
    ]


def test_extremes_below_zero_keep_value_and_time(sessions, roller):
    stream = make_stream(sessions)
    values = [-0.25, -1.5, 0.75]
    store(sessions, [row(stream, START + n * QUARTER, v) for n, v in enumerate(values)])
    roll_all(roller)
    with sessions() as session:
        found = extremes(session, Window(stream, START, START + 48 * HOUR), 4, ZONE)
    assert found == [(START + QUARTER, -1.5, 1), (START + 2 * QUARTER, 0.75, 1)]


def test_the_rollups_of_a_chart_are_read_through_their_key(sqlite_sessions):
    query = "select * from rollups_daily where datastream_id = 1 and start_at >= 1 and start_at < 9"
    with sqlite_sessions() as session:
        plan = str(session.execute(text(f"explain query plan {query}")).all())
    assert "PRIMARY KEY" in plan
    assert "SCAN" not in plan
