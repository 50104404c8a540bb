"""Quality flags for the readings of a batch, each judged by the readings before it."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from data import observations
from data.observations import ObservationRow
from services.flood.model import Flag
from services.ingestion.model import Reading

RecentValue = tuple[datetime, float | None, int]
"""Phenomenon time, value and flag of an earlier reading."""

Flagger = Callable[[str, Sequence[RecentValue], Reading], tuple[int, str]]
"""Takes datastream key, earlier values (oldest first) and the reading; gives flag and reason."""

RECENT = 64
"""Earlier readings a flag may depend on: 16 hours at 15 minutes (estimate)."""

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
TRUSTED = (Flag.GOOD, Flag.NOT_EVALUATED)

logger = logging.getLogger(__name__)


def flag_readings(
    session: Session, readings: Iterable[Reading], ids: Mapping[str, int], flagger: Flagger
) -> list[ObservationRow]:
    """Return the rows to store; late readings are judged by what was measured before them."""
    by_stream: dict[str, list[Reading]] = {}
    for reading in readings:
        by_stream.setdefault(reading.datastream_key, []).append(reading)
    rows: list[ObservationRow] = []
    for key, found in by_stream.items():
        found.sort(key=lambda reading: (reading.phenomenon_time, reading.result_time))
        rows += _flag_stream(session, ids[key], found, flagger)
    return rows


def _flag_stream(
    session: Session, datastream_id: int, readings: list[Reading], flagger: Flagger
) -> list[ObservationRow]:
    newest = observations.recent(session, datastream_id, END_OF_TIME, RECENT)
    fresh: list[RecentValue] = []
    rows = []
    for reading in readings:
        at = reading.phenomenon_time
        stored = newest
        if newest and at <= newest[-1][0]:
            stored = observations.recent(session, datastream_id, at, RECENT)
        before = {value[0]: value for value in (*stored, *fresh) if value[0] < at}
        flag, reason = _judge(flagger, sorted(before.values())[-RECENT:], reading)
        fresh.append((at, reading.value, flag))
        rows.append(_row(reading, datastream_id, flag, reason))
    return rows


def _judge(flagger: Flagger, recent: Sequence[RecentValue], reading: Reading) -> tuple[int, str]:
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
