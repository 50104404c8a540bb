"""Bench `series`: 200 series of ten years at 15 minutes on both databases, and what screens ask.

SQLite lies in a temporary folder, PostgreSQL gets a schema of its own that is dropped afterwards.
"""

import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from bench.report import Measured
from data import observations
from data.engine import make_engine, make_sessions
from services.series.chart import Window, extremes
from services.series.generator import Generated
from verbs.generate import ZONE, generate_series

ROWS = 70_000_000
POINTS = 2000
REPEATS = 20
WEEK = timedelta(days=7)
BYTES_PER_MB = 1_000_000
POSTGRES_URL = os.environ.get(
    "COCKPIT_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test"
)
LIMITS = {"latest_ms": 5.0, "week_ms": 5.0, "decade_ms": 50.0}
SIZES = """
select sum(pg_total_relation_size(c.oid)) from pg_class c
where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind = 'r'
"""


def measure(rows: int = ROWS) -> Measured:
    """Fill both databases and ask each the three questions; the worse of both counts."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.sqlite"
        figures |= _named("sqlite", _measure(f"sqlite:///{path}", rows))
        figures["sqlite_size_mb"] = path.stat().st_size / BYTES_PER_MB
    with schema_of_its_own() as url:
        figures |= _named("pg", _measure(url, rows))
        figures["pg_size_mb"] = _size(url) / BYTES_PER_MB
    worst = {name: max(figures[f"sqlite_{name}"], figures[f"pg_{name}"]) for name in LIMITS}
    return Measured(
        figures=worst | figures,
        targets={
            **{name: {"max": limit} for name, limit in LIMITS.items()},
            "points": {"max": POINTS},
        },
    )


def _named(engine: str, figures: dict[str, float]) -> dict[str, float]:
    shared = ("rows", "points")
    return {
        name if name in shared else f"{engine}_{name}": value for name, value in figures.items()
    }


@contextmanager
def schema_of_its_own() -> Iterator[str]:
    """Give the URL of an empty PostgreSQL schema that is dropped afterwards."""
    name = f"bench_{uuid.uuid4().hex}"
    admin = make_engine(POSTGRES_URL)
    try:
        with admin.begin() as connection:
            connection.execute(text(f"create schema {name}"))
        yield f"{POSTGRES_URL}?options=-csearch_path%3D{name}"
    finally:
        with admin.begin() as connection:
            connection.execute(text(f"drop schema if exists {name} cascade"))
        admin.dispose()


def _size(url: str) -> float:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = float(connection.scalar(text(SIZES)) or 0)
    engine.dispose()
    return found


def _measure(url: str, rows: int) -> dict[str, float]:
    made, seconds = generate_series(url, rows)
    engine = make_engine(url)
    try:
        _settle(engine)
        return {
            "rows": made.rows,
            "load_rows_per_s": made.rows / seconds,
            **_ask(make_sessions(engine)(), made),
        }
    finally:
        engine.dispose()


def _settle(engine: Engine) -> None:
    """Bring PostgreSQL's statistics up to date, as its own service does within minutes."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in ("observations", "rollups_hourly", "rollups_daily", "latest"):
                connection.execute(text(f"analyze {table}"))


def _ask(session: Session, made: Generated) -> dict[str, float]:
    one = made.datastream_ids[len(made.datastream_ids) // 2]
    middle = made.start + (made.end - made.start) / 2
    whole = Window(one, made.start, made.end)
    with session:
        points = extremes(session, whole, POINTS // 2, ZONE)
        return {
            "points": len(points),
            "latest_ms": _median_ms(lambda: observations.latest(session)),
            "week_ms": _median_ms(lambda: observations.window(session, one, middle, middle + WEEK)),
            "decade_ms": _median_ms(lambda: extremes(session, whole, POINTS // 2, ZONE)),
        }


def _median_ms(ask: Callable[[], object]) -> float:
    """Return the median of warm questions."""
    ask()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000.0)
    return statistics.median(times)
