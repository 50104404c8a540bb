"""The journal and the alarm plan of the operations room, put together for the web process."""

from services.alarm_plan.desk import AlarmPlanDesk
from services.alarm_plan.files import AlarmPlanFiles
from services.alarm_plan.room import AlarmPlanRoom
from services.alarm_plan.service import AlarmPlanService
from services.alarms.service import AlarmService
from services.cache_policy import Remember
from services.duty_note.service import DutyNotes
from services.journal.csv_files import JournalCsv
from services.journal.desk import JournalDesk
from services.journal.knowledge import KnowledgeService
from services.journal.pdf_files import JournalPdf
from services.journal.room import JournalRoom
from services.journal.service import JournalService
from services.journal.shift import ShiftReports
from services.situation.service import SituationService
from wiring import Wired


def make_alarm_plan(wired: Wired, situation: SituationService) -> AlarmPlanRoom:
    """Return the alarm plan of the region."""
    reading = AlarmPlanService(wired.sessions, wired.region, wired.clock, situation.situation)
    return AlarmPlanRoom(
        reading=reading,
        desk=AlarmPlanDesk(wired.sessions, wired.region, wired.clock, situation.situation),
        files=AlarmPlanFiles(reading, wired.region.pack.info.name),
    )


def make_journal(
    wired: Wired, alarms: AlarmService, plan: AlarmPlanRoom, notes: DutyNotes, remember: Remember
) -> JournalRoom:
    """Return the journal of the region; the report of a shift names measures and duty note."""
    reading = JournalService(wired.sessions, wired.region, wired.clock, remember)
    knowledge = KnowledgeService(wired.sessions, wired.region, wired.clock, wired.reader)
    return JournalRoom(
        reading=reading,
        desk=JournalDesk(wired.sessions, wired.region, wired.clock),
        knowledge=knowledge,
        csv=JournalCsv(reading, knowledge),
        pdf=JournalPdf(reading, knowledge, wired.region.pack.info.name),
        shifts=ShiftReports(reading, knowledge, alarms, plan.reading.open_lines, notes.current),
    )
