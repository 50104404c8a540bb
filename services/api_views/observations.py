"""Readings of a datastream page by page: raw, as known at an instant, by hour or by day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import observation_pages as pages
from data import rollups, things
from data.archives import VersionRow
from data.models import DailyRollup, HourlyRollup
from data.rollups import RollupRow, Table
from data.things import StoredStream
from services.api_views.instants import next_minute, text_of
from services.archive.reading import NO_ARCHIVE, SeriesReader
from services.clock import Clock
from services.errors import BadParameterError, UnknownGaugeError, UnknownResourceError
from services.reading import Reading
from services.region import Region

RAW, HOUR, DAY = "raw", "hour", "day"
SPANS = {RAW: timedelta(days=1), HOUR: timedelta(days=31), DAY: timedelta(days=366)}
"""What is shown when no start is asked for."""
AS_OF_MOST = timedelta(days=366)
"""Longest span of a question for an earlier state: all its versions are read at once."""
TABLES: dict[str, Table] = {HOUR: HourlyRollup, DAY: DailyRollup}
Item = dict[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; no `start` or `end`: the newest stretch up to the clock."""

    resolution: str = RAW
    start: datetime | None = None
    end: datetime | None = None
    as_of: datetime | None = None
    flags: Collection[int] = ()
    limit: int = 100
    after: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObservationPage:
    """A page; `next_after` is where the next one begins, None at the end.

    `waiting_hours` counts hours of the stretch that changed and are not rolled up anew yet.
    """

    stream: StoredStream
    start: datetime
    end: datetime
    items: tuple[Item, ...]
    next_after: datetime | None
    waiting_hours: int = 0


@dataclass(frozen=True, slots=True)
class ObservationService:
    """Reads pages of readings."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    reader: SeriesReader = NO_ARCHIVE

    def of_gauge(self, gauge_id: str, question: Question) -> ObservationPage:
        """Return a page of what a gauge observes: its stage or discharge.

        Raises
        ------
        UnknownGaugeError
            When the region has no such gauge.
        """
        row = next((row for row in self.region.pack.gauges if row.gauge_id == gauge_id), None)
        if row is None:
            raise UnknownGaugeError(gauge_id)
        return self.of_stream(f"{gauge_id}/{row.observes}", question)

    def streams(self) -> tuple[StoredStream, ...]:
        """Return all datastreams."""
        with Reading(self.sessions) as session:
            return tuple(things.streams(session))

    def of_stream(self, key: str, question: Question) -> ObservationPage:
        """Return a page of a datastream.

        Raises
        ------
        UnknownResourceError
            When there is no such datastream, or its gauge has no sensor.
        """
        with Reading(self.sessions) as session:
            found = things.by_key(session, key)
            if found is None:
                words = "Diese Messreihe gibt es nicht. Die Liste steht unter /api/v1/datastreams."
                raise UnknownResourceError(key, user_message=words)
            return self._page(session, found, question)

    def _page(self, session: Session, found: StoredStream, asked: Question) -> ObservationPage:
        end = asked.end or next_minute(self.clock.now())
        start = asked.start or end - SPANS[asked.resolution]
        if start > end:
            raise BadParameterError(user_message="start muss vor end liegen.")
        wanted = pages.Stretch(
            found.datastream_id, start, end, asked.limit + 1, asked.after, asked.flags
        )
        waiting = 0
        if asked.as_of is not None:
            items = _known(session, self.reader, wanted, asked)
        elif asked.resolution == RAW:
            items = self._readings(session, wanted)
        else:
            rows = pages.rollups(session, TABLES[asked.resolution], wanted)
            items = [_rollup(row) for row in rows]
            waiting = len(rollups.dirty_hours(session, found.datastream_id, start, end))
        kept = items[: asked.limit]
        has_more = len(items) > asked.limit
        after = datetime.fromisoformat(str(kept[-1]["phenomenon_time"])) if has_more else None
        return ObservationPage(found, start, end, tuple(kept), after, waiting)

    def _readings(self, session: Session, wanted: pages.Stretch) -> list[Item]:
        """Return a page of readings, from files where months have left the database."""
        begin = wanted.after or wanted.start
        window = (begin, wanted.end)
        rows = self.reader.rows(
            session, wanted.datastream_id, window, wanted.limit + 1, wanted.flags
        )
        if rows is None:
            return [_raw(row) for row in pages.readings(session, wanted)]
        items = [_archived(row) for row in rows if row.phenomenon_time != wanted.after]
        return items[: wanted.limit]


def _archived(row: VersionRow) -> Item:
    return {
        "phenomenon_time": text_of(row.phenomenon_time),
        "result_time": text_of(row.result_time),
        "value": row.value,
        "flag": row.flag,
        "flag_reason": row.reason,
        "origin": row.origin,
    }


def _known(
    session: Session, reader: SeriesReader, wanted: pages.Stretch, asked: Question
) -> list[Item]:
    if asked.resolution != RAW:
        raise BadParameterError(user_message="as_of gibt es nur mit resolution=raw.")
    if wanted.end - wanted.start > AS_OF_MOST:
        words = f"Mit as_of sind höchstens {AS_OF_MOST.days} Tage auf einmal möglich."
        raise BadParameterError(user_message=words)
    begin = wanted.after or wanted.start
    known = reader.known_at(
        session, wanted.datastream_id, begin, wanted.end, asked.as_of or wanted.end
    )
    items: list[Item] = [
        {"phenomenon_time": text_of(at), "value": value, "flag": flag}
        for at, value, flag in known
        if at != wanted.after and (not wanted.flags or flag in wanted.flags)
    ]
    return items[: wanted.limit]


def _raw(row: pages.Reading) -> Item:
    return {
        "phenomenon_time": text_of(row.phenomenon_time),
        "result_time": text_of(row.result_time),
        "value": row.value,
        "flag": row.flag,
        "flag_reason": row.flag_reason,
        "origin": row.origin,
    }


def _rollup(row: RollupRow) -> Item:
    return {
        "phenomenon_time": text_of(row.start_at),
        "min": row.lowest,
        "min_at": text_of(row.lowest_at) if row.lowest_at else None,
        "max": row.highest,
        "max_at": text_of(row.highest_at) if row.highest_at else None,
        "mean": row.mean,
        "count": row.count,
        "not_good": row.not_good,
        "flag": row.worst_flag,
    }
