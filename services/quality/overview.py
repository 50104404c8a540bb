"""Reads what the page on data quality shows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from data import observations, quality, things
from data.quality import FindingRow
from data.things import StoredStream
from services.clock import Clock
from services.flood import qc
from services.quality.flagged import Stream, finding_view
from services.quality.rules import LIMITED, Rules
from services.quality.shares import flag_shares
from services.quality.views import FindingView, QualityView, StreamQuality, Strip
from services.reading import Reading

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
STRIP_FOR = timedelta(hours=48)
MOST_FINDINGS = 50
MOST_SEARCHED = 2000
"""Findings in which the newest of each datastream is looked for (estimate)."""


@dataclass(frozen=True, slots=True)
class QualityOverview:
    """Shares, datastreams and findings of one store, on the clock that counts."""

    sessions: sessionmaker[Session]
    rules: Rules
    clock: Clock
    zone: ZoneInfo

    def view(self, test: str = "", key: str = "") -> QualityView:
        """Return all of it; findings narrowed by test and datastream, the series of the latter.

        Raises
        ------
        StoreUnavailableError
            When the database does not answer.
        """
        now = self.clock.now()
        with Reading(self.sessions) as session:
            streams = {item.datastream_id: item for item in things.streams(session)}
            chosen = next((item for item in streams.values() if item.key == key), None)
            number = chosen.datastream_id if chosen else None
            day = flag_shares(session, list(streams), (now - DAY, now), self.zone)
            month = flag_shares(session, list(streams), (now - MONTH, now), self.zone)
            newest = quality.newest(session, MOST_SEARCHED)
            listed = quality.newest(session, MOST_FINDINGS, test, number)
            strip = self._strip(session, chosen, now) if chosen else None
        held: dict[int, FindingRow] = {}
        for row in newest:
            held.setdefault(row.datastream_id, row)
        return QualityView(
            now=now,
            day=_sum(day.values()),
            month=_sum(month.values()),
            streams=tuple(
                self._stream(item, day.get(number, {}), held.get(number), now)
                for number, item in streams.items()
            ),
            findings=tuple(_finding(row, streams[row.datastream_id]) for row in listed),
            strip=strip,
            digest=self.rules.digest,
        )

    def _stream(
        self,
        item: StoredStream,
        counts: Mapping[int, int],
        found: FindingRow | None,
        now: datetime,
    ) -> StreamQuality:
        has_limit = item.observed_property in LIMITED and item.newest_at is not None
        age_s = (now - item.newest_at).total_seconds() if item.newest_at else 0.0
        return StreamQuality(
            key=item.key,
            name=item.thing.name,
            observed_property=item.observed_property,
            unit=item.unit,
            counts=counts,
            newest_at=item.newest_at,
            staleness=qc.staleness(age_s) if has_limit else None,
            is_configured=self.rules.of(item.key) is not None,
            finding=_finding(found, item) if found else None,
        )

    def _strip(self, session: Session, item: StoredStream, now: datetime) -> Strip:
        rows = observations.window(session, item.datastream_id, now - STRIP_FOR, now)
        return Strip(item.key, item.thing.name, item.unit, tuple(rows))


def _sum(parts: Iterable[Mapping[int, int]]) -> dict[int, int]:
    total: Counter[int] = Counter()
    for part in parts:
        total.update(part)
    return dict(total)


def _finding(row: FindingRow, item: StoredStream) -> FindingView:
    return finding_view(row, Stream(item.datastream_id, item.key, item.thing.name))
