"""Tests that need later values, over long periods: the same in parts as in one, raw untouched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data import observations, quality, rollups, things
from data.engine import writing
from data.models import DailyRollup
from data.observation_rows import ObservationRow
from data.quality import FindingRow
from services.flood.qc import Limits
from services.quality.flat_stretch import stretches
from services.quality.reprocess import Job, Reprocessor
from services.quality.rules import make_rules
from services.series.roller import Roller

T0 = datetime(2026, 3, 1, tzinfo=UTC)
STEP = timedelta(minutes=10)
HOUR = timedelta(hours=1)
AIR, STAGE = "station/air_temperature", "station/stage"
BEGINNING = "Stillstand: Beginn eines Stillstands von mindestens 12 Stunden"


class Store:
    def __init__(self, sessions):
        self.sessions = sessions
        self.rules = make_rules([])
        self.roller = Roller(sessions, ZoneInfo("Europe/Berlin"))
        with sessions.begin() as session:
            wanted = [
                things.stream("station", "Station", "gauge", name, unit)
                for name, unit in (("air_temperature", "°C"), ("stage", "m"))
            ]
            things.ensure(writing(session), "r", wanted)
            self.ids = things.ids(session)

    def put(self, key, values, start=T0):
        rows = [
            ObservationRow(self.ids[key], at, at, value, value, 1 if value is not None else 9,
                           "", "live")
            for at, value in ((start + STEP * index, value) for index, value in enumerate(values))
        ]  # fmt: skip
        with self.sessions.begin() as session:
            observations.upsert(writing(session), rows)

    def run(self, key, start=T0, end=T0 + timedelta(days=40), **how):
        job = Job(self.ids[key], key, start, end, T0 + timedelta(days=50), **how)
        return Reprocessor(self.sessions, self.rules).run(job)

    def rows(self, key):
        with self.sessions() as session:
            return quality.rows(session, self.ids[key], T0, T0 + timedelta(days=40))

    def told(self, key):
        return [(row.flag, row.flag_reason) for row in self.rows(key)]

    def roll(self):
        while self.roller.step():
            pass


@pytest.fixture
def store(sessions):
    return Store(sessions)


def moving(count):
    return [5.0 + 0.1 * (index % 7) for index in range(count)]


FLAT = 26 * 6
"""Values in 26 hours."""


def test_a_flat_line_is_doubted_from_its_first_value_on(store):
    store.put(AIR, [*moving(30), *[4.2] * FLAT, *moving(30)])
    store.run(AIR)
    told = store.told(AIR)
    assert {flag for flag, _ in told[:30] + told[30 + FLAT :]} == {1}
    assert told[30] == (3, BEGINNING)
    assert told[30 + 71] == (3, BEGINNING)
    assert told[30 + 72] == (3, "Stillstand: seit 12 Stunden unverändert")
    assert told[30 + 6 * 24] == (4, "Stillstand: seit 24 Stunden unverändert")
    with store.sessions() as session:
        found = quality.standing(session, store.ids[AIR], T0, T0 + timedelta(days=9))
    assert {row.test for row in found} == {"flat"}
    assert len(found) == FLAT
    assert all(row.value == row.raw_value for row in store.rows(AIR))


def test_parts_a_dry_run_and_a_second_run_agree_with_one_run(store, monkeypatch):
    values = [*moving(30), *[4.2] * FLAT, *moving(10), 25.0, *moving(9), None, 60.0, *moving(20)]
    store.put(AIR, values)
    whole = store.run(AIR, dry_run=True)
    monkeypatch.setattr("services.quality.reprocess.CHUNK", 7)
    assert store.run(AIR, dry_run=True) == whole
    assert {flag for flag, _ in store.told(AIR)} == {1, 9}, "a dry run changes nothing"
    assert store.run(AIR) == whole
    again = store.run(AIR)
    assert (again.changed, again.after) == (0, whole.after)
    assert again.after["spike"] + again.after["rate"] >= 1
    assert again.after["range"] == 1


def test_no_more_rows_than_a_part_are_held_at_once(store, monkeypatch):
    monkeypatch.setattr("services.quality.reprocess.CHUNK", 50)
    sizes = []
    read = quality.rows

    def counted(*asked):
        found = read(*asked)
        sizes.append(len(found))
        return found

    store.put(STAGE, [1.0 + 0.001 * (index % 5) for index in range(420)])
    monkeypatch.setattr(quality, "rows", counted)
    assert store.run(STAGE).seen == 420
    assert max(sizes) == 50


def test_silence_ends_a_flat_line_and_a_river_may_stand_still():
    known = [(T0 + HOUR * hour, 4.2) for hour in (0, 1, 2, 20, 21)]
    limits = Limits(flat_tolerance=0.0)
    assert list(stretches(known, limits)) == [
        (T0, T0 + 2 * HOUR),
        (T0 + 20 * HOUR, T0 + 21 * HOUR),
    ]
    assert list(stretches([], limits)) == []


def test_a_level_that_stands_still_alone_keeps_its_flag(store):
    store.put(STAGE, [1.0] * FLAT)
    assert store.run(STAGE).changed == 0


def test_what_a_person_took_out_is_no_measure_for_what_follows(store):
    store.put(STAGE, [2.0] * 12 + [0.1] * 6 + [2.0] * 12)
    row = FindingRow(
        store.ids[STAGE], T0 + 12 * STEP, T0 + 17 * STEP, "manual", 4, "ausgebaut", "A. Muster", T0
    )
    with store.sessions.begin() as session:
        quality.add_manual(writing(session), row)
    store.run(STAGE)
    flags = [flag for flag, _ in store.told(STAGE)]
    assert flags == [1] * 12 + [4] * 6 + [1] * 12
    assert store.told(STAGE)[12][1] == "von Hand: ausgebaut (A. Muster)"
    good = replace(row, flag=1, reason="doch gut", start_at=T0 + 12 * STEP, end_at=T0 + 12 * STEP)
    with store.sessions.begin() as session:
        quality.add_manual(writing(session), good)
    store.run(STAGE)
    assert store.told(STAGE)[12] == (1, "von Hand: doch gut (A. Muster)")


def test_hours_and_days_follow(store):
    store.put(AIR, [*moving(30), *[4.2] * FLAT])
    store.roll()
    store.run(AIR)
    store.roll()
    with store.sessions() as session:
        days = rollups.stored(session, DailyRollup, store.ids[AIR], T0 - 2 * HOUR, T0 + 72 * HOUR)
    counted = [sum(getattr(day, name) for day in days) for name in ("good", "suspect", "fail")]
    flags = [flag for flag, _ in store.told(AIR)]
    assert counted == [flags.count(flag) for flag in (1, 3, 4)]
    assert counted[1] > 0
