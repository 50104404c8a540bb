"""Generated rollups are those that the worker would compute from the generated readings."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from data import observations, rollups
from data.engine import writing
from data.models import DailyRollup, HourlyRollup, Observation
from services.series.generator import END, generate
from services.series.roller import Roller

ZONE = ZoneInfo("Europe/Berlin")
ROWS = 1600
SERIES = 2


def kept(session, table, number, made):
    return rollups.stored(session, table, number, made.start - timedelta(days=1), END)


def test_the_generated_rollups_equal_those_of_the_worker(sessions):
    made = generate(sessions, ROWS, ZONE, SERIES)
    number = made.datastream_ids[1]
    with sessions() as session:
        before = [kept(session, table, number, made) for table in (HourlyRollup, DailyRollup)]
        count = session.scalar(select(func.count()).select_from(Observation))
        values = observations.window(session, number, made.start, made.end)
    assert count == made.rows == ROWS
    assert len({value for _, value, _ in values}) > 20
    with sessions.begin() as session:
        rollups.mark(writing(session).connection(), [(number, at) for at, _, _ in values])
    while Roller(sessions, ZONE).step():
        continue
    with sessions() as session:
        after = [kept(session, table, number, made) for table in (HourlyRollup, DailyRollup)]
        newest = {row.key: row.phenomenon_time for row in observations.latest(session)}
    for old, new in zip(before, after, strict=True):
        assert len(old) == len(new) > 5
        for one, other in zip(old, new, strict=True):
            assert abs(one.mean - other.mean) < 1e-9
            assert _without_mean(one) == _without_mean(other)
    assert set(newest.values()) == {made.end}


def _without_mean(row):
    return [getattr(row, name) for name in rollups.COLUMNS if name != "mean"]
