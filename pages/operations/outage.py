"""Planned outages: what is out of service on purpose, so that its silence is no alarm."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from pages.operations import _night_ids as ids
from pages.operations import _outage_view as view
from pages.operations._sections import sections
from services.container import services
from services.errors import CockpitError
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.OUTAGE,
    name="Außer Betrieb",
    title="Planmäßig außer Betrieb",
    order=56,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Planmäßig außer Betrieb"
INTRO = (
    "Was hier steht, löst keinen Alarm aus, wenn es schweigt, und bleibt auf Karte, Tabellen und"
    " Wand mit Grund und Ende sichtbar. Orte, die allein von diesem Pegel leben, haben so lange"
    " keine Aussage. Am Ende gilt Schweigen von selbst wieder als Störung."
)


def layout(**_query: str) -> Component:
    """Lay out the forms and the list."""
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), "Außer Betrieb")
    forms = html.Div(
        [view.form(services().night.outages.subjects()), view.end_form()],
        className="grid grid--halves",
        hidden=not may(Right.OPERATE),
    )
    return html.Div(
        [
            lead(way, ids.OUTAGE_HEADLINE, TITLE, ids.OUTAGE_LEAD),
            sections(urls.OUTAGE),
            html.P(INTRO, className="page__part"),
            forms,
            html.Div(loading_line(), id=ids.OUTAGE_LIST, className="page__part"),
            dcc.Store(id=ids.OUTAGE_DONE),
            dcc.Store(id=ids.OUTAGE_ENDED),
        ],
        className="page",
    )


@callback(
    Output(ids.OUTAGE_HEADLINE, "children"),
    Output(ids.OUTAGE_LIST, "children"),
    Output(ids.OUTAGE_CHOSEN, "options"),
    Output(ids.OUTAGE_CHOSEN, "value"),
    Input(ids.OUTAGE_DONE, "data"),
    Input(ids.OUTAGE_ENDED, "data"),
)
def show_outages(*_news: object) -> tuple[Any, Any, Any, Any]:
    """Show what is and was out of service."""
    outages = services().night.outages
    try:
        found, now = outages.recent(), outages.clock.now()
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn"), no_update, no_update
    options = view.end_options(found, now)
    return view.headline(found, now), view.listed(found, now), options, view.NOTHING


@callback(
    Output(ids.OUTAGE_NOTE, "children"),
    Output(ids.OUTAGE_DONE, "data"),
    Output(ids.OUTAGE_UNTIL, "value"),
    Output(ids.OUTAGE_REASON, "value"),
    Input(ids.OUTAGE_PLAN, "n_clicks"),
    State(ids.OUTAGE_SUBJECT, "value"),
    State(ids.OUTAGE_UNTIL, "value"),
    State(ids.OUTAGE_REASON, "value"),
    State(ids.OUTAGE_DONE, "data"),
    prevent_initial_call=True,
)
def plan(
    _clicks: int | None, chosen: str | None, until: str | None, reason: str | None, done: int | None
) -> tuple[Any, Any, Any, Any]:
    """Take the chosen gauge or device out of service; what was typed stays where it is refused."""
    kind, _, subject = (chosen or "").partition(":")
    try:
        made = services().night.outages.plan(kind, subject, until or "", reason or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update, no_update
    return notice(f"{made.name} ist planmäßig außer Betrieb."), (done or 0) + 1, "", ""


@callback(
    Output(ids.OUTAGE_END_NOTE, "children"),
    Output(ids.OUTAGE_ENDED, "data"),
    Input(ids.OUTAGE_END, "n_clicks"),
    State(ids.OUTAGE_CHOSEN, "value"),
    State(ids.OUTAGE_ENDED, "data"),
    prevent_initial_call=True,
)
def put_back(_clicks: int | None, chosen: str | None, done: int | None) -> tuple[Any, Any]:
    """Put the chosen gauge or device back into service."""
    if not (chosen or "").isdecimal():
        return notice("Bitte wählen, was wieder in Betrieb ist.", "warn"), no_update
    try:
        services().night.outages.put_back(int(chosen or 0))
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    return notice("Wieder in Betrieb: Schweigen gilt wieder als Störung."), (done or 0) + 1
