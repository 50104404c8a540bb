"""The words of the duty officer: a situation in own words, with an author and an end.

After the model of the Wupperverband's situation analysis: a text without an end would still stand
there when the situation has long changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import audit, duty_notes
from data.duty_notes import NoteRow
from services.alarms import scope
from services.cache_policy import Remember, forget_at_once
from services.clock import Clock, wall_now
from services.duty_note.errors import NoteRefusedError
from services.people import identity
from services.people.model import Right
from services.reading import Reading
from services.region import Region
from services.storing import storing
from services.typed_text import all_paragraphs

TEXT_MAX = 600
"""What a tired person still reads on a wall (estimate)."""
HOURS = (1, 2, 3, 6, 12, 24)
"""How long a note may hold."""
SHOWN = 20


@dataclass(frozen=True, slots=True)
class DutyNoteView:
    """The newest note; `is_over` when its time has passed, then it must not be read as now."""

    note_id: int
    text: str
    author: str
    written_at: datetime
    valid_until: datetime
    is_public: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class DutyNotes:
    """Writes and reads the notes of a region; each replay has notes of its own."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    wall: Callable[[], datetime] = wall_now
    remember: Remember = forget_at_once

    def current(self) -> DutyNoteView | None:
        """Return the newest note that the present reader may see; None without one."""
        may_watch = identity.may(Right.WATCH)
        now = self.clock.now()
        for row in self._newest():
            if row.withdrawn_at is None:
                return _view(row, now) if may_watch or row.is_public else None
        return None

    def version(self) -> str:
        """Return a text that changes with each note, its end and its withdrawal."""
        return self.remember("duty_note.version", self.region.region_id, self._version)

    def _version(self) -> str:
        now = self.clock.now()
        return "/".join(
            f"{row.note_id}{row.withdrawn_at is not None:d}{row.valid_until <= now:d}"
            for row in self._newest()[:1]
        )

    def write(self, text: str, hours: int, *, is_public: bool) -> None:
        """Store a note that follows the one before; needs the right to operate.

        Raises
        ------
        NoteRefusedError
            When the text is empty or too long, or it would hold for another time than offered.
        """
        who = identity.require(Right.OPERATE)
        words = "\n".join(line.strip() for line in all_paragraphs(text).splitlines() if line)
        if not words:
            raise NoteRefusedError(user_message="Der Lagetext ist leer.")
        if len(words) > TEXT_MAX:
            raise NoteRefusedError(
                user_message=f"Der Lagetext hat {len(words)} Zeichen, möglich sind {TEXT_MAX}."
            )
        if hours not in HOURS:
            raise NoteRefusedError(user_message="Bitte wählen, wie lange der Lagetext gilt.")
        now = self.clock.now()
        with storing(self.sessions) as session:
            number = duty_notes.add(
                session, self.region.region_id, scope.of(self.clock),
                written_at=now, valid_until=now + timedelta(hours=hours),
                author=who.actor, text=words, is_public=is_public,
            )  # fmt: skip
            audit.note(session, self.wall(), who.actor, "duty-note", str(number), hours=hours)

    def withdraw(self, note_id: int) -> None:
        """Take a note back; needs the right to operate.

        Raises
        ------
        NoteRefusedError
            When it has been taken back already.
        """
        who = identity.require(Right.OPERATE)
        with storing(self.sessions) as session:
            if note_id not in {row.note_id for row in self._stored(session)}:
                raise NoteRefusedError(user_message="Diesen Lagetext gibt es nicht.")
            if not duty_notes.withdraw(session, note_id, self.clock.now(), who.actor):
                raise NoteRefusedError(user_message="Der Lagetext ist schon zurückgezogen.")
            audit.note(session, self.wall(), who.actor, "duty-note-withdraw", str(note_id))

    def _newest(self) -> list[NoteRow]:
        with Reading(self.sessions) as session:
            return self._stored(session)

    def _stored(self, session: Session) -> list[NoteRow]:
        where = scope.of(self.clock)
        return list(duty_notes.newest(session, self.region.region_id, where, SHOWN))


def _view(row: NoteRow, now: datetime) -> DutyNoteView:
    return DutyNoteView(
        row.note_id,
        row.text,
        row.author,
        row.written_at,
        row.valid_until,
        row.is_public,
        now >= row.valid_until,
    )
