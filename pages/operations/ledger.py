"""The alarm ledger: every alarm with what it turned out to be, and the figures that follow."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.choice import choice
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.operations import _ids as ids
from pages.operations import _ledger_form as form
from pages.operations import _ledger_view as view
from pages.operations._form import outcome_options
from pages.operations._sections import sections
from pages.operations._state import WORDS_MAX, LedgerState
from services.container import services
from services.errors import CockpitError
from services.people.identity import may
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
            sections(urls.ALARM_LEDGER),
            html.Div(loading_line(), id=ids.LEDGER_FIGURES, className="page__part"),
            html.Div(filters, className="form-row"),
            html.Div(id=ids.LEDGER_LIST, className="page__part"),
            html.Div(form.form(), hidden=not may(Right.OPERATE)),
            dcc.Store(id=ids.LEDGER_DONE),
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
    Output(ids.JUDGE_ALARM, "options"),
    Input(ids.LEDGER_WORDS, "value"),
    Input(ids.LEDGER_ONLY, "value"),
    Input(shell.VERSION, "data"),
    Input(ids.LEDGER_DONE, "data"),
)
def show_ledger(words: str | None, only: str | None, *_news: object) -> tuple[Any, ...]:
    """Show figures and the chosen alarms."""
    state = LedgerState(words or "", only or view.EVERY)
    try:
        ledger = services().alarms.ledger(state.suche)
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn"), None, *(no_update,) * 3
    return (
        view.headline(ledger),
        view.lead_line(ledger),
        view.figures_panel(ledger),
        view.list_panel(ledger, state.stand),
        state.as_query(),
        form.closed_options(ledger),
    )


@callback(Output(ids.MISSED_PLACE, "options"), Input(ids.MISSED_PLACE, "id"))
def offer_places(_id: str) -> list[dict[str, str]]:
    """Offer the places of the region."""
    return form.place_options()


@callback(
    Output(ids.JUDGE_OUTCOME, "options"),
    Output(ids.JUDGE_OUTCOME, "value"),
    Input(ids.JUDGE_ALARM, "value"),
    State(ids.JUDGE_OUTCOME, "value"),
    prevent_initial_call=True,
)
def offer_outcomes(alarm_id: str | None, chosen: str | None) -> tuple[Any, Any]:
    """Offer what the chosen alarm may have turned out to be; a choice that is none is let go."""
    options = outcome_options(alarm_id)
    known = [item["value"] for item in options]
    return options, no_update if chosen in known else known[0]


@callback(
    output=(Output(ids.LEDGER_NOTE, "children"), Output(ids.LEDGER_DONE, "data")),
    inputs={
        "_clicks": (Input(ids.JUDGE, "n_clicks"), Input(ids.MISSED, "n_clicks")),
        "judged": (
            State(ids.JUDGE_ALARM, "value"),
            State(ids.JUDGE_OUTCOME, "value"),
            State(ids.JUDGE_TEXT, "value"),
            State(ids.JUDGE_MOVED, "value"),
        ),
        "missed": (
            State(ids.MISSED_PLACE, "value"),
            State(ids.MISSED_AT, "value"),
            State(ids.MISSED_TEXT, "value"),
            State(ids.MISSED_MOVED, "value"),
        ),
        "done": State(ids.LEDGER_DONE, "data"),
    },
    prevent_initial_call=True,
)
def enter(
    _clicks: tuple[int | None, ...],
    judged: tuple[str | None, ...],
    missed: tuple[str | None, ...],
    done: int | None,
) -> tuple[Any, Any]:
    """Change an outcome or enter what was missed."""
    is_judging = ctx.triggered_id == ids.JUDGE
    subject, *said = judged if is_judging else missed
    act = form.judge if is_judging else form.missed
    note, is_done = act(subject, [text or "" for text in said])
    return note, (done or 0) + 1 if is_done else no_update
