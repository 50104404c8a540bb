"""Objects that high water cuts off: one table for pages of places and of the whole region."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.content import Content
from components.freshness import age_of
from components.impact_parts import REACH, when_words
from components.links import page_link
from components.short_name import gauge_name
from components.states import WORDS
from components.table import Column, Row, data_table
from services.impacts.model import Reach
from services.objects_at_risk.model import ObjectView

OBJECT_KINDS = {
    "school": "Schule",
    "kindergarten": "Kindergarten",
    "care": "Pflege, Klinik",
    "emergency": "Feuerwehr, Rettung",
    "stop": "Haltestelle",
    "road": "Straße",
    "bridge": "Brücke",
    "camp": "Campingplatz",
    "building": "Häuser",
    "leisure": "Freizeit, Sport",
    "utility": "Versorgung",
}
CUT_OFF = {**REACH, Reach.REACHED: ("alarm", "wohl abgeschnitten")}
"""Shape of a state and word of each answer."""
ESTIMATE = "Schätzung, zu prüfen"
NO_OBJECTS = (
    "Hier ist noch kein Objekt eingetragen. Das heißt nicht, dass keines abgeschnitten wird. Die"
    " Liste pflegt die Gemeinde."
)


def object_table(
    caption: str, objects: Sequence[ObjectView], now: datetime, *, with_place: bool = True
) -> Component:
    """Show objects, the most urgent first, with when they are cut off and who says so."""
    if not objects:
        return html.P(NO_OBJECTS, className="muted")
    columns = [
        Column("Objekt", card="wide"),
        *([Column("Ort", label="Ort")] if with_place else []),
        Column("Stand", card="right"),
        Column("abgeschnitten", label="abgeschnitten", card="wide"),
        Column("ab", label="ab"),
        Column("Menschen", "number", label="Menschen"),
        Column("Quelle", label="Quelle", card="wide"),
    ]
    rows = [Row(_cells(view, now, with_place=with_place), _state(view)) for view in objects]
    return data_table(caption, columns, rows, variant="dense cards")


def _cells(view: ObjectView, now: datetime, *, with_place: bool) -> tuple[Content, ...]:
    shape, word = CUT_OFF[view.reach]
    mark = html.Span(className=f"shape shape--{shape}", **attributes(aria_hidden="true"))
    words = when_words(view, now)
    is_measured = view.gauge_id and view.data_at is not None
    when: Content = html.Span([words, " · ", age_of(view.data_at, now)]) if is_measured else words
    kind = OBJECT_KINDS.get(view.kind, view.kind)
    return (
        html.Div([view.name, html.Br(), html.Span(kind, className="muted")]),
        *([_place(view)] if with_place else []),
        html.Span([mark, word], className=f"timeliness nowrap state--{shape}"),
        when,
        _basis(view),
        formats.number(view.people) if view.people is not None else "nicht bekannt",
        _source(view),
    )


def _place(view: ObjectView) -> Content:
    if not view.place_id:
        return view.river_name
    return page_link(view.place_name, urls.village_url(view.place_id))


def _basis(view: ObjectView) -> Content:
    if view.level is not None:
        return f"{WORDS[view.level]} am Ort"
    link = page_link(gauge_name(view.gauge_name), urls.gauge_url(view.gauge_id))
    return html.Span([formats.quantity(view.value, view.unit), " am ", link])


def _source(view: ObjectView) -> Content:
    day = f"{view.checked_on:%d.%m.%Y}"
    first = html.Strong(ESTIMATE) if view.provisional else "bestätigt"
    return html.Span([first, f", {day}", html.Br(), html.Span(view.source, className="muted")])


def _state(view: ObjectView) -> str:
    return CUT_OFF[view.reach][0] if view.reach in {Reach.REACHED, Reach.EXPECTED} else ""


def object_headline(objects: Sequence[ObjectView]) -> str:
    """Say the most urgent in one sentence."""
    found = [view.reach for view in objects]
    reached, expected = found.count(Reach.REACHED), found.count(Reach.EXPECTED)
    unknown = found.count(Reach.UNKNOWN)
    if reached or expected:
        first = _counted(reached) if reached else "Noch kein Objekt wohl abgeschnitten"
        return f"{first}, {expected} zu erwarten" if expected else first
    if unknown:
        return f"Zu {unknown} von {len(found)} Objekten gibt es keine Daten"
    return "Kein Objekt wird absehbar abgeschnitten" if found else "Noch keine Objekte eingetragen"


def _counted(count: int) -> str:
    return f"{count} {'Objekt' if count == 1 else 'Objekte'} wohl abgeschnitten"
