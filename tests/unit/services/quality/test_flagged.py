"""What a gauge's page gets: doubted values with test, reason and person, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from data import observations, quality, things
from data.engine import writing
from data.observation_rows import ObservationRow
from data.quality import FindingRow
from services.quality import flagged
from services.quality.flagged import Stream, flagged_window

T0 = datetime(2026, 3, 1, tzinfo=UTC)
STEP = timedelta(minutes=15)
HOUR = timedelta(hours=1)


class Store:
    def __init__(self, sessions):
        self.sessions = sessions
        with sessions.begin() as session:
            wanted = [things.stream("g", "G", "gauge", name, "m") for name in ("stage", "other")]
            things.ensure(writing(session), "r", wanted)
            self.ids = things.ids(session)
        self.number = self.ids["g/stage"]

    def put(self, *rows, key="g/stage"):
        """Store (index, value, flag, reason)."""
        number = self.ids[key]
        made = [
            ObservationRow(number, T0 + i * STEP, T0 + i * STEP, value, value, flag, why, "live")
            for i, value, flag, why in rows
        ]
        with self.sessions.begin() as session:
            observations.upsert(writing(session), made)

    def say(self, *rows):
        """Keep (start, end, test, flag, reason, actor)."""
        found = [
            FindingRow(self.number, T0 + a * STEP, T0 + b * STEP, test, flag, why, who, T0)
            for a, b, test, flag, why, who in rows
        ]
        with self.sessions.begin() as session:
            quality.keep(writing(session), [row for row in found if row.test != "manual"])
            for row in found:
                if row.test == "manual":
                    quality.add_manual(session, row)

    def window(self, first=0, last=1000):
        stream = Stream(self.number, "g/stage", "G")
        with self.sessions() as session:
            return flagged_window(session, stream, T0 + first * STEP, T0 + last * STEP)


@pytest.fixture
def store(sessions):
    return Store(sessions)


def said(reading):
    return [(item.test, item.reason, item.actor) for item in reading.findings]


def test_doubted_values_come_newest_first_each_with_all_that_was_found(store):
    store.put(
        (0, 1.0, 1, ""),
        (1, 3.0, 3, "Spitze: steht allein"),
        (2, None, 9, "Angabe der Quelle: Störung"),
        (3, 99.0, 4, "Messbereich: zu hoch"),
        (4, 1.0, 2, ""),
    )
    store.say(
        (1, 1, "spike", 3, "steht allein", "qc"),
        (3, 3, "range", 4, "zu hoch", "qc"),
        (3, 3, "rate", 4, "zu schnell", "qc"),
        (0, 4, "rain", 3, "Anstieg ohne Regen", "qc"),
    )
    store.put((2, 9.0, 4, "Messbereich: fremd"), key="g/other")
    found = store.window()
    assert found.count == 3
    assert [(item.at, item.value, item.flag) for item in found.readings] == [
        (T0 + 3 * STEP, 99.0, 4),
        (T0 + 2 * STEP, None, 9),
        (T0 + STEP, 3.0, 3),
    ]
    assert sorted(said(found.readings[0])) == [
        ("range", "zu hoch", "qc"),
        ("rate", "zu schnell", "qc"),
    ]
    assert said(found.readings[1]) == [("source", "Störung", "")], "from the value's own sentence"
    assert said(found.readings[2]) == [("spike", "steht allein", "qc")]
    assert [item.test for item in found.hints] == ["rain"]
    assert (found.newest.at, found.newest.flag, found.newest.findings) == (T0 + 4 * STEP, 2, ())


def test_a_person_stands_before_the_tests(store):
    store.put((1, 3.0, 4, "von Hand: ausgebaut (A. Muster)"))
    store.say(
        (1, 1, "spike", 3, "steht allein", "qc"),
        (0, 2, "manual", 4, "ausgebaut", "A. Muster"),
    )
    [reading] = store.window().readings
    assert said(reading) == [("manual", "ausgebaut", "A. Muster")]
    assert store.window().newest == reading


def test_a_reading_taken_back_says_so_and_not_what_tests_found_before(store):
    store.put((1, 3.0, 9, "Ablesung: zurückgezogen: verhört"))
    store.say((1, 1, "spike", 3, "steht allein", "qc"))
    [reading] = store.window().readings
    assert said(reading) == [("reading", "zurückgezogen: verhört", "")]


def test_what_was_withdrawn_or_lies_outside_is_not_told(store):
    store.put((1, 3.0, 3, ""), (50, 3.0, 3, ""))
    store.say((1, 1, "spike", 3, "war einmal", "qc"))
    with store.sessions.begin() as session:
        quality.withdraw(writing(session), [(store.number, T0 + STEP)], ("spike",), T0)
    [reading] = store.window(0, 10).readings
    assert said(reading) == []
    assert store.window(0, 10).newest.at == T0 + STEP
    assert store.window(2, 10).count == 0


def test_a_long_list_is_cut_and_counted(store, monkeypatch):
    monkeypatch.setattr(flagged, "MOST_READINGS", 4)
    store.put(*((index, 3.0, 3, "") for index in range(10)))
    found = store.window()
    assert (found.count, len(found.readings)) == (10, 4)
    assert found.readings[0].at == T0 + 9 * STEP


def test_hints_that_touch_are_one_and_an_empty_series_has_nothing(store):
    store.say(
        (0, 24, "drift", 3, "1 cm", "qc"),
        (4, 28, "drift", 3, "2 cm", "qc"),
        (40, 44, "drift", 3, "3 cm", "qc"),
        (8, 32, "rain", 3, "ohne Regen", "qc"),
    )
    found = store.window()
    assert (found.count, found.newest) == (0, None)
    assert [(item.test, item.start_at, item.end_at, item.reason) for item in found.hints] == [
        ("drift", T0 + 10 * HOUR, T0 + 11 * HOUR, "3 cm"),
        ("rain", T0 + 2 * HOUR, T0 + 8 * HOUR, "ohne Regen"),
        ("drift", T0, T0 + 7 * HOUR, "2 cm"),
    ]
