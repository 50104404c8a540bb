"""Pages of readings and rollups, and stored runs by time, the same on both databases."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data import observation_pages as pages
from data import observations, runs, things
from data.models import DailyRollup, HourlyRollup
from data.observations import ObservationRow
from services.series.roller import Roller
from tests.support.real_store import stored_run

START = datetime(2026, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def stream(sessions):
    with sessions.begin() as session:
        things.ensure(session, "r", [things.stream("g", "G", "gauge", "stage", "m")])
        number = things.ids(session)["g/stage"]
        rows = [
            ObservationRow(
                number, at := START + n * QUARTER, at, float(n), float(n), 3 if n % 4 == 0 else 1,
                "", "live",
            )
            for n in range(96)
        ]  # fmt: skip
        observations.upsert(session, rows)
    while Roller(sessions, ZoneInfo("UTC")).step():
        pass
    return number


def asked(number, **changes):
    values = {"start": START, "end": START + timedelta(days=1), "limit": 1000, **changes}
    return pages.Stretch(number, **values)


def test_readings_come_in_order_after_the_cursor_and_up_to_the_limit(sessions, stream):
    with sessions() as session:
        first = pages.readings(session, asked(stream, limit=10))
        after = first[-1].phenomenon_time
        rest = pages.readings(session, asked(stream, after=after))
    assert [row.value for row in (*first, *rest)] == [float(n) for n in range(96)]


def test_only_the_wanted_flags_come(sessions, stream):
    with sessions() as session:
        assert len(pages.readings(session, asked(stream, flags=(3,)))) == 24
        assert len(pages.readings(session, asked(stream, flags=(1, 3)))) == 96
        assert pages.readings(session, asked(stream, flags=(9,))) == []


def test_hours_and_days_are_paged_alike(sessions, stream):
    with sessions() as session:
        hours = pages.rollups(session, HourlyRollup, asked(stream, limit=5))
        more = pages.rollups(session, HourlyRollup, asked(stream, after=hours[-1].start_at))
        [day] = pages.rollups(session, DailyRollup, asked(stream))
    assert [row.lowest for row in (*hours, *more)] == [4.0 * n for n in range(24)]
    assert (day.lowest, day.highest, day.count) == (0.0, 95.0, 96)


def test_a_datastream_is_found_by_its_key(sessions, stream):
    with sessions() as session:
        found = things.by_key(session, "g/stage")
        assert (found.datastream_id, found.unit) == (stream, "m")
        assert found.newest_at == START + 95 * QUARTER
        assert things.by_key(session, "weg/stage") is None


def test_the_cycle_that_held_at_an_instant_is_found(sessions):
    with sessions.begin() as session:
        for hour in range(3):
            runs.add(session, stored_run(f"run-{hour}", START + timedelta(hours=hour)))
    with sessions() as session:
        at = START + timedelta(minutes=90)
        assert runs.cycle_at(session, "myk", at, None).run_id == "run-1"
        assert runs.cycle_at(session, "myk", START - QUARTER, None) is None
        assert runs.cycle_at(session, "myk", at, START + timedelta(hours=2)) is None


def test_the_state_before_the_present_one_is_found(sessions):
    with sessions.begin() as session:
        for hour, state in enumerate(("voralarm", "warnung", "alarm")):
            at = START + timedelta(hours=hour)
            runs.add(session, stored_run(f"run-{hour}", at))
            row = {"place_id": "p", "river_id": "r", "state": state, "state_since": at}
            more = {"degraded": False, "details": {}, "earliest": None, "likely": None,
                    "latest": None, "usable_p10_min": None, "usable_p50_min": None,
                    "driving_gauge": None}  # fmt: skip
            runs.add_results(session, f"run-{hour}", [{**row, **more}], [])
    with sessions() as session:
        since = START + timedelta(hours=2)
        found = runs.state_before(session, "p", "r", since, None)
        assert found == ("warnung", START + timedelta(hours=1))
        assert runs.state_before(session, "p", "r", START, None) is None
        assert runs.state_before(session, "p", "r", since, since) is None
