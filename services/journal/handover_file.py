"""The report of a shift as a document to sign."""

from services.journal.errors import UnknownEntryError
from services.journal.handover import Handover
from services.journal.model import Kind
from services.journal.pdf_files import JournalPdf
from services.local_time import stamp


def handover_pdf(files: JournalPdf, entry_id: int) -> bytes:
    """Return the report of a handover.

    Raises
    ------
    UnknownEntryError
        When there is no handover of this number.
    """
    view = files.journal.entry(entry_id)
    if view.kind is not Kind.HANDOVER:
        raise UnknownEntryError(str(entry_id))
    zone = files.journal.region.timezone
    report = Handover.of(view.details)
    document = files.begin(f"Übergabebericht Nr. {entry_id}")
    period = f"Schicht von {stamp(report.start, zone)} bis {stamp(report.end, zone)}"
    document.paragraph(f"{period}, übergeben von {view.actor}.")
    for name, lines, nothing in report.parts:
        document.heading(name)
        if len(lines) == 1:
            document.paragraph(lines[0])
        else:
            document.items(lines, nothing)
    document.signature(f"Übergeben: {view.actor}, {stamp(view.noted_at, zone)}")
    document.signature("Übernommen: Name, Uhrzeit")
    files.seal(document)
    return document.made_bytes()
