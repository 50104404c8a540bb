"""The list on paper."""

from services.emergency_list.content import (
    CONTACT_HEADS,
    GAUGE_HEADS,
    PLACE_HEADS,
    EmergencyList,
)
from services.emergency_list.html_file import NO_ALL_CLEAR
from services.printing.document import PrintedDocument


def as_pdf(found: EmergencyList) -> bytes:
    """Return the file."""
    document = PrintedDocument(
        found.title, found.made, is_drill=found.is_drill, made_at=found.made_at
    )
    document.paragraph(found.made, is_bold=True)
    if found.warning:
        document.paragraph(found.warning, is_bold=True)
    document.paragraph(f"{found.headline} {NO_ALL_CLEAR}")
    document.heading("Orte nach Dringlichkeit")
    document.grid(PLACE_HEADS, found.places, (30, 14, 18, 26, 32, 20))
    document.heading("Pegel")
    document.grid(GAUGE_HEADS, found.gauges, (30, 14, 14, 24, 40))
    document.heading("Telefon")
    document.grid(CONTACT_HEADS, found.contacts, (40, 24, 50))
    return document.made_bytes()
