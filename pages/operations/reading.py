"""Readings by hand: what somebody read off a staff gauge or was told by telephone."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from pages.operations import _night_ids as ids
from pages.operations import _reading_view as view
from pages.operations._sections import sections
from services.container import services
from services.errors import CockpitError
from services.manual_readings.model import Draft
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.READING,
    name="Ablesung",
    title="Ablesung von Hand eintragen",
    order=55,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Ablesung von Hand"
FIELDS = (
    ids.READING_GAUGE,
    ids.READING_VALUE,
    ids.READING_AT,
    ids.READING_WAY,
    ids.READING_BY,
)
"""In the order of `Draft`."""
INTRO = (
    "Für Lattenpegel und Telefon, vor allem wenn ein Pegel nicht mehr meldet. Der Wert zählt sofort"
    " für die Vorhersage, mit größerer Unsicherheit, und ist überall mit ◇ als Ablesung"
    " gekennzeichnet. Höchstens zwölf Stunden alt."
)


def layout(pegel: str = "", **_query: str) -> Component:
    """Lay out the form, the list and the way to take a reading back."""
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), "Ablesung")
    gauges = services().night.readings.gauges()
    forms = html.Div(
        [view.form(gauges, pegel), view.back_form()],
        className="grid grid--halves",
        hidden=not may(Right.OPERATE),
    )
    return html.Div(
        [
            lead(way, ids.READING_HEADLINE, TITLE, ids.READING_LEAD),
            sections(urls.READING),
            html.P(INTRO, className="page__part"),
            forms,
            html.Div(loading_line(), id=ids.READING_LIST, className="page__part"),
            dcc.Store(id=ids.READING_DONE),
            dcc.Store(id=ids.READING_TAKEN),
        ],
        className="page",
    )


@callback(Output(ids.READING_BOUNDS, "children"), Input(ids.READING_GAUGE, "value"))
def show_bounds(gauge_id: str | None) -> str:
    """Say what the chosen gauge can show."""
    return view.bounds_words(services().night.readings.gauges(), gauge_id or "")


@callback(
    Output(ids.READING_LIST, "children"),
    Output(ids.READING_BACK, "options"),
    Output(ids.READING_BACK, "value"),
    Input(ids.READING_DONE, "data"),
    Input(ids.READING_TAKEN, "data"),
)
def show_readings(*_news: object) -> tuple[Any, Any, Any]:
    """Show the readings of the last two days."""
    readings = services().night.readings
    try:
        found, now = readings.recent(), readings.clock.now()
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    return view.listed(found, now), view.back_options(found, now), view.NOTHING


@callback(
    output=(
        Output(ids.READING_NOTE, "children"),
        Output(ids.READING_DONE, "data"),
        Output(ids.READING_VALUE, "value"),
        Output(ids.READING_AT, "value"),
    ),
    inputs={
        "_clicks": Input(ids.READING_ENTER, "n_clicks"),
        "said": tuple(State(name, "value") for name in FIELDS),
        "done": State(ids.READING_DONE, "data"),
    },
    prevent_initial_call=True,
)
def enter(
    _clicks: int | None, said: tuple[str | None, ...], done: int | None
) -> tuple[Any, Any, Any, Any]:
    """Store the reading; what was typed stays where it is refused."""
    draft = Draft(*(str(item or "") for item in said))
    try:
        words = services().night.readings.enter(draft)
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update, no_update
    return notice(f"Eingetragen: {words}."), (done or 0) + 1, "", ""


@callback(
    Output(ids.READING_BACK_NOTE, "children"),
    Output(ids.READING_TAKEN, "data"),
    Output(ids.READING_REASON, "value"),
    Input(ids.READING_WITHDRAW, "n_clicks"),
    State(ids.READING_BACK, "value"),
    State(ids.READING_REASON, "value"),
    State(ids.READING_TAKEN, "data"),
    prevent_initial_call=True,
)
def withdraw(
    _clicks: int | None, chosen: str | None, reason: str | None, done: int | None
) -> tuple[Any, Any, Any]:
    """Take the chosen reading back."""
    if not (chosen or "").isdecimal():
        return notice("Bitte die Ablesung wählen.", "warn"), no_update, no_update
    try:
        services().night.readings.withdraw(int(chosen or 0), reason or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    return notice("Die Ablesung ist zurückgezogen."), (done or 0) + 1, ""
