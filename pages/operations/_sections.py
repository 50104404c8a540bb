"""The way between the pages of the operations room."""

from dash.development.base_component import Component

from components import urls
from components.sections import section_links

SECTIONS = (
    (urls.OPERATIONS, "Lage"),
    (urls.WALL, "Wand"),
    (urls.MEASURES, "Maßnahmen"),
    (urls.JOURNAL, "Tagebuch"),
    (urls.DELIVERIES, "Meldungen"),
    (urls.WARNING, "Warnung"),
    (urls.ALL_CLEAR, "Entwarnung"),
    (urls.READING, "Ablesung"),
    (urls.OUTAGE, "Außer Betrieb"),
    (urls.EMERGENCY, "Notfallliste"),
    (urls.HANDOVER, "Übergabe"),
    (urls.ALARM_LEDGER, "Alarme"),
    (urls.DRILL, "Übung"),
)


def sections(current: str) -> Component:
    """Link to the pages of the room; `current` is the address of the page's own."""
    return section_links(SECTIONS, current, "Bereiche der Lage")
