"""Makes series of water levels as large as wanted, with their rollups: for measuring, not for show.

The values are invented: a yearly and a daily swing, floods of a few hours, noise of a centimetre.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy.orm import Session, sessionmaker

from data import partitions, things
from data.bulk_load import add_foreign_keys, drop_foreign_keys, load
from data.engine import writing
from data.models import DailyRollup, HourlyRollup, Latest, Observation
from data.rollups import BY_FLAG
from services.series.summary import day_of, next_day

SERIES = 200
LOADED = (Observation, HourlyRollup, DailyRollup, Latest)
STEP = timedelta(minutes=15)
PER_HOUR = 4
END = datetime(2026, 1, 1, tzinfo=UTC)
"""The instant after the last reading."""
ORIGIN = "simulated"
INSTANT = pa.timestamp("us", tz="UTC")
MICROSECONDS = 1_000_000
PER_YEAR = 35_064
"""Readings of a year of 365.25 days."""
FLOOD_EVERY = 9_000
"""Readings between two floods of a series (estimate)."""
Numbers = NDArray[np.float64]
Instants = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Generated:
    """What was made."""

    datastream_ids: tuple[int, ...]
    rows: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Summaries:
    """Rollups of one series by column."""

    start: Instants
    lowest: Numbers
    lowest_at: Instants
    highest: Numbers
    highest_at: Instants
    mean: Numbers
    count: NDArray[np.int64]

    def table(self, datastream_id: int) -> pa.Table:
        """Return the columns of a rollup table; all values are good."""
        size = len(self.start)
        return pa.table(
            {
                "datastream_id": np.full(size, datastream_id),
                "start_at": _instants(self.start),
                "lowest": self.lowest,
                "lowest_at": _instants(self.lowest_at),
                "highest": self.highest,
                "highest_at": _instants(self.highest_at),
                "mean": self.mean,
                "count": self.count,
                "not_good": np.zeros(size, dtype=np.int64),
                "drawn_flag": np.ones(size, dtype=np.int64),
                "worst_flag": np.ones(size, dtype=np.int64),
                "slots": self.count,
                "good_slots": self.count,
                "good": self.count,
                **{name: np.zeros(size, dtype=np.int64) for name in BY_FLAG[1:]},
            }
        )


def generate(
    sessions: sessionmaker[Session], rows: int, zone: tzinfo, series: int = SERIES
) -> Generated:
    """Fill an empty store with `rows` readings in series of 15 minutes that end together."""
    each = max(rows // series // PER_HOUR, 1) * PER_HOUR
    start = END - STEP * each
    with sessions.begin() as session:
        numbers = _register(writing(session), series)
        partitions.ensure(session, range(start.year, END.year + 1))
    at = _micros(start) + np.arange(each, dtype=np.int64) * (STEP // timedelta(microseconds=1))
    with sessions.begin() as session:
        drop_foreign_keys(writing(session).connection(), LOADED)
    _fill(sessions, numbers, at, _day_starts(start, zone))
    with sessions.begin() as session:
        add_foreign_keys(writing(session).connection(), LOADED)
    return Generated(numbers, each * series, start, END - STEP)


def _fill(
    sessions: sessionmaker[Session], numbers: Iterable[int], at: Instants, days: Instants
) -> None:
    """Load one series after the other, each in a transaction."""
    for seed, number in enumerate(numbers):
        values = _levels(seed, len(at))
        hourly = _hours(at, values)
        with sessions.begin() as session:
            connection = writing(session).connection()
            load(connection, "observations", _readings(number, at, values))
            load(connection, "rollups_hourly", hourly.table(number))
            load(connection, "rollups_daily", _days(hourly, days).table(number))
            load(connection, "latest", _newest(number, at[-1:], values[-1:]))


def _register(session: Session, series: int) -> tuple[int, ...]:
    wanted = [
        things.stream(f"reihe-{number:03d}", f"Reihe {number}", "gauge", "stage", "m")
        for number in range(series)
    ]
    things.ensure(session, "generated", wanted)
    ids = things.ids(session)
    return tuple(ids[row.key] for row in wanted)


def _levels(seed: int, size: int) -> Numbers:
    random = np.random.default_rng(seed)
    index = np.arange(size)
    swing = 0.3 * np.sin(index * 2 * np.pi / PER_YEAR) + 0.02 * np.sin(index * 2 * np.pi / 96)
    flood = 2.5 * np.exp(-(((index % FLOOD_EVERY) - 400.0 - seed) ** 2) / 800.0)
    levels: Numbers = 0.8 + swing + flood + random.normal(0.0, 0.01, size)
    return levels.round(3)


def _readings(number: int, at: Instants, values: Numbers) -> pa.Table:
    size = len(at)
    return pa.table(
        {
            "datastream_id": np.full(size, number),
            "phenomenon_time": _instants(at),
            "result_time": _instants(at),
            "value": values,
            "raw_value": values,
            "flag": np.ones(size, dtype=np.int64),
            "flag_reason": pa.repeat("", size),
            "origin": pa.repeat(ORIGIN, size),
        }
    )


def _newest(number: int, at: Instants, values: Numbers) -> pa.Table:
    columns = ["datastream_id", "phenomenon_time", "result_time", "value", "flag", "origin"]
    return _readings(number, at, values).select(columns)


def _hours(at: Instants, values: Numbers) -> Summaries:
    by_hour, times = values.reshape(-1, PER_HOUR), at.reshape(-1, PER_HOUR)
    rows = np.arange(len(by_hour))
    low, high = by_hour.argmin(axis=1), by_hour.argmax(axis=1)
    return Summaries(
        start=times[:, 0],
        lowest=by_hour[rows, low],
        lowest_at=times[rows, low],
        highest=by_hour[rows, high],
        highest_at=times[rows, high],
        mean=by_hour.mean(axis=1),
        count=np.full(len(rows), PER_HOUR),
    )


def _days(hours: Summaries, days: Instants) -> Summaries:
    first = np.searchsorted(hours.start, days)
    cuts = list(zip(first, [*first[1:], len(hours.start)], strict=True))
    low = np.array([a + hours.lowest[a:b].argmin() for a, b in cuts])
    high = np.array([a + hours.highest[a:b].argmax() for a, b in cuts])
    count = np.array([(b - a) * PER_HOUR for a, b in cuts])
    return Summaries(
        start=days,
        lowest=hours.lowest[low],
        lowest_at=hours.lowest_at[low],
        highest=hours.highest[high],
        highest_at=hours.highest_at[high],
        mean=np.add.reduceat(hours.mean, first) * PER_HOUR / count,
        count=count,
    )


def _day_starts(start: datetime, zone: tzinfo) -> Instants:
    return np.array([_micros(day) for day in _local_days(start, zone)], dtype=np.int64)


def _local_days(start: datetime, zone: tzinfo) -> Iterator[datetime]:
    day = day_of(start, zone)
    while day < END:
        yield day
        day = next_day(day, zone)


def _micros(instant: datetime) -> int:
    return int(instant.timestamp()) * MICROSECONDS


def _instants(micros: Instants) -> pa.Array:
    return pa.array(micros).cast(INSTANT)
