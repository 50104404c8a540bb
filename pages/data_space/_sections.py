"""The way between the pages of the data space: one row of links under their titles."""

from dash import dcc, html
from dash.development.base_component import Component

from components import urls
from components.attributes import attributes

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
    return html.Nav(
        html.Ul(
            [html.Li(_link(path, name, is_current=path == current)) for path, name in SECTIONS]
        ),
        className="sections",
        **attributes(aria_label="Bereiche des Datenraums"),
    )


def _link(path: str, name: str, *, is_current: bool) -> Component:
    mark = attributes(aria_current="page") if is_current else {}
    return (
        html.Span(name, className="sections__here", **mark)
        if is_current
        else dcc.Link(name, href=path, className="sections__link")
    )
