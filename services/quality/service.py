"""Data quality as a use case: show findings, set flags by hand, judge a period again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from data import audit, quality, things
from data.quality import FindingRow
from data.things import StoredStream
from services.clock import Clock
from services.errors import FlagRefusedError, StoreUnavailableError, UnknownStreamError
from services.flood.model import Flag
from services.people.identity import require
from services.people.model import Right
from services.quality.manual_periods import BY_TESTS
from services.quality.past_hints import PastHints
from services.quality.reprocess import Job, Report, Reprocessor
from services.quality.rules import Rules
from services.quality.verdict import MANUAL
from services.storing import storing
from services.typed_text import one_line

REASON_MAX = 110
"""With a name of 80 it fits into the 200 characters that a value's reason has."""
LONGEST = timedelta(days=400)
"""Longest period that is judged again at once (estimate: a year and its edges)."""
CHOICES = (Flag.GOOD, Flag.SUSPECT, Flag.FAIL, BY_TESTS)


@dataclass(frozen=True, slots=True)
class ManualFlag:
    """What a person wants: a flag for a period of a datastream, with its reason."""

    key: str
    start: datetime
    end: datetime
    flag: int
    reason: str


@dataclass(frozen=True, slots=True)
class QualityService:
    """Flags by hand and reprocessing of one store."""

    sessions: sessionmaker[Session]
    rules: Rules
    clock: Clock
    wall: Callable[[], datetime]
    hints: PastHints | None = None
    """Compares gauges in hindsight, where the store belongs to a region with rivers."""

    def flag(self, wish: ManualFlag) -> Report:
        """Set a flag by hand; it wins over the tests until a newer decision.

        Raises
        ------
        FlagRefusedError
            Without a reason or for an unusable period.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        UnknownStreamError
            When there is no such datastream.
        """
        by = require(Right.CURATE).actor
        _check(wish.start, wish.end)
        reason = one_line(wish.reason, REASON_MAX)
        if not reason:
            raise FlagRefusedError(user_message="Bitte einen Grund angeben; er steht am Messwert.")
        if wish.flag not in CHOICES:
            raise FlagRefusedError(
                user_message="Möglich sind gut, verdächtig, falsch, automatisch."
            )
        at = self.clock.now()
        with storing(self.sessions) as session:
            stream = self._stream(session, wish.key)
            row = FindingRow(
                stream.datastream_id, wish.start, wish.end, MANUAL, wish.flag, reason, by, at
            )
            quality.add_manual(session, row)
            audit.note(
                session,
                self.wall(),
                by,
                "quality-flag",
                wish.key,
                start=wish.start.isoformat(),
                end=wish.end.isoformat(),
                flag=wish.flag,
                reason=reason,
            )
        return self._run(stream, (wish.start, wish.end), actor=by)

    def reprocess(
        self, key: str, start: datetime, end: datetime, *, dry_run: bool = False
    ) -> Report:
        """Judge a period again with today's limits, of one datastream or (empty key) of all.

        Gauges are compared with neighbours and rain as well; that gives hints and changes no flag.

        Raises
        ------
        FlagRefusedError
            For an unusable period.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        UnknownStreamError
            When there is no such datastream.
        """
        by = require(Right.CURATE).actor
        _check(start, end)
        with self._reading() as session:
            streams = [self._stream(session, key)] if key else things.streams(session)
        total = Report()
        for stream in streams:
            total += self._run(stream, (start, end), dry_run=dry_run)
        if self.hints is not None:
            found = self.hints.run(key, (start, end), self.clock.now(), dry_run=dry_run)
            total = replace(total, hints=found)
        if not dry_run:
            with storing(self.sessions) as session:
                audit.note(
                    session,
                    self.wall(),
                    by,
                    "quality-reprocess",
                    key or "alle",
                    start=start.isoformat(),
                    end=end.isoformat(),
                    changed=total.changed,
                    hints=total.hints.found,
                    config=self.rules.digest,
                )
        return total

    def _run(
        self,
        stream: StoredStream,
        period: tuple[datetime, datetime],
        actor: str = "qc",
        *,
        dry_run: bool = False,
    ) -> Report:
        job = Job(
            stream.datastream_id, stream.key, *period, self.clock.now(), actor, dry_run=dry_run
        )
        try:
            return Reprocessor(self.sessions, self.rules).run(job)
        except DatabaseError as error:
            raise StoreUnavailableError from error

    def _stream(self, session: Session, key: str) -> StoredStream:
        found = next((item for item in things.streams(session) if item.key == key), None)
        if found is None:
            raise UnknownStreamError(key)
        return found

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        try:
            with self.sessions() as session:
                yield session
        except DatabaseError as error:
            raise StoreUnavailableError from error


def _check(start: datetime, end: datetime) -> None:
    if end < start or end - start > LONGEST:
        raise FlagRefusedError(
            user_message=(
                "Der Zeitraum muss vorwärts laufen und darf höchstens "
                f"{LONGEST.days} Tage lang sein."
            )
        )
