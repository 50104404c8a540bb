"""Puts the report of a shift together: what was, what is, what is open and who has it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.alarms.service import AlarmService
from services.alarms.views import AlarmView
from services.alarms.words import title_of
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
    """Drafts the report of a shift that ends now; `measures` gives the open measures in words."""

    journal: JournalService
    knowledge: KnowledgeService
    alarms: AlarmService
    measures: Callable[[], tuple[str, ...]]

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
            decisions=self._decisions(start, now),
            silent=tuple(self._silent(view) for view in after.silent),
            hints=words,
        )

    def _alarm(self, alarm: AlarmView) -> str:
        title = title_of(alarm.severity, alarm.rule, alarm.name, is_drill=False)
        seen = f"quittiert von {alarm.acknowledged_by}" if alarm.acknowledged_at else ""
        has = f"bei {alarm.assigned_to}" if alarm.assigned_to else ""
        who = ", ".join(part for part in (seen or "nicht quittiert", has) if part)
        return f"{title} (seit {self._at(alarm.opened_at)}; {who})"

    def _decisions(self, start: datetime, end: datetime) -> tuple[str, ...]:
        wanted = replace(self.journal.wanted(), kinds=(Kind.DECISION.value,), start=start, end=end)
        found = self.journal.entries(wanted).entries
        return tuple(
            f"{self._at(view.happened_at)}: {view.valid_text} ({view.actor})" for view in found
        )

    def _silent(self, view: GaugeView) -> str:
        value = level_text(view.value, view.unit)
        if view.observed_at is None:
            return f"{view.name}: noch kein Wert"
        last = f"zuletzt {value}, " if value else "zuletzt "
        return f"{view.name}: {last}{self._at(view.observed_at)}"

    def _at(self, at: datetime) -> str:
        return stamp(at, self.journal.region.timezone)
