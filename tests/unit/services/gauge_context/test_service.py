"""What a gauge is held against, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data import observations, rollups, run_history, runs, things
from data.engine import writing
from data.models import DailyRollup
from data.observation_rows import ObservationRow
from services.flood.model import GaugeResult, State
from services.gauge_context.model import EARLIER, EVENTS, MARKS, WaterTemperature
from services.gauge_context.service import GaugeContextService
from services.impacts.listing import ImpactListing
from services.run_results import gauge_row
from services.series.summary import summarise
from tests.support import sample_water as sample
from tests.support.sample_context import CONTEXT
from tests.support.sample_runs import run_row

NOW = sample.NOW


class Clock:
    def now(self):
        return NOW

    def view(self):
        return sample.clock()

    def epoch(self):
        return None


def result(band):
    return GaugeResult("iot-nitz", State.OK, 1.0, NOW, 0.0, 1, 0.1, False, True, band=band)  # noqa: FBT003


def store(sessions, region, run_id, at, band):
    with sessions.begin() as session:
        runs.add(writing(session), run_row(run_id, at, region_id=region.region_id))
        runs.add_results(session, run_id, [], [gauge_row(result(band))])


@pytest.fixture
def service(sessions, region):
    return GaugeContextService(sessions, region, Clock(), ImpactListing(sessions, region))


def test_earlier_runs_are_read_and_the_higher_one_is_marked(service, sessions, region):
    low, high = sample.band(), CONTEXT.earlier[0].band
    store(sessions, region, "high", NOW - timedelta(hours=2), high)
    store(sessions, region, "low", NOW - timedelta(hours=1), low)
    store(sessions, region, "too-old", NOW - timedelta(hours=9), high)
    found = service.context(sample.gauge_detail(sample.NITZ, 48)).earlier
    assert [(one.issued_at, one.is_higher) for one in found] == [
        (NOW - timedelta(hours=2), True),
        (NOW - timedelta(hours=1), False),
    ]


def test_runs_of_an_earlier_replay_do_not_count(sessions, region):
    store(sessions, region, "old", NOW - timedelta(hours=1), sample.band())
    with sessions() as session:
        known = (region.region_id, NOW - timedelta(hours=6), NOW)
        assert run_history.cycles_between(session, *known, NOW) == []
        assert len(run_history.cycles_between(session, *known, None)) == 1
        assert run_history.gauge_of_runs(session, "iot-nitz", []) == {}
        assert run_history.gauge_of_runs(session, "iot-bermel", ["old"]) == {}


def test_without_a_record_the_normal_range_says_that_it_is_too_short(service):
    found = service.context(sample.gauge_detail(sample.NITZ, 48))
    assert found.normal is not None
    assert (found.normal.low, found.normal.days) == (None, 0)
    assert found.low_flow is not None
    assert found.low_flow.is_low is None


def test_only_sourced_peaks_are_told(service):
    gauge = replace(sample.WERNERSECK, gauge_id="27140500", is_connected=True)
    [event] = service.context(sample.gauge_detail(gauge, 48)).events
    assert (event.name, event.peak) == ("Juli 2021", 3.53)
    assert event.source
    assert service.context(sample.gauge_detail(sample.NITZ, 48)).events == ()


def test_levels_of_places_speak_at_the_gauge_next_above_them(service):
    marks = service.context(sample.gauge_detail(sample.NITZ, 48)).marks
    places = {mark.place_name for mark in marks}
    assert places == {"Virneburg", "Mayen-Nitztal"}  # Mayen has Hammesmühle next above it
    assert all(mark.is_transferred for mark in marks)


def test_a_reading_of_its_own_is_a_mark_that_is_not_transferred(service):
    marks = service.context(sample.gauge_detail(sample.HAMMESMUEHLE, 48)).marks
    own = [mark for mark in marks if not mark.is_transferred]
    assert [(mark.value, mark.what) for mark in own] == [(1.58, ("Brücke an der Hammesmühle",))]


def test_a_higher_forecast_stays_whatever_is_switched_off():
    calm = CONTEXT.only(())
    assert [one.is_higher for one in calm.earlier] == [True]
    assert (calm.events, calm.normal, calm.marks) == ((), None, ())
    assert CONTEXT.only((EVENTS, EARLIER, MARKS)).marks == CONTEXT.marks


def store_days(sessions, region, count):
    with sessions.begin() as session:
        wanted = [things.stream("iot-nitz", "Nitz", "gauge", "stage", "m")]
        things.ensure(writing(session), region.region_id, wanted)
        number = things.ids(session)["iot-nitz/stage"]
        days = []
        for day in range(count):
            at = NOW.replace(hour=22, minute=0) - timedelta(days=day + 1)
            values = [(at + timedelta(hours=hour), 0.40 + day / 1000, 1) for hour in range(4)]
            made = summarise(number, at, values)
            assert made is not None
            days.append(made)
        rollups.replace(session, DailyRollup, days, [])


def test_the_usual_range_comes_from_the_days_of_the_record(service, sessions, region):
    store_days(sessions, region, 40)
    found = service.context(sample.gauge_detail(sample.NITZ, 48)).normal
    assert found is not None
    assert found.days == 40
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.402, 0.437)


def test_the_water_temperature_is_told_only_where_a_sensor_gave_a_valid_one(
    service, sessions, region
):
    def put(value, flag, at):
        with sessions.begin() as session:
            wanted = [
                things.stream("iot-nitz", "Nitz", "gauge", "water_temperature", "°C"),
            ]
            things.ensure(writing(session), region.region_id, wanted)
            number = things.ids(session)["iot-nitz/water_temperature"]
            row = ObservationRow(number, at, at, value, value, flag, "", "live")
            observations.upsert(session, [row])

    detail = sample.gauge_detail(sample.NITZ, 48)
    assert service.context(detail).water is None
    put(17.4, 1, NOW - timedelta(minutes=9))
    assert service.context(detail).water == WaterTemperature(17.4, NOW - timedelta(minutes=9))
    put(85.0, 4, NOW)
    assert service.context(detail).water is None
