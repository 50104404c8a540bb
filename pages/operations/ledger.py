"""The alarm ledger: every alarm with what it turned out to be, and the figures that follow."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, callback, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.choice import choice
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.operations import _ids as ids
from pages.operations import _ledger_view as view
from pages.operations._state import WORDS_MAX, LedgerState
from services.container import services
from services.errors import CockpitError
from services.people.model import Right

register_page(
    __name__,
    path=urls.ALARM_LEDGER,
    name="Alarme mit Ergebnis",
    title="Alarme mit Ergebnis",
    order=51,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Was ist aus den Alarmen geworden?"
follow_query(ids.LEDGER_PAGE)


def layout(**query: str) -> Component:
    """Lay out figures, filters and list."""
    state = LedgerState.from_query(query)
    search = html.Div(
        [
            html.Label("Ort, Pegel oder Regel", htmlFor=ids.LEDGER_WORDS, className="form-label"),
            dbc.Input(
                id=ids.LEDGER_WORDS,
                type="text",
                maxlength=WORDS_MAX,
                value=state.suche,
                debounce=True,
            ),
        ]
    )
    filters = [search, choice("Stand", ids.LEDGER_ONLY, view.CHOICES, state.stand)]
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), "Alarme mit Ergebnis")
    return html.Div(
        [
            lead(way, ids.LEDGER_HEADLINE, TITLE, ids.LEDGER_LEAD),
            html.Div(loading_line(), id=ids.LEDGER_FIGURES, className="page__part"),
            html.Div(filters, className="form-row"),
            html.Div(id=ids.LEDGER_LIST, className="page__part"),
            *query_text(ids.LEDGER_PAGE),
        ],
        className="page",
    )


@callback(
    Output(ids.LEDGER_HEADLINE, "children"),
    Output(ids.LEDGER_LEAD, "children"),
    Output(ids.LEDGER_FIGURES, "children"),
    Output(ids.LEDGER_LIST, "children"),
    Output(query_text_id(ids.LEDGER_PAGE), "data"),
    Input(ids.LEDGER_WORDS, "value"),
    Input(ids.LEDGER_ONLY, "value"),
    Input(shell.VERSION, "data"),
)
def show_ledger(words: str | None, only: str | None, _version: str | None) -> tuple[Any, ...]:
    """Show figures and the chosen alarms."""
    state = LedgerState(words or "", only or view.EVERY)
    try:
        ledger = services().alarms.ledger(state.suche)
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn"), None, no_update, no_update
    return (
        view.headline(ledger),
        view.lead_line(ledger),
        view.figures_panel(ledger),
        view.list_panel(ledger, state.stand),
        state.as_query(),
    )
