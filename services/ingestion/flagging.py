"""Quality flags for the readings of a batch, each judged by the readings before it."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from data import observations
from data.observation_rows import ObservationRow
from services.flood.model import Flag, Series
from services.ingestion.model import Reading
from services.ingestion.recent import RECENT, RecentCache, RecentSeries

Flagger = Callable[[str, Series, Reading], tuple[int, str]]
"""Takes datastream key, earlier readings and the reading; gives flag and reason."""

TRUSTED = (Flag.GOOD, Flag.NOT_EVALUATED)

logger = logging.getLogger(__name__)


def flag_readings(
    session: Session,
    readings: Iterable[Reading],
    ids: Mapping[str, int],
    flagger: Flagger,
    cache: RecentCache,
) -> list[ObservationRow]:
    """Return the rows to store; late readings are judged by what was measured before them."""
    by_stream: dict[str, list[Reading]] = {}
    for reading in readings:
        by_stream.setdefault(reading.datastream_key, []).append(reading)
    recent = cache.of(session, (ids[key] for key in by_stream))
    rows: list[ObservationRow] = []
    late = set()
    for key, found in by_stream.items():
        found.sort(key=lambda reading: (reading.phenomenon_time, reading.result_time))
        number = ids[key]
        if found[0].phenomenon_time.timestamp() <= recent[number].newest_s:
            late.add(number)
            rows += _flag_late(session, number, found, flagger)
        else:
            rows += _flag_stream(recent[number], number, found, flagger)
    cache.stored(rows, late)
    return rows


def _flag_stream(
    recent: RecentSeries, datastream_id: int, readings: list[Reading], flagger: Flagger
) -> list[ObservationRow]:
    rows = []
    for reading in readings:
        flag, reason = _judge(flagger, recent.series(), reading)
        _append(recent, reading.phenomenon_time, reading.value, flag)
        rows.append(_row(reading, datastream_id, flag, reason))
    return rows


def _flag_late(
    session: Session, datastream_id: int, readings: list[Reading], flagger: Flagger
) -> list[ObservationRow]:
    """Judge readings of which at least one is older than what is stored, among what is stored."""
    first, last = readings[0].phenomenon_time, readings[-1].phenomenon_time
    recent = RecentSeries(observations.recent(session, datastream_id, first, RECENT))
    between = deque(observations.window(session, datastream_id, first, last))
    rows = []
    for reading in readings:
        at = reading.phenomenon_time
        while between and between[0][0] < at:
            _append(recent, *between.popleft())
        flag, reason = _judge(flagger, recent.series(), reading)
        _append(recent, at, reading.value, flag)
        rows.append(_row(reading, datastream_id, flag, reason))
    return rows


def _append(recent: RecentSeries, at: datetime, value: float | None, flag: int) -> None:
    """Remember a reading; of two readings of one instant the first."""
    time_s = at.timestamp()
    if time_s > recent.newest_s:
        recent.append(time_s, value, flag)


def _judge(flagger: Flagger, recent: Series, reading: Reading) -> tuple[int, str]:
    try:
        flag, reason = flagger(reading.datastream_key, recent, reading)
    except Exception:
        logger.exception("Prüfung der Messreihe %s ist fehlgeschlagen", reading.datastream_key)
        return Flag.NOT_EVALUATED, "Prüfung fehlgeschlagen"
    if reading.time_note and flag in TRUSTED:
        return Flag.SUSPECT, reading.time_note
    return flag, reason


def _row(reading: Reading, datastream_id: int, flag: int, reason: str) -> ObservationRow:
    return ObservationRow(
        datastream_id=datastream_id,
        phenomenon_time=reading.phenomenon_time,
        result_time=reading.result_time,
        value=reading.value,
        raw_value=reading.raw_value,
        flag=flag,
        flag_reason=reason,
        origin=reading.origin,
    )
