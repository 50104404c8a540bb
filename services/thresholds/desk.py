"""Four eyes over thresholds: one person proposes, another decides; every step is in the log."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import audit, thresholds
from data.thresholds import APPROVED, PROPOSED, REJECTED, WITHDRAWN, ChangeRow, Target
from services.archive.reading import SeriesReader
from services.clock import Clock, wall_now
from services.flood.network import build_network
from services.people.identity import require
from services.people.model import Identity, Right
from services.reading import Reading
from services.region import Region
from services.storing import storing
from services.thresholds.checks import gauge_of, require_possible
from services.thresholds.effect import event_effect
from services.thresholds.effect_model import Effect
from services.thresholds.errors import (
    FourEyesError,
    ThresholdConflictError,
    ThresholdRefusedError,
    ThresholdWaitsError,
    UnknownChangeError,
)
from services.thresholds.in_effect import InEffect, ThresholdBook
from services.thresholds.model import Proposal
from services.thresholds.past import measured_courses, simulated_courses
from services.thresholds.service import OF_PACK, rows_by_target, values
from services.typed_text import one_line, paragraphs

TEXT_MAX, OWNER_MAX = 500, 120
AHEAD = timedelta(days=366)
WORDLESS = "Bitte begründen: Ohne Grund wird keine Schwelle geändert."
OWNERLESS = "Bitte angeben, wer die Schwelle verantwortet, zum Beispiel die Gemeinde."
SAME = "Diese Werte gelten schon."
LATE = "„Gilt ab“ darf höchstens ein Jahr voraus liegen und nicht in der Vergangenheit."
UNSEEN = "Bitte zuerst die Auswirkung auf vergangene Ereignisse berechnen und ansehen."
WAITING = "Genau diese Werte hat {who} schon vorgeschlagen; darüber ist noch nicht entschieden."
UNFIT = "Die Berechnung kann mit diesen Werten nicht umgehen; bitte Abstände und Höhe prüfen."


@dataclass(frozen=True, slots=True)
class ThresholdDesk:
    """Proposes and decides changes of the thresholds of a region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    reader: SeriesReader
    wall: Callable[[], datetime] = wall_now

    def propose(self, asked: Proposal) -> str:
        """Store a proposal and return its id; needs the right to propose.

        Raises
        ------
        ThresholdRefusedError
            When levels, owner, reason or day are not possible.
        ThresholdWaitsError
            When the same levels wait for a decision already.
        ThresholdConflictError
            When the levels that the person saw hold no more.
        """
        who = require(Right.PROPOSE)
        owner, reason = one_line(asked.owner, OWNER_MAX), paragraphs(asked.reason, TEXT_MAX)
        now = self.wall()
        self._check(asked, owner, reason, now)
        row = replace(
            self._row(asked),
            change_id=str(uuid.uuid4()),
            owner=owner if asked.levels else OF_PACK,
            reason=reason,
            valid_from=asked.valid_from or now,
            proposer_id=who.person_id,
            proposer=who.actor,
        )
        with storing(self.sessions) as session:
            thresholds.hold(session)
            if self._newest(session, asked.target) != asked.based_on:
                raise ThresholdConflictError
            self._require_new(session, row)
            thresholds.add(session, row)
            self._note(session, who, "threshold-propose", row)
        return row.change_id

    def approve(self, change_id: str, note: str = "") -> int:
        """Let a proposal of somebody else hold and return its version; needs that right.

        Raises
        ------
        FourEyesError
            When the same account proposed it.
        ThresholdConflictError
            When it is decided already or rests on levels that hold no more.
        ThresholdRefusedError
            When nobody has looked at its effect.
        """
        who = require(Right.APPROVE)
        now = self.wall()
        with storing(self.sessions) as session:
            row = self._open(session, change_id)
            self._require_another(row, who)
            if row.effect is None:
                raise ThresholdRefusedError(user_message=UNSEEN)
            if self._newest(session, row.target) != row.based_on:
                raise ThresholdConflictError
            version = thresholds.next_version(session, self.region.region_id)
            self._decide(
                session, row, who, APPROVED, note, version=version,
                valid_from=max(row.valid_from, now),
            )  # fmt: skip
            self._note(session, who, "threshold-approve", row, version=version)
        return version

    def reject(self, change_id: str, note: str) -> None:
        """Refuse a proposal of somebody else with a reason; needs the right to approve."""
        who = require(Right.APPROVE)
        if not note.strip():
            raise ThresholdRefusedError(user_message="Eine Ablehnung braucht einen Grund.")
        with storing(self.sessions) as session:
            row = self._open(session, change_id)
            self._require_another(row, who)
            self._decide(session, row, who, REJECTED, note)
            self._note(session, who, "threshold-reject", row, decision=paragraphs(note, TEXT_MAX))

    def withdraw(self, change_id: str, note: str = "") -> None:
        """Take back what one has proposed oneself; needs the right to propose."""
        who = require(Right.PROPOSE)
        with storing(self.sessions) as session:
            row = self._open(session, change_id)
            if row.proposer_id != who.person_id:
                words = "Zurückziehen kann nur, wer vorgeschlagen hat. Bitte ablehnen."
                raise ThresholdRefusedError(user_message=words)
            self._decide(session, row, who, WITHDRAWN, note)
            self._note(session, who, "threshold-withdraw", row)

    def compute_effect(self, change_id: str) -> Effect:
        """Compute what a proposal would have done in past events and keep it with the proposal.

        It decides nothing and runs where no session is: who may ask, the page's right says.
        """
        with Reading(self.sessions) as session:
            row = thresholds.by_id(session, self.region.region_id, change_id)
            if row is None:
                raise UnknownChangeError(change_id)
            effect = self._effect(session, row)
        with storing(self.sessions) as session:
            thresholds.decide(session, change_id, effect=effect.content())
        return effect

    def _effect(self, session: Session, row: ChangeRow) -> Effect:
        pack = rows_by_target(self.region.pack).get(row.target, [])
        approved = thresholds.approved(session, self.region.region_id)
        based = next((item for item in approved if item.version == row.based_on), None)
        before = based.levels if based is not None and based.levels else values(pack)
        after = row.levels or values(pack)
        lowest = min([*before.values(), *after.values()])
        setting = (self.clock.now(), lowest)
        measured = measured_courses(session, self.region, self.reader, row.target, setting)
        courses = [*simulated_courses(self.region, row.target), *measured.courses]
        return Effect(
            computed_at=self.wall(),
            before=before,
            after=after,
            events=tuple(event_effect(course, before, after) for course in courses),
            measured_from=measured.since,
            measured_values=measured.values,
        )

    def _check(self, asked: Proposal, owner: str, reason: str, now: datetime) -> None:
        gauge = gauge_of(self.region.pack, asked.target)
        if not reason:
            raise ThresholdRefusedError(user_message=WORDLESS)
        if asked.valid_from is not None and not now <= asked.valid_from <= now + AHEAD:
            raise ThresholdRefusedError(user_message=LATE)
        if not asked.levels:
            return
        if not owner:
            raise ThresholdRefusedError(user_message=OWNERLESS)
        require_possible(gauge, asked.levels, self.region.pack.ratings)
        self._require_computable(asked)

    def _require_computable(self, asked: Proposal) -> None:
        """Refuse levels that the engine cannot build its network with, and those that hold now."""
        with Reading(self.sessions) as session:
            held = ThresholdBook(self.region, self.wall).held(session)
        now = values(rows_by_target(held.applied(self.region.pack)).get(asked.target, []))
        if now == dict(asked.levels):
            raise ThresholdRefusedError(user_message=SAME)
        trial = replace(self._row(asked), version=0)
        tried = InEffect({**held.changes, asked.target: trial})
        try:
            build_network(tried.applied(self.region.pack))
        except (ValueError, ArithmeticError) as error:
            raise ThresholdRefusedError(str(error), user_message=UNFIT) from error

    def _require_new(self, session: Session, row: ChangeRow) -> None:
        """Refuse what waits for a decision already; a button is easily pressed twice."""
        for waiting in thresholds.pending(session, self.region.region_id):
            if (waiting.target, waiting.levels) == (row.target, row.levels):
                words = WAITING.format(who=waiting.proposer)
                raise ThresholdWaitsError(waiting.change_id, user_message=words)

    def _row(self, asked: Proposal) -> ChangeRow:
        gauge_id, place_id, river_id = asked.target
        now = self.wall()
        return ChangeRow(
            change_id="",
            region_id=self.region.region_id,
            gauge_id=gauge_id,
            place_id=place_id,
            river_id=river_id,
            voralarm=asked.levels.get("voralarm"),
            warnung=asked.levels.get("warnung"),
            alarm=asked.levels.get("alarm"),
            owner="-",
            reason="-",
            valid_from=now,
            based_on=asked.based_on,
            status=PROPOSED,
            proposer_id="",
            proposer="",
            proposed_at=now,
        )

    def _open(self, session: Session, change_id: str) -> ChangeRow:
        thresholds.hold(session)
        row = thresholds.by_id(session, self.region.region_id, change_id)
        if row is None:
            raise UnknownChangeError(change_id)
        if row.status != PROPOSED:
            raise ThresholdConflictError(
                user_message=f"Darüber hat {row.decider} schon entschieden."
            )
        return row

    def _newest(self, session: Session, target: Target) -> int:
        rows = thresholds.approved(session, self.region.region_id)
        return max((row.version or 0 for row in rows if row.target == target), default=0)

    @staticmethod
    def _require_another(row: ChangeRow, who: Identity) -> None:
        if who.is_same_person(row.proposer_id, row.proposer):
            raise FourEyesError

    def _decide(  # who, what, why and what else is stored with it
        self,
        session: Session,
        row: ChangeRow,
        who: Identity,
        status: str,
        note: str,
        **values: object,
    ) -> None:
        done = thresholds.decide(
            session, row.change_id, status=status, decider_id=who.person_id, decider=who.actor,
            decided_at=self.wall(), decision=paragraphs(note, TEXT_MAX), **values,
        )  # fmt: skip
        if not done:
            raise ThresholdConflictError

    def _note(
        self, session: Session, who: Identity, action: str, row: ChangeRow, **details: object
    ) -> None:
        target = "/".join(filter(None, row.target))
        audit.note(
            session, self.wall(), who.actor, action, target, change=row.change_id,
            levels=dict(row.levels) or OF_PACK, reason=row.reason, proposer=row.proposer, **details,
        )  # fmt: skip
