"""What pages may ask about sources: how each stands, what was rejected, which warnings hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data import alerts, rejected, source_polls, things
from data.alerts import AlertRow
from data.region_pack.sources import SourceEntry
from data.source_polls import PollRow
from services.cache_policy import Remember, forget_at_once
from services.errors import StoreUnavailableError
from services.reading import Reading
from services.region import Region
from services.sources.kinds import KINDS
from services.sources.views import SourcesView, SourceView, WarningView, state_of

REJECTED_SINCE = timedelta(days=1)
GERMAN = "de"


@dataclass(frozen=True, slots=True)
class SourceService:
    """Reads the state of the sources of one region; `is_paused` where nothing is polled."""

    sessions: sessionmaker[Session]
    region: Region
    now: Callable[[], datetime]
    is_paused: bool
    remember: Remember = forget_at_once

    def view(self) -> SourcesView:
        """Return how all sources stand.

        Raises
        ------
        StoreUnavailableError
            When the database does not answer.
        """
        now = self.now()
        try:
            with self.sessions() as session:
                rows = source_polls.all_of(session, self.region.region_id)
                newest = _newest_by_source(session)
                refused = rejected.counts(session, now - REJECTED_SINCE)
                holding = alerts.holding_at(session, now)
        except (OperationalError, InterfaceError) as error:
            raise StoreUnavailableError(str(error.orig)) from error
        return SourcesView(
            now=now,
            is_paused=self.is_paused,
            sources=tuple(
                self._source(entry, _state(entry, rows, newest), now)
                for entry in self.region.sources
            ),
            rejected=refused,
            warnings=tuple(view for row in holding for view in _warnings(row)),
        )

    def version(self) -> str:
        """Return a text that changes when a source has been heard again."""
        return self.remember("sources.version", self.region.region_id, self._version)

    def _version(self) -> str:
        with Reading(self.sessions) as session:
            heard = source_polls.last_success(session, self.region.region_id)
        return heard.isoformat() if heard else ""

    def _source(self, entry: SourceEntry, row: PollRow, now: datetime) -> SourceView:
        kind = KINDS[entry.kind]
        return SourceView(
            source_id=entry.id,
            title=entry.title,
            kind=kind.title,
            publisher=entry.publisher,
            licence=entry.licence,
            terms=entry.terms,
            lacks_agreement=entry.agreement == "missing",
            is_polled=kind.is_polled,
            state=state_of(entry, row, now, kind.fresh_for, is_paused=self.is_paused),
            success_at=row.success_at,
            next_at=row.next_at,
            newest_at=row.newest_at,
            items=row.items,
            failures=row.failures,
            message=row.message,
        )


def _newest_by_source(session: Session) -> dict[str, datetime]:
    newest: dict[str, datetime] = {}
    for stream in things.streams(session):
        if stream.newest_at is not None:
            old = newest.get(stream.thing.source, stream.newest_at)
            newest[stream.thing.source] = max(old, stream.newest_at)
    return newest


def _state(
    entry: SourceEntry, rows: Mapping[str, PollRow], newest: Mapping[str, datetime]
) -> PollRow:
    """Return the state of a source; one that sends by itself is as fresh as its readings."""
    if KINDS[entry.kind].is_polled:
        return rows.get(entry.id, PollRow(entry.id))
    at = newest.get(entry.id)
    return PollRow(entry.id, success_at=at, newest_at=at)


def _warnings(row: AlertRow) -> list[WarningView]:
    infos = [info for info in row.infos if str(info["language"]).startswith(GERMAN)]
    return [
        WarningView(
            source_id=row.source_id,
            headline=info["headline"] or info["event"],
            severity=info["severity"],
            onset=_time(info, "onset"),
            expires=_time(info, "expires"),
            areas=tuple(area["description"] for area in info["areas"]),
            sender=row.sender,
            sent_at=row.sent_at,
        )
        for info in infos or row.infos[:1]
    ]


def _time(info: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(info[name]) if info[name] else None
