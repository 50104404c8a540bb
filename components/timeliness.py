"""How current a data set is: shape and word, never colour alone."""

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from services.catalogue.model import Timeliness

WORDS = {
    Timeliness.CURRENT: "aktuell",
    Timeliness.STALE: "veraltet",
    Timeliness.EMPTY: "keine Daten",
}
SHAPES = {Timeliness.CURRENT: "ok", Timeliness.STALE: "voralarm", Timeliness.EMPTY: "unbekannt"}


def timeliness_mark(found: Timeliness) -> Component:
    """Show shape and word."""
    shape = html.Span(className=f"shape shape--{SHAPES[found]}", **attributes(aria_hidden="true"))
    return html.Span([shape, WORDS[found]], className=f"timeliness nowrap state--{SHAPES[found]}")
