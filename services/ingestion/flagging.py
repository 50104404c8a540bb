"""Quality flags for the readings of a batch, each judged by the readings before it.

The next reading tells of the one before whether it was a spike or the start of a rise. A message
that says again what is stored changes nothing: what was found or decided since then stays.
"""

import logging
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from data import observations, quality
from data.observation_rows import Key, ObservationRow
from data.quality import FindingRow
from services.flood.model import Flag, Series
from services.ingestion.model import Reading
from services.ingestion.recent import RECENT, RecentCache, RecentSeries
from services.quality.finding import ACTOR, finding
from services.quality.manual_periods import Periods
from services.quality.receipt import Flagger
from services.quality.verdict import FAULT, ROW_TESTS, SOURCE, WORDS, Verdict

TRUSTED = (Flag.GOOD, Flag.NOT_EVALUATED)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Flagged:
    """What a batch brings: rows, other flags for what is stored already, findings."""

    rows: list[ObservationRow] = field(default_factory=list)
    revised: dict[Key, tuple[Verdict, datetime]] = field(default_factory=dict)
    findings: list[FindingRow] = field(default_factory=list)
    withdrawn: list[Key] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Changes:
    """What storing changed: rows of the batch, and flags of others that were stored before."""

    rows: int
    flags: int

    @property
    def total(self) -> int:
        """Return the observations that changed."""
        return self.rows + self.flags


@dataclass(slots=True)
class _Batch:
    """The judging of one batch; `found` grows."""

    flagger: Flagger
    manual: Periods
    found: Flagged = field(default_factory=Flagged)

    def judge(self, recent: RecentSeries, datastream_id: int, reading: Reading) -> None:
        """Judge a reading that is later than all before, and the one before it."""
        verdict = self._verdict(recent.series(), reading)
        flag = verdict.flag
        if (told := self.manual.of(datastream_id, reading.phenomenon_time)) is not None:
            verdict, flag = told, told.flag
        _append(recent, reading.phenomenon_time, reading.value, flag)
        row = _row(reading, datastream_id, verdict)
        self.found.rows.append(row)
        if flag not in TRUSTED and told is None:
            self.found.findings.append(finding(row.key, verdict, row.result_time, self._digest))
        self._look_back(recent, datastream_id, reading)

    def repeat(self, recent: RecentSeries, row: ObservationRow) -> None:
        """Take a reading that is stored already as it is stored."""
        _append(recent, row.phenomenon_time, row.value, row.flag)
        self.found.rows.append(row)

    def _look_back(self, recent: RecentSeries, datastream_id: int, reading: Reading) -> None:
        verdict = self.flagger.look_back(reading.datastream_key, recent.series())
        if verdict is None:
            return
        at = recent.time_before_newest()
        if self.manual.of(datastream_id, at) is not None:
            return
        recent.reflag_before_newest(verdict.flag)
        key = (datastream_id, at)
        self.found.findings = [item for item in self.found.findings if _key(item) != key]
        self.found.withdrawn.append(key)
        if verdict.test:
            self.found.findings.append(finding(key, verdict, reading.result_time, self._digest))
        for index, row in enumerate(self.found.rows):
            if row.key == key:
                self.found.rows[index] = replace(row, flag=verdict.flag, flag_reason=verdict.said)
                return
        self.found.revised[key] = (verdict, reading.result_time)

    def _verdict(self, recent: Series, reading: Reading) -> Verdict:
        try:
            verdict = self.flagger.judge(reading.datastream_key, recent, reading)
        except Exception:
            logger.exception("Prüfung der Messreihe %s ist fehlgeschlagen", reading.datastream_key)
            return Verdict(Flag.NOT_EVALUATED, "fehlgeschlagen", FAULT)
        if reading.time_note and verdict.flag in TRUSTED:
            return Verdict(Flag.SUSPECT, reading.time_note, SOURCE)
        return verdict

    @property
    def _digest(self) -> str:
        return self.flagger.digest


def flag_readings(
    session: Session,
    readings: Iterable[Reading],
    ids: Mapping[str, int],
    flagger: Flagger,
    cache: RecentCache,
) -> Flagged:
    """Return what to store; late readings are judged by what was measured before them."""
    by_stream: dict[str, list[Reading]] = {}
    for reading in readings:
        by_stream.setdefault(reading.datastream_key, []).append(reading)
    if not by_stream:
        return Flagged()
    recent = cache.of(session, (ids[key] for key in by_stream))
    times = [item.phenomenon_time for found in by_stream.values() for item in found]
    batch = _Batch(flagger, Periods.read(session, min(times), max(times)))
    late = set()
    for key, found in by_stream.items():
        found.sort(key=lambda reading: (reading.phenomenon_time, reading.result_time))
        number = ids[key]
        if found[0].phenomenon_time.timestamp() <= recent[number].newest_s:
            late.add(number)
            _flag_late(session, number, found, batch)
        else:
            for reading in found:
                batch.judge(recent[number], number, reading)
    cache.stored(batch.found.rows, late)
    return batch.found


def store_flagged(session: Session, flagged: Flagged, *, actor: str = "ingest") -> Changes:
    """Store rows, revised flags and findings; returns how many observations changed."""
    rows = observations.upsert(session, flagged.rows, actor=actor)
    flags = 0
    for key, (verdict, at) in flagged.revised.items():
        flags += observations.reflag(session, {key: (verdict.flag, verdict.said)}, at, actor=ACTOR)
    if flagged.withdrawn:
        at = max(row.result_time for row in flagged.rows)
        quality.withdraw(session, flagged.withdrawn, ROW_TESTS, at)
    quality.keep(session, flagged.findings)
    return Changes(rows, flags)


def _flag_late(
    session: Session, datastream_id: int, readings: list[Reading], batch: _Batch
) -> None:
    """Judge readings of which at least one is older than what is stored, among what is stored."""
    first, last = readings[0].phenomenon_time, readings[-1].phenomenon_time
    recent = RecentSeries(observations.recent(session, datastream_id, first, RECENT))
    stored = quality.rows(session, datastream_id, first, last)
    known = {row.phenomenon_time: row for row in stored}
    between = deque(stored)
    for reading in readings:
        at = reading.phenomenon_time
        while between and between[0].phenomenon_time < at:
            row = between.popleft()
            _append(recent, row.phenomenon_time, row.value, row.flag)
        row_now = known.get(at)
        if row_now is not None and _says_again(row_now, reading):
            batch.repeat(recent, row_now)
            continue
        if row_now is not None:
            batch.found.withdrawn.append(row_now.key)
        batch.judge(recent, datastream_id, reading)


def _says_again(row: ObservationRow, reading: Reading) -> bool:
    """Return whether a reading says what is stored, the word of its source included."""
    is_noted = row.flag_reason.startswith(WORDS[SOURCE])
    same = (row.value, row.raw_value) == (reading.value, reading.raw_value)
    return same and is_noted == bool(reading.time_note)


def _append(recent: RecentSeries, at: datetime, value: float | None, flag: int) -> None:
    """Remember a reading; of two readings of one instant the first."""
    time_s = at.timestamp()
    if time_s > recent.newest_s:
        recent.append(time_s, value, flag)


def _key(row: FindingRow) -> Key:
    return row.datastream_id, row.start_at


def _row(reading: Reading, datastream_id: int, verdict: Verdict) -> ObservationRow:
    return ObservationRow(
        datastream_id=datastream_id,
        phenomenon_time=reading.phenomenon_time,
        result_time=reading.result_time,
        value=reading.value,
        raw_value=reading.raw_value,
        flag=verdict.flag,
        flag_reason=verdict.said,
        origin=reading.origin,
    )
