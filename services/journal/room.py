"""Everything about the journal that pages and files ask for, in one place."""

from dataclasses import dataclass

from services.journal.csv_files import JournalCsv
from services.journal.desk import JournalDesk
from services.journal.handover_file import handover_pdf
from services.journal.knowledge import KnowledgeService
from services.journal.pdf_files import JournalPdf
from services.journal.service import JournalService
from services.journal.shift import ShiftReports


@dataclass(frozen=True, slots=True)
class JournalRoom:
    """The journal of a region: reading, writing, what was known then, files, shifts."""

    reading: JournalService
    desk: JournalDesk
    knowledge: KnowledgeService
    csv: JournalCsv
    pdf: JournalPdf
    shifts: ShiftReports

    def handover_pdf(self, entry_id: int) -> bytes:
        """Return the report of a handover as a document."""
        return handover_pdf(self.pdf, entry_id)
