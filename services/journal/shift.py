"""Puts the report of a shift together: what was, what is, what is open and who has it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.alarms.service import AlarmService
from services.alarms.views import AlarmView
from services.alarms.words import title_of
from services.duty_note.service import DutyNoteView
from services.journal.errors import EntryRefusedError
from services.journal.handover import Handover
from services.journal.knowledge import KnowledgeService
from services.journal.model import Kind
from services.journal.service import JournalService
from services.journal.words import level_text
from services.local_time import stamp
from services.people.identity import require
from services.people.model import Right
from services.situation.model import GaugeView
from services.typed_text import all_paragraphs

SHIFT_MAX = timedelta(days=3)
HINTS_MAX = 3000
BAD_PERIOD = "Die Schicht muss vor jetzt begonnen haben, höchstens drei Tage."


@dataclass(frozen=True, slots=True)
class ShiftReports:
    """Drafts the report of a shift that ends now.

    `measures` gives the open measures in words, `duty_note` the newest words of the duty officer.
    """

    journal: JournalService
    knowledge: KnowledgeService
    alarms: AlarmService
    measures: Callable[[], tuple[str, ...]]
    duty_note: Callable[[], DutyNoteView | None]

    def draft(self, start: datetime, hints: str) -> Handover:
        """Return the report; needs the right to operate.

        Raises
        ------
        EntryRefusedError
            When the period is none, or the hints are too long.
        """
        require(Right.OPERATE)
        now = self.journal.clock.now()
        if not now - SHIFT_MAX <= start < now:
            raise EntryRefusedError(user_message=BAD_PERIOD)
        words = all_paragraphs(hints)
        if len(words) > HINTS_MAX:
            said = f"Die Hinweise haben {len(words)} Zeichen, höchstens {HINTS_MAX} sind möglich."
            raise EntryRefusedError(user_message=said)
        before, after = self.knowledge.at(start), self.knowledge.at(now)
        return Handover(
            start=start,
            end=now,
            at_start=before.headline,
            at_end=after.headline,
            alarms=tuple(self._alarm(alarm) for alarm in self.alarms.board().alarms),
            measures=self.measures(),
            decisions=self._entered(Kind.DECISION, start, now),
            silent=tuple(self._silent(view) for view in after.silent),
            hints=words,
            duty_note=self._note(start),
            situation=self._entered(Kind.SITUATION, start, now),
        )

    def _alarm(self, alarm: AlarmView) -> str:
        title = title_of(alarm.severity, alarm.rule, alarm.name, is_drill=False)
        seen = f"quittiert von {alarm.acknowledged_by}" if alarm.acknowledged_at else ""
        has = f"bei {alarm.assigned_to}" if alarm.assigned_to else ""
        who = ", ".join(part for part in (seen or "nicht quittiert", has) if part)
        return f"{title} (seit {self._at(alarm.opened_at)}; {who})"

    def _entered(self, kind: Kind, start: datetime, end: datetime) -> tuple[str, ...]:
        wanted = replace(self.journal.wanted(), kinds=(kind.value,), start=start, end=end)
        found = self.journal.entries(wanted).entries
        return tuple(
            f"{self._at(view.happened_at)}: {view.valid_text} ({view.actor})"
            for view in found
            if view.is_by_person
        )

    def _note(self, start: datetime) -> str:
        """Return the words of the duty officer where they held in this shift."""
        found = self.duty_note()
        if found is None or found.valid_until <= start:
            return ""
        holds = "galt" if found.is_over else "gilt"
        until = f"{holds} bis {self._at(found.valid_until)}"
        return f"{found.text} ({self._at(found.written_at)}, {found.author}; {until})"

    def _silent(self, view: GaugeView) -> str:
        value = level_text(view.value, view.unit)
        if view.observed_at is None:
            return f"{view.name}: noch kein Wert"
        last = f"zuletzt {value}, " if value else "zuletzt "
        return f"{view.name}: {last}{self._at(view.observed_at)}"

    def _at(self, at: datetime) -> str:
        return stamp(at, self.journal.region.timezone)
