"""Gives an all-clear: by a person, with what was checked, never taken back, closing nothing."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import all_clears, audit
from services.alarms import scope
from services.alarms.announcement import CLEAR, CLEAR_ID, Announce, Announcement, nobody
from services.alarms.model import Severity
from services.all_clear.errors import AllClearRefusedError
from services.all_clear.given import GivenClears
from services.all_clear.model import (
    DUTY_WORDS,
    AllClearView,
    Area,
    Duty,
    Proposal,
    Wish,
    view_of,
)
from services.all_clear.proposing import Proposer
from services.clock import Clock, wall_now
from services.journal.model import Entry, Kind
from services.journal.notes import note
from services.people.identity import require
from services.people.model import Identity, Right
from services.region import Region
from services.storing import storing
from services.typed_text import all_paragraphs, one_line

TEXT_MAX = 1000
REASON_MAX = 400
REASON_MIN = 20
"""Signs of a reason against the machine: who reads it later must understand it (estimate)."""
DRILL = "ÜBUNG – "


@dataclass(frozen=True, slots=True)
class AllClears:
    """The all-clears of a region; `groups` are told of each."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    proposer: Proposer
    groups: tuple[str, ...] = ()
    announce: Announce = nobody
    wall: Callable[[], datetime] = wall_now

    def areas(self) -> tuple[Area, ...]:
        """Return what an all-clear can be given for."""
        return self.proposer.areas()

    def proposal(self, key: str) -> Proposal:
        """Return what the machine says of an area now; needs the right to watch."""
        require(Right.WATCH)
        return self.proposer.proposal(key)

    def recent(self) -> tuple[AllClearView, ...]:
        """Return the last all-clears, the newest first; needs the right to watch."""
        return self._given.recent()

    def current(self) -> tuple[AllClearView, ...]:
        """Return by area the newest all-clear that no warning has followed."""
        return self._given.current()

    def give(self, wish: Wish) -> AllClearView:
        """Give an all-clear; it closes no alarm and no measure. Needs the right to operate.

        Raises
        ------
        AllClearRefusedError
            When area or text is missing, a person's duty is not confirmed, or a condition of the
            machine fails and no reason that one can understand is written.
        """
        who = require(Right.OPERATE)
        proposal = self.proposer.proposal(wish.area)
        text = all_paragraphs(wish.text)
        _check(wish, proposal, text)
        reason = "" if proposal.is_met else one_line(wish.reason, REASON_MAX)
        now, wall = self.clock.now(), self.wall()
        confirmed = [duty.value for duty in Duty if duty.value in wish.confirmed]
        with storing(self.sessions) as session:
            number = all_clears.add(
                session, *self._place, area=proposal.area.key, area_name=proposal.area.name,
                given_at=now, wall_at=wall, author=who.actor, text=text,
                checks=[asdict(check) for check in proposal.checks], confirmed=confirmed,
                is_complete=proposal.is_met, override_reason=reason,
            )  # fmt: skip
            self._told(session, who, proposal, text, reason)
            audit.note(
                session, wall, who.actor, "all-clear", proposal.area.key,
                number=number, is_complete=proposal.is_met, reason=reason,
            )  # fmt: skip
            self._announce(session, number, proposal.area, text, wall)
            rows = all_clears.newest(session, *self._place, 1)
        return view_of(rows[0], is_over=False)

    @property
    def _given(self) -> GivenClears:
        return GivenClears(self.sessions, self.region, self.clock)

    @property
    def _place(self) -> tuple[str, str]:
        return self.region.region_id, scope.of(self.clock)

    def _told(
        self, session: Session, who: Identity, proposal: Proposal, text: str, reason: str
    ) -> None:
        region_id, name = self._place
        now = self.clock.now()
        failed = [check.words for check in proposal.checks if not check.is_met]
        against = f" Trotz: {' '.join(failed)} Grund: {reason}" if failed else ""
        note(
            session,
            Entry(
                region_id=region_id, scope=name, kind=Kind.DECISION,
                text=f"Entwarnung gegeben für {proposal.area.name}: {text}{against}",
                happened_at=now, noted_at=now, wall_at=self.wall(), actor=who.actor,
                person_id=who.person_id,
            ),
        )  # fmt: skip

    def _announce(self, session: Session, number: int, area: Area, text: str, at: datetime) -> None:
        is_drill = scope.is_drill(scope.of(self.clock))
        title = f"{DRILL if is_drill else ''}Entwarnung: {area.name}"
        for group in self.groups:
            self.announce(
                session,
                Announcement(
                    f"{CLEAR_ID}{number}", Severity.HINWEIS, group, title, text, 0, at,
                    is_drill, at, CLEAR,
                ),
            )  # fmt: skip


def _check(wish: Wish, proposal: Proposal, text: str) -> None:
    if not text or len(text) > TEXT_MAX:
        raise AllClearRefusedError(
            user_message=f"Die Entwarnung braucht einen Text von 1 bis {TEXT_MAX} Zeichen,"
            f" angegeben sind {len(text)}."
        )
    lacking = [DUTY_WORDS[duty] for duty in Duty if duty.value not in wish.confirmed]
    if lacking:
        raise AllClearRefusedError(user_message=f"Noch nicht bestätigt: {'; '.join(lacking)}.")
    if not proposal.is_met and len(one_line(wish.reason, REASON_MAX)) < REASON_MIN:
        failed = " ".join(check.words for check in proposal.checks if not check.is_met)
        raise AllClearRefusedError(
            user_message=f"Nicht alle Bedingungen sind erfüllt: {failed} Bitte begründen, warum"
            f" trotzdem entwarnt wird, in mindestens {REASON_MIN} Zeichen."
        )
