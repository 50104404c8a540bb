"""Learning as a use case: find travel times, let a person decide, keep posteriors by version.

Nothing is accepted by the program. What is simulated or a drill never teaches real operation; in
the demonstration, whose store is its own, everything is simulated and teaches the demonstration.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from data import audit, learning
from data.engine import writing
from services.clock import Clock, wall_now
from services.errors import ReviewRefusedError, StoreUnavailableError, UnknownLagError
from services.flood.lags import LagObservation
from services.flood.learning import views
from services.flood.learning.extract import extract_lags
from services.flood.learning.model import Extraction
from services.flood.learning.records import read_records
from services.flood.learning.stored import celerity, celerity_content, lag_row, observation
from services.flood.pack_celerity import learn_pack, reaches_of
from services.flood.reach_celerity import ReachCelerity
from services.people.identity import require
from services.people.model import Right
from services.region import Region
from services.storing import storing
from services.typed_text import one_line

LOG = logging.getLogger(__name__)
LOOKBACK = timedelta(days=4)
"""A wave takes at most two days through the region, its fall one more (estimate)."""

REAL = ("live", "imported")
"""Origins that teach real operation."""

COMMENT_MAX = 1000
FROM_PACK = "Vorannahme und Laufzeiten des Regionsordners"
IMPLAUSIBLE = "unplausibel"

_Known = tuple[tuple[int, datetime | None], tuple[LagObservation, ...], ReachCelerity]


@dataclass(frozen=True, slots=True)
class ExtractionReport:
    """What a search found: all travel times, how many are new, and what was refused."""

    extraction: Extraction
    new: int


@dataclass(frozen=True, slots=True)
class LearningService:
    """Finds, shows and judges travel times of one region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    is_demo: bool
    wall: Callable[[], datetime] = wall_now
    _memory: dict[str, _Known] = field(default_factory=dict, compare=False, repr=False)

    def extract(self, now: datetime | None = None, back: timedelta = LOOKBACK) -> ExtractionReport:
        """Search the readings up to `now` for travel times and store them as proposals."""
        end = now or self.clock.now()
        with self.sessions() as session:
            records = read_records(session, self.region, end - back, end)
        extraction = extract_lags(self.region.pack, records, self.region.timezone)
        rows = [lag_row(item, self.region.region_id, self.wall()) for item in extraction.found]
        with self.sessions() as session, session.begin():
            writing(session)
            new = learning.propose(session, rows)
            self._keep(session, self.current(session), FROM_PACK)
        return ExtractionReport(extraction, new)

    def lags(self, session: Session) -> tuple[LagObservation, ...]:
        """Return the accepted travel times that count here, beside those of the pack."""
        return self._known(session)[1]

    def current(self, session: Session) -> ReachCelerity:
        """Return the posterior that holds now; cheap while nothing was reviewed."""
        return self._known(session)[2]

    def decide(self, lag_id: str, *, accept: bool, comment: str) -> str:
        """Store the decision of who acts and return the version of the posterior that then holds.

        Raises
        ------
        UnknownLagError
            When no such travel time is stored.
        ReviewRefusedError
            Without the comment that an odd one needs, or when the origin does not count here.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        """
        named, words = require(Right.CURATE).actor, one_line(comment, COMMENT_MAX)
        now = self.wall()
        with storing(self.sessions) as session:
            row = learning.lag(session, self.region.region_id, lag_id)
            if row is None:
                raise UnknownLagError(lag_id)
            self._check(row, words, accept=accept)
            before = self.current(session)
            self._keep(session, before, FROM_PACK)
            status = learning.ACCEPTED if accept else learning.REJECTED
            learning.review(session, lag_id, status, words, named, now)
            after = self._learn(session)
            self._keep(session, after, _cause(self._view(row), accept=accept, by=named))
            audit.note(
                session,
                now,
                named,
                "lag-accept" if accept else "lag-reject",
                lag_id,
                comment=words,
                before=before.version,
                after=after.version,
            )
        return after.version

    def pending(self) -> tuple[views.LagView, ...]:
        """Return the proposals, newest first."""
        return self._lags(learning.PROPOSED)

    def reviewed(self) -> tuple[views.LagView, ...]:
        """Return what was decided, newest decision first."""
        found = self._lags(learning.ACCEPTED) + self._lags(learning.REJECTED)
        return tuple(
            sorted(found, key=lambda item: item.reviewed_at or item.upper_at, reverse=True)
        )

    def speeds(self) -> tuple[views.ReachSpeeds, ...]:
        """Return the speeds of all reaches as they hold now."""
        with self._reading() as session:
            return views.reach_speeds(self.current(session), self._river_names())

    def version(self) -> str:
        """Return the version of the posterior that holds now."""
        with self._reading() as session:
            return self.current(session).version

    def changes(self) -> tuple[views.VersionView, ...]:
        """Return the versions, newest first, each with what it changed against the one before."""
        with self._reading() as session:
            rows = learning.posteriors(session, self.region.region_id)
        found = [(row, celerity(row.content)) for row in rows]
        older = [*(item[1] for item in found[1:]), None]
        return tuple(
            views.VersionView(
                version=row.version,
                parent=row.parent,
                cause=row.cause,
                created_at=row.created_at,
                changes=views.changes(before, after, self._river_names()) if before else (),
            )
            for (row, after), before in zip(found, older, strict=True)
        )

    def _check(self, row: learning.LagRow, words: str, *, accept: bool) -> None:
        if accept and not self._counts(row.origin):
            raise ReviewRefusedError(
                user_message=(
                    "Simulierte Werte und Übungen zählen im Echtbetrieb nicht; diese Laufzeit "
                    "lässt sich nur ablehnen."
                )
            )
        if accept and IMPLAUSIBLE in row.warning and not words:
            raise ReviewRefusedError(
                user_message=(
                    "Diese Geschwindigkeit ist physikalisch unplausibel. Wer sie annimmt, "
                    "schreibt bitte in den Kommentar, warum sie stimmt."
                )
            )

    def _known(self, session: Session) -> _Known:
        stamp = learning.review_stamp(session, self.region.region_id)
        known = self._memory.get(self.region.region_id)
        if known is None or known[0] != stamp:
            lags = self._accepted(session)
            known = (stamp, lags, learn_pack(self.region.pack, lags))
            self._memory[self.region.region_id] = known
        return known

    def _learn(self, session: Session) -> ReachCelerity:
        """Return the posterior of what this transaction holds, past the memory."""
        return learn_pack(self.region.pack, self._accepted(session))

    def _accepted(self, session: Session) -> tuple[LagObservation, ...]:
        rows = learning.lags(session, self.region.region_id, learning.ACCEPTED)
        lags = [observation(row) for row in rows if self._counts(row.origin)]
        reaches = reaches_of(self.region.pack)
        known = tuple(lag for lag in lags if lag.lies_on(reaches))
        if len(known) < len(lags):
            lost = len(lags) - len(known)
            LOG.warning("%d angenommene Laufzeiten liegen an keinem Gewässer der Region", lost)
        return known

    def _counts(self, origin: str) -> bool:
        return self.is_demo or origin in REAL

    def _keep(self, session: Session, posterior: ReachCelerity, cause: str) -> None:
        """Append a posterior unless the newest one is of the same version."""
        newest = learning.posteriors(session, self.region.region_id, limit=1)
        parent = newest[0].version if newest else ""
        if parent == posterior.version:
            return
        content = celerity_content(posterior)
        row = learning.PosteriorRow(
            self.region.region_id, posterior.version, parent, cause, self.wall(), content
        )
        learning.add_posterior(session, row)

    def _lags(self, status: str) -> tuple[views.LagView, ...]:
        with self._reading() as session:
            rows = learning.lags(session, self.region.region_id, status)
        return tuple(self._view(row) for row in rows)

    def _view(self, row: learning.LagRow) -> views.LagView:
        return views.lag_view(
            row, {gauge.gauge_id: gauge.name for gauge in self.region.pack.gauges}
        )

    def _river_names(self) -> dict[str, str]:
        return {river.river_id: river.name for river in self.region.pack.rivers}

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        try:
            with self.sessions() as session:
                yield session
        except DatabaseError as error:
            raise StoreUnavailableError from error


def _cause(view: views.LagView, *, accept: bool, by: str) -> str:
    word = "angenommen" if accept else "abgelehnt"
    return f"{view.upper_name} bis {view.lower_name}, {view.event} ({view.kind}): {word} von {by}"
