"""Silence is a finding with a beginning; it grows, and it stays when it is over."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from data import observations, quality, things
from data.engine import writing
from data.observations import ObservationRow
from services.flood.model import Flag
from services.quality.hindsight import Hindsight
from services.quality.staleness import silences

NOW = datetime(2026, 11, 28, 12, 7, tzinfo=UTC)


def stream(age):
    newest = None if age is None else NOW - timedelta(minutes=age)
    return things.StoredStream(1, "g/stage", "stage", "m", things.ThingRow("g", "G", "g"), newest)


@pytest.mark.parametrize(
    ("age", "flag", "words"),
    [
        (21, Flag.SUSPECT, "21 Minuten"),
        (45, Flag.SUSPECT, "45 Minuten"),
        (46, Flag.MISSING, "46 Minuten"),
        (300, Flag.MISSING, "5 Stunden"),
        (5000, Flag.MISSING, "3 Tage"),
    ],
)
def test_an_old_value_makes_a_finding_from_its_time_on(age, flag, words):
    [found] = silences([stream(age)], NOW, "d")
    assert (found.start_at, found.end_at) == (NOW - timedelta(minutes=age), NOW)
    assert (found.test, found.flag) == ("stale", flag)
    assert found.reason == f"{words} kein neuer Wert"


@pytest.mark.parametrize("age", [None, -3, 0, 20])
def test_a_fresh_value_and_a_stream_without_any_make_none(age):
    assert silences([stream(age)], NOW, "d") == []


def test_a_silence_grows_and_stays_when_it_is_over(sessions, region):
    gauge = region.heard.gauges[0]
    key = f"{gauge.gauge_id}/{gauge.observes}"
    with sessions.begin() as session:
        row = things.stream(gauge.gauge_id, gauge.name, "gauge", gauge.observes, "m")
        things.ensure(writing(session), region.region_id, [row])
        number = things.ids(session)[key]

    def put(at):
        with sessions.begin() as session:
            reading = ObservationRow(number, at, at, 0.5, 0.5, 1, "", "live")
            observations.upsert(writing(session), [reading])

    def run(at):
        clock = SimpleNamespace(now=lambda: at)
        Hindsight(sessions, region, SimpleNamespace(digest="d"), clock).run()
        with sessions() as session:
            return quality.standing(session, number, NOW - timedelta(days=1), at, ("stale",))

    put(NOW)
    [first] = run(NOW + timedelta(minutes=30))
    assert (first.start_at, first.flag) == (NOW, Flag.SUSPECT)
    [grown] = run(NOW + timedelta(minutes=60))
    assert (grown.start_at, grown.flag) == (NOW, Flag.MISSING)
    put(NOW + timedelta(minutes=61))
    [kept] = run(NOW + timedelta(minutes=62))
    assert (kept.start_at, kept.end_at) == (NOW, NOW + timedelta(minutes=60))
