"""The way between the pages of the data space."""

from dash.development.base_component import Component

from components import urls
from components.sections import section_links

SECTIONS = (
    (urls.DATA, "Katalog"),
    (urls.SOURCES, "Quellen"),
    (urls.DEVICES, "Geräte"),
    (urls.CHECKS, "Datenprüfung"),
    (urls.UPLOAD, "Hochladen"),
    (urls.INTERFACES, "Schnittstellen"),
)


def sections(current: str) -> Component:
    """Link to the sections of the data space; `current` is the address of the page's own."""
    return section_links(SECTIONS, current, "Bereiche des Datenraums")
