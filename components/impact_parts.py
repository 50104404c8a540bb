"""What floods or is cut off: one table for pages of places, gauges and the whole region."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.content import Content
from components.freshness import age_of
from components.links import page_link
from components.short_name import gauge_name
from components.states import WORDS
from components.table import Column, Row, data_table
from services.impacts.model import ImpactView, Reach

KINDS = {
    "school": "Schule",
    "care": "Pflege, Kita, Klinik",
    "emergency": "Feuerwehr, Rettung",
    "road": "Straße",
    "bridge": "Brücke",
    "stop": "Haltestelle",
    "building": "Häuser",
    "leisure": "Freizeit, Sport",
    "utility": "Versorgung",
}
REACH = {
    Reach.REACHED: ("alarm", "erreicht"),
    Reach.EXPECTED: ("warnung", "zu erwarten"),
    Reach.POSSIBLE: ("voralarm", "möglich"),
    Reach.UNKNOWN: ("unbekannt", "keine Daten"),
    Reach.NOT_TOLD: ("ok", "nicht absehbar"),
}
"""Shape of a state and word of each answer."""
NO_ENTRIES = (
    "Hier hat noch niemand eingetragen, was bei Hochwasser geschieht. Das heißt nicht, dass nichts"
    " geschieht. Die Liste pflegt die Gemeinde."
)


def impact_table(
    caption: str, impacts: Sequence[ImpactView], now: datetime, *, with_place: bool = True
) -> Component:
    """Show impacts, the most urgent first, with who says so and since when it is known."""
    if not impacts:
        return html.P(NO_ENTRIES, className="muted")
    columns = [
        Column("Was geschieht", card="wide"),
        *([Column("Ort", label="Ort")] if with_place else []),
        Column("Stand", card="right"),
        Column("wann", label="wann"),
        Column("ab", label="ab"),
        Column("beobachtet", label="beobachtet"),
        Column("gepflegt von", label="gepflegt von", card="wide"),
    ]
    rows = [Row(_cells(view, now, with_place=with_place), _state(view)) for view in impacts]
    return data_table(caption, columns, rows, variant="dense cards")


class _Timed(Protocol):
    """What is said of when something is reached; impacts and objects have it."""

    @property
    def reach(self) -> Reach: ...
    @property
    def gauge_id(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def earliest(self) -> datetime | None: ...
    @property
    def likely(self) -> datetime | None: ...
    @property
    def reached_at(self) -> datetime | None: ...
    @property
    def missing(self) -> float | None: ...


def when_words(view: _Timed, now: datetime) -> str:
    """Write when: since when it is reached, or from when on it may be."""
    if view.reach is Reach.REACHED:
        if view.reached_at is not None:
            return f"seit {formats.brief(view.reached_at, now)}"
        return "jetzt" if view.gauge_id else "seit wann ist nicht bekannt"
    if view.earliest is not None:
        is_ahead = view.earliest > now
        return formats.interval(view.earliest, view.likely, now) if is_ahead else "jederzeit"
    return _without_time(view)


def _without_time(view: _Timed) -> str:
    if view.missing is not None:
        return f"es fehlen {formats.quantity(view.missing, view.unit)}"
    return "keine Aussage" if view.reach is Reach.UNKNOWN else "nicht in den nächsten 12 Stunden"


def _cells(view: ImpactView, now: datetime, *, with_place: bool) -> tuple[Content, ...]:
    place = page_link(view.place_name, urls.village_url(view.place_id))
    shape, word = REACH[view.reach]
    if view.reach is Reach.REACHED and view.level is not None:
        word = "wohl erreicht"  # computed for the place, not measured
    mark = html.Span(className=f"shape shape--{shape}", **attributes(aria_hidden="true"))
    stand = html.Span([mark, word], className=f"timeliness nowrap state--{shape}")
    what = html.Div(
        [view.what, html.Br(), html.Span(KINDS.get(view.kind, view.kind), className="muted")]
    )
    words = when_words(view, now)
    is_measured = view.gauge_id and view.data_at is not None
    when: Content = html.Span([words, " · ", age_of(view.data_at, now)]) if is_measured else words
    return (
        what,
        *([place] if with_place else []),
        stand,
        when,
        _basis(view),
        formats.date_long(view.observed_on) if view.observed_on else "kein Tag genannt",
        _kept_by(view),
    )


def _kept_by(view: ImpactView) -> Content:
    """Say who answers for it, since when it stands there, and where it comes from."""
    since = ""
    if view.entered_at is not None:
        since = f", Stand {formats.date_long(formats.local(view.entered_at).date())}"
    source = html.Span(f"Quelle: {view.source}", className="muted")
    return html.Div([f"{view.maintained_by}{since}", html.Br(), source])


def _basis(view: ImpactView) -> Content:
    if view.level is not None:
        return f"{WORDS[view.level]} am Ort"
    link = page_link(gauge_name(view.gauge_name), urls.gauge_url(view.gauge_id))
    return html.Span([formats.quantity(view.value, view.unit), " am ", link])


def _state(view: ImpactView) -> str:
    return REACH[view.reach][0] if view.reach in {Reach.REACHED, Reach.EXPECTED} else ""
