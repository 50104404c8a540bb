"""Shares by flag from rollups: the same figures as a count of all rows, on both databases."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import update

from data import flag_counts, observations, schema, things
from data.engine import writing
from data.models import DailyRollup, HourlyRollup
from data.observation_rows import ObservationRow
from services.quality.shares import flag_shares
from services.series.roller import Roller

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 26, 7, 20, tzinfo=UTC)
"""Three days before the clocks go forward."""
STEP = timedelta(minutes=50)
ROWS = 200
END = START + ROWS * STEP
FLAGS = (1, 1, 1, 2, 3, 4, 9)


class Store:
    def __init__(self, sessions):
        self.sessions = sessions
        self.roller = Roller(sessions, BERLIN)
        wanted = [things.stream(name, name, "gauge", "stage", "m") for name in ("a", "b", "c")]
        with sessions.begin() as session:
            things.ensure(writing(session), "r", wanted)
            self.ids = sorted(things.ids(session).values())

    def put(self, start=START, rows=ROWS, seed=1):
        chance = random.Random(seed)  # noqa: S311  # which flags, no secret
        made = [
            self.row(number, start + index * STEP, chance.choice(FLAGS))
            for number in self.ids[:2]
            for index in range(rows)
        ]
        with self.sessions.begin() as session:
            observations.upsert(writing(session), made)

    def row(self, number, at, flag):
        value = None if flag == 9 else 1.0
        return ObservationRow(number, at, at, value, value, flag, "", "live")

    def roll(self):
        while self.roller.step():
            pass

    def both(self, start, end):
        with self.sessions() as session:
            rolled = flag_shares(session, self.ids, (start, end), BERLIN)
            return rolled, flag_counts.of_rows(session, self.ids, start, end)


@pytest.fixture
def store(sessions):
    return Store(sessions)


WINDOWS = [
    (START, END),
    (START + timedelta(minutes=7), END - timedelta(hours=3, minutes=11)),
    (START.replace(minute=0), END.replace(minute=0)),
    (datetime(2026, 3, 27, 23, tzinfo=UTC), datetime(2026, 3, 30, 22, tzinfo=UTC)),
    (START + timedelta(hours=5), START + timedelta(hours=9)),
    (START + timedelta(minutes=1), START + timedelta(minutes=31)),
]


@pytest.mark.parametrize("window", WINDOWS)
def test_the_figures_are_those_of_all_rows(store, window):
    store.put()
    store.roll()
    rolled, raw = store.both(*window)
    assert rolled == raw


@pytest.mark.parametrize("window", WINDOWS)
def test_what_is_not_rolled_up_yet_is_counted_once(store, window):
    store.put(rows=120)
    store.roll()
    with store.sessions.begin() as session:
        late = [
            store.row(store.ids[0], START + timedelta(hours=hours, minutes=3), 3)
            for hours in (1, 30, 31, 80, 120)
        ]
        observations.upsert(writing(session), late)
        changed = {(store.ids[1], START + 40 * STEP): (4, "von Hand: Eis (A. Muster)")}
        observations.reflag(session, changed, END, actor="A. Muster")
    rolled, raw = store.both(*window)
    assert rolled == raw


def test_rollups_from_before_the_counts_are_not_trusted(store):
    store.put()
    store.roll()
    with store.sessions.begin() as session:
        for table in (HourlyRollup, DailyRollup):
            rows = table.datastream_id == store.ids[0]
            session.execute(update(table).where(rows).values(suspect=None))
    rolled, raw = store.both(START, END)
    assert rolled == raw


def test_after_an_update_from_a_version_without_counts_the_figures_are_right_at_once(store):
    store.put()
    store.roll()
    with store.sessions.begin() as session:
        connection = writing(session).connection()
        command.downgrade(schema.alembic_config(connection), "0013")
        schema.upgrade_in(connection, "0014")
    rolled, raw = store.both(START, END)
    assert rolled == raw
    store.roll()
    assert store.both(START, END) == (raw, raw)
    with store.sessions() as session:
        counts = flag_counts.of_rollups(session, HourlyRollup, store.ids, START, END)
        assert all(None not in counted for _, counted in counts)


def test_a_whole_month_reads_few_raw_rows(store, monkeypatch):
    store.put()
    store.roll()
    asked = []
    count = flag_counts.of_rows

    def counted(session, ids, start, end):
        asked.append(end - start)
        return count(session, ids, start, end)

    monkeypatch.setattr(flag_counts, "of_rows", counted)
    with store.sessions() as session:
        found = flag_shares(session, store.ids, (START, END), BERLIN)
    assert sum(asked, timedelta()) < timedelta(hours=2)
    total = sum((Counter(counts) for counts in found.values()), Counter())
    assert total.total() == 2 * ROWS
    assert set(total) == set(FLAGS)
