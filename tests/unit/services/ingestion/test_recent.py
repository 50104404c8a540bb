from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from data import observations, things
from data.observation_rows import ObservationRow
from services.flood.model import Flag
from services.ingestion.recent import RECENT, TRUST_S, RecentCache, RecentSeries

NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def stream(sessions):
    with sessions.begin() as session:
        things.ensure(session, "r", [things.stream("g", "G", "gauge", "stage", "m")])
        return things.ids(session)["g/stage"]


def row(stream, number, value=1.0, flag=1):
    at = NOW + number * QUARTER
    return ObservationRow(stream, at, at, value, value, flag, "", "live")


def test_the_last_readings_count_however_many_were_appended():
    series = RecentSeries()
    for number in range(1000):
        series.append(float(number), float(number), 1)
    found = series.series()
    assert found.times_s.tolist() == [float(n) for n in range(1000 - RECENT, 1000)]
    assert series.newest_s == 999.0


def test_a_missing_value_is_a_gap_with_the_flag_of_one():
    found = RecentSeries([(NOW, None, 1)]).series()
    assert np.isnan(found.values[0])
    assert found.flags[0] == Flag.MISSING


def test_what_another_process_stored_is_read_anew(sessions, stream):
    cache = RecentCache()
    with sessions.begin() as session:
        observations.upsert(session, [row(stream, 0)])
        assert cache.of(session, [stream])[stream].newest_s == NOW.timestamp()
        observations.upsert(session, [row(stream, 1, 2.0)])
        assert cache.of(session, [stream])[stream].series().values.tolist() == [1.0, 2.0]


def test_own_rows_keep_the_memory_and_its_time_ends(sessions, stream, monkeypatch):
    seconds = [0.0]
    cache = RecentCache(seconds=lambda: seconds[0])
    with sessions.begin() as session:
        kept = cache.of(session, [stream])[stream]
        kept.append(NOW.timestamp(), 1.0, 1)
        observations.upsert(session, [row(stream, 0)])
        cache.stored([row(stream, 0)], ())
        assert cache.of(session, [stream])[stream] is kept
        seconds[0] = TRUST_S
        assert cache.of(session, [stream])[stream] is not kept
        again = cache.of(session, [stream])[stream]
        cache.stored([], {stream})
        assert cache.of(session, [stream])[stream] is not again
