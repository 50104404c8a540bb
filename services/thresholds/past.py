"""Past events of a gauge: the named ones, simulated, and what was measured in the last year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from data import alarms, things
from data.alarms import AlarmRow
from data.thresholds import Target
from services.alarms.model import Outcome, Rule
from services.alarms.words import MISSED_RULE
from services.archive.reading import SeriesReader
from services.flood.model import Flag, Village
from services.region import Region
from services.simulation.levels import threshold
from services.simulation.truth import STEP_S, TrueCourse, Truth, build_truth, run_truth
from services.thresholds.effect import QUIET_S, Course, stretches
from services.thresholds.effect_model import MEASURED, SIMULATED

LOOKBACK = timedelta(days=366)
MOST_VALUES = 600_000
"""More than a year of minutes."""
REAL = frozenset({"live", "imported"})
TRUSTED = frozenset({Flag.GOOD, Flag.NOT_EVALUATED})
FLOODED_AT = "warnung"
"""A place counts as flooded from its HQ2 on: about bank-full (estimate)."""
AROUND = timedelta(seconds=QUIET_S)
FLOODED = frozenset({Outcome.HIT.value, Outcome.LATE.value, Outcome.MISSED.value})


@dataclass(frozen=True, slots=True)
class Measured:
    """The events that were measured, since when was searched and over how many values."""

    courses: tuple[Course, ...]
    since: datetime
    values: int


def below(region: Region, target: Target) -> tuple[Village, ...]:
    """Return the places that the levels speak for, those that the gauge is next to first."""
    gauge_id, place_id, river_id = target
    villages = [row for row in region.network.villages if row.paths]
    if place_id:
        return tuple(v for v in villages if (v.place_id, v.river_id) == (place_id, river_id))
    nearest = [row for row in villages if row.paths[0].gauge_id == gauge_id]
    some = [row for row in villages if any(path.gauge_id == gauge_id for path in row.paths)]
    return tuple(nearest or some)


def simulated_courses(region: Region, target: Target) -> Iterator[Course]:
    """Yield the true course of each named event at the gauge, and when a place was flooded."""
    gauge = next(row for row in region.pack.gauges if row.gauge_id == target[0])
    if gauge.river_km is None or gauge.observes != "stage":
        return
    truth = build_truth(region.pack)
    cell = truth.cell_at(gauge.river_id, gauge.river_km)
    places = below(region, target)
    known: list[Course] = []
    for scenario in region.scenarios.values():
        course = run_truth(truth, scenario)
        values = course.stage_m[:, cell]
        times = course.start_s + np.arange(values.size, dtype=np.float64) * STEP_S
        flood_s = _flood_s(truth, course, places)
        flooded = flood_s is not None if places else None
        made = Course(scenario.title, SIMULATED, times, values, flooded, flood_s)
        if not any(_is_same(made, other) for other in known):
            known.append(made)
            yield made


def _is_same(one: Course, other: Course) -> bool:
    """Tell whether two courses are one water: events often differ in their sensor faults only."""
    size = min(one.values.size, other.values.size)
    return bool(
        one.times_s[0] == other.times_s[0] and np.allclose(one.values[:size], other.values[:size])
    )


def _flood_s(truth: Truth, course: TrueCourse, places: tuple[Village, ...]) -> float | None:
    found = []
    for place in places:
        limit = threshold(truth, place.river_id, place.river_km, FLOODED_AT)
        stages = course.stage_m[:, truth.cell_at(place.river_id, place.river_km)]
        above = np.flatnonzero(stages >= limit)
        if above.size:
            found.append(course.start_s + float(above[0]) * STEP_S)
    return min(found, default=None)


def measured_courses(
    session: Session,
    region: Region,
    reader: SeriesReader,
    target: Target,
    setting: tuple[datetime, float],
) -> Measured:
    """Return the events of the last year; `setting` is now and the lowest of all levels.

    Simulated values and those that failed the checks do not count.
    """
    now, lowest = setting
    since = now - LOOKBACK
    gauge = next(row for row in region.pack.gauges if row.gauge_id == target[0])
    number = things.ids(session).get(f"{gauge.gauge_id}/{gauge.observes}")
    if number is None:
        return Measured((), since, 0)
    rows = [
        (at.timestamp(), value)
        for at, value, flag, origin in reader.window_with_origin(
            session, number, since, now, MOST_VALUES
        )
        if value is not None and flag in TRUSTED and origin in REAL
    ]
    times = np.array([row[0] for row in rows], dtype=np.float64)
    values = np.array([row[1] for row in rows], dtype=np.float64)
    judged = _judged(session, region, target)
    found = []
    for begin, end in stretches(times, values, lowest):
        part = slice(begin, end + 1)
        flooded, flood_s = _known(judged, float(times[begin]), float(times[end]))
        title = (
            f"Gemessen ab {datetime.fromtimestamp(times[begin], region.timezone):%d.%m.%Y %H:%M}"
        )
        found.append(Course(title, MEASURED, times[part], values[part], flooded, flood_s))
    return Measured(tuple(found), since, len(rows))


def _judged(session: Session, region: Region, target: Target) -> list[AlarmRow]:
    subjects = {f"{v.place_id}/{v.river_id}" for v in below(region, target)} | {target[0]}
    rules = (Rule.LEVEL.value, MISSED_RULE)
    rows = alarms.judged(session, region.region_id, rules)
    return [row for row in rows if row.subject in subjects and not row.is_drill]


def _known(
    judged: list[AlarmRow], begin_s: float, end_s: float
) -> tuple[bool | None, float | None]:
    """Return whether the ledger knows of a flood then, and when it began if it was entered."""
    start = datetime.fromtimestamp(begin_s, UTC) - AROUND
    end = datetime.fromtimestamp(end_s, UTC) + AROUND
    near = [row for row in judged if start <= row.opened_at <= end]
    if any(row.outcome in FLOODED for row in near):
        missed = [row.opened_at for row in near if row.outcome == Outcome.MISSED.value]
        return True, min(missed).timestamp() if missed else None
    is_false = any(row.outcome == Outcome.FALSE.value for row in near)
    return (False if is_false else None), None
