"""Waves of a gauge from rollups and readings, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data import manual_readings, observations, rollups, things
from data.engine import writing
from data.models import DailyRollup, HourlyRollup
from data.observation_rows import ObservationRow
from services.flood.model import Flag
from services.gauge_events.service import HIGHEST, NEWEST, GaugeEventService
from services.series.roller import Roller
from services.situation.model import ClockView
from tests.support import sample_water as sample
from tests.support.sample_gauge_events import readings, triangle

NOW = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
CALM = [0.5] * 8
THE_WAVE = triangle(0.5, 1.6, 16, 40)
GAUGE = replace(sample.NITZ, thresholds=sample.thresholds(0.95, 1.13, 1.25))


class Clock:
    def now(self):
        return NOW

    def view(self):
        return ClockView("live", NOW, NOW)

    def epoch(self):
        return None


@pytest.fixture
def service(sessions, region):
    return GaugeEventService(sessions, region, Clock())


@pytest.fixture
def put(sessions, region):
    with sessions.begin() as session:
        wanted = [things.stream("iot-nitz", "Nitz", "gauge", "stage", "m")]
        things.ensure(writing(session), region.region_id, wanted)
        number = things.ids(session)["iot-nitz/stage"]

    def write(values):
        rows = [
            ObservationRow(number, at, at, value, value, flag, "", "live")
            for at, value, flag in values
        ]
        with sessions.begin() as session:
            observations.upsert(writing(session), rows)
        return number

    return write


def roll(sessions):
    roller = Roller(sessions, ZONE)
    while roller.step():
        pass


def wave(days_ago, values=THE_WAVE, flag=Flag.GOOD):
    return readings(NOW - timedelta(days=days_ago), *CALM, *values, *CALM, flag=flag)


def test_waves_are_the_same_before_and_after_the_rollups(service, put, sessions):
    put([*wave(400), *wave(30), *wave(2)])
    before = service.record(GAUGE)
    assert before.since == (NOW - timedelta(days=400)).replace(minute=0)
    roll(sessions)
    after = service.record(GAUGE)
    assert [w.peak for w in after.waves] == [1.6, 1.6, 1.6]
    assert [w.peaked_at for w in after.waves] == [w.peaked_at for w in before.waves]
    assert after.since == before.since
    chosen = service.figures(GAUGE, after.waves)
    assert chosen == service.figures(GAUGE, before.waves)
    assert [one.hours_to_peak for one in chosen] == [2.25] * 3


def test_days_and_hours_that_reach_a_value_are_found(put, sessions):
    number = put(wave(30))
    roll(sessions)
    span = (NOW - timedelta(days=40), NOW)
    with sessions() as session:
        hours = rollups.reaching(session, HourlyRollup, number, span, 0.95)
        assert len(hours) == 9
        assert len(rollups.reaching(session, DailyRollup, number, span, 0.95)) in {1, 2}
        assert rollups.reaching(session, HourlyRollup, number, span, 1.61) == []
        assert rollups.reaching(session, HourlyRollup, number, (span[0], hours[0]), 0.95) == []


def test_suspect_readings_make_no_wave_although_charts_draw_them(service, put, sessions):
    put([*wave(30, flag=Flag.SUSPECT), *wave(2)])
    assert len(service.record(GAUGE).waves) == 1
    roll(sessions)
    assert len(service.record(GAUGE).waves) == 1


def test_readings_after_now_belong_to_another_play_and_do_not_count(service, put, sessions):
    put([*wave(30), *readings(NOW - HOUR, 0.5, 0.5, 0.5, 0.5, 0.6, 1.4, 1.8, 1.9)])
    roll(sessions)
    assert [w.peak for w in service.record(GAUGE).waves] == [1.6]


def test_a_running_wave_is_first_and_suggested_with_the_highest(service, put, sessions):
    put(
        [
            *(v for days in (90, 60, 30) for v in wave(days, triangle(0.5, 1 + days / 100, 9, 40))),
            *readings(NOW - 3 * HOUR, *CALM, 0.8, 1.0, 1.1, 1.2),
        ]
    )
    roll(sessions)
    record = service.record(GAUGE)
    assert record.ongoing is record.waves[0]
    assert [w.peak for w in record.suggested(3)] == [1.2, 1.9, 1.6]


def test_a_long_record_offers_the_newest_and_the_highest_waves(service, put, sessions):
    count = NEWEST + HIGHEST + 3
    peaks = [1.2 + index / 100 for index in range(count)]
    put([v for i, peak in enumerate(peaks) for v in wave(400 - 10 * i, triangle(0.5, peak, 9, 9))])
    roll(sessions)
    record = service.record(GAUGE)
    assert record.unlisted == 3
    assert min(w.peak for w in record.waves) == pytest.approx(1.23)
    assert [w.began_at for w in record.waves] == sorted(
        (w.began_at for w in record.waves), reverse=True
    )


def test_a_gauge_without_thresholds_or_without_readings_has_no_waves(service, put):
    bare = replace(GAUGE, thresholds=())
    assert service.record(GAUGE).since is None
    assert service.record(GAUGE).waves == ()
    assert service.figures(GAUGE, ()) == ()
    put(wave(30))
    assert (service.record(bare).threshold, service.record(bare).waves) == (None, ())
    assert service.figures(bare, service.record(GAUGE).waves) == ()


def test_past_peaks_of_the_pack_are_told_with_their_source(service):
    gauge = replace(sample.WERNERSECK, gauge_id="27140500")
    [peak] = service.record(gauge).peaks
    assert (peak.name, peak.peak) == ("Juli 2021", 3.53)
    assert peak.source


def test_an_end_after_days_of_silence_is_found_although_no_day_of_it_was_high(
    service, put, sessions
):
    high = readings(NOW - timedelta(days=30), *CALM, 0.8, 1.1, 1.4)
    put([*high, *readings(NOW - timedelta(days=25), *CALM)])
    roll(sessions)
    [one] = service.record(GAUGE).waves
    assert one.ended_at == NOW - timedelta(days=25)
    [measured] = service.figures(GAUGE, [one])
    assert measured.ends_in_gap
    assert measured.peak_may_be_missed


def test_a_gap_between_two_high_days_is_no_end(service, put, sessions):
    put([
        *readings(NOW - timedelta(days=30), *CALM, 0.8, 1.1, 1.4),
        *readings(NOW - timedelta(days=26), 1.3, 1.2, 1.0, *CALM),
    ])  # fmt: skip
    roll(sessions)
    [one] = service.record(GAUGE).waves
    assert one.peak == 1.4
    assert one.last_above_at == NOW - timedelta(days=26) + timedelta(minutes=30)


def test_readings_not_rolled_up_yet_count_beside_those_that_are(service, put, sessions):
    put(wave(30))
    roll(sessions)
    put(wave(20, triangle(0.5, 1.8, 16, 40)))
    assert [w.peak for w in service.record(GAUGE).waves] == [1.8, 1.6]


def read_by_hand(sessions, region, number, at, value, flag=Flag.NOT_EVALUATED):
    row = ObservationRow(number, at, at, value, value, flag, "Ablesung: abgelesen", "manual")
    with sessions.begin() as session:
        observations.upsert(writing(session), [row])
        manual_readings.add(
            session, region.region_id, "live", gauge_id="iot-nitz", read_at=at, entered_at=at,
            value=value, unit="m", way="abgelesen", read_by="Feuerwehr", entered_by="Dienst",
        )  # fmt: skip


@pytest.mark.parametrize("minutes", [-4, 4])
def test_a_reading_by_hand_beside_the_device_is_no_peak_and_no_rise(
    service, put, sessions, region, minutes
):
    number = put(wave(30))
    [before] = service.record(GAUGE).waves
    [alone] = service.figures(GAUGE, [before])
    read_by_hand(sessions, region, number, before.peaked_at + timedelta(minutes=minutes), 1.9)
    for _ in range(2):
        [found] = service.record(GAUGE).waves
        assert (found.peak, found.peaked_at) == (1.6, before.peaked_at)
        assert service.figures(GAUGE, [found]) == (alone,)
        roll(sessions)


def test_a_device_that_speaks_just_after_the_hour_is_heard_as_well(service, put, sessions, region):
    start = (NOW - timedelta(days=30)).replace(minute=0)
    hour = start + 5 * HOUR
    values = readings(start, *CALM, *THE_WAVE, *CALM)
    number = put([v for v in values if not hour - HOUR / 2 < v[0] < hour])
    read_by_hand(sessions, region, number, hour - timedelta(minutes=2), 1.9)
    roll(sessions)
    assert max(w.peak for w in service.record(GAUGE).waves) == 1.6


def test_where_the_device_is_silent_the_reading_by_hand_is_the_peak(service, put, sessions, region):
    values = wave(30)
    peaked_at = max(values, key=lambda item: item[1])[0]
    number = put([v for v in values if abs(v[0] - peaked_at) > timedelta(minutes=40)])
    read_by_hand(sessions, region, number, peaked_at, 1.9)
    for _ in range(2):
        [found] = service.record(GAUGE).waves
        assert (found.peak, found.peaked_at) == (1.9, peaked_at)
        roll(sessions)
