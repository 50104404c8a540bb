"""Lage: what waits for somebody, how many minutes are left where, who does not report."""

from typing import Any

from dash import (
    ALL,
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    ctx,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component

from components import urls
from components.links import page_link
from components.panel import lead, loading_line, notice, panel
from pages.operations import _form as form
from pages.operations import _ids as ids
from pages.operations import _view as view
from pages.operations._alarm_list import alarm_list
from pages.operations._figures import figures
from services.container import services
from services.errors import CockpitError
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.OPERATIONS,
    name="Lage",
    title="Lage: offene Alarme",
    order=5,
    in_nav=True,
    right=Right.WATCH,
)
POLL_MS = 2000
"""A new alarm is on screen within 5 s: this poll, the request and the drawing (estimate)."""
KEYS = "Mit q quittieren Sie den gewählten, sonst den dringendsten Alarm; Pfeiltasten wählen."


def layout(**_query: str) -> Component:
    """Lay out figures, alarms, the form, places and silent gauges."""
    alarms = panel(
        "Offene Alarme",
        [
            html.Div(id=ids.NOTE, role="status"),
            html.Div(loading_line(), id=ids.ALARMS),
            html.Div(
                page_link("Alle Alarme mit Ergebnis", urls.ALARM_LEDGER), className="panel__foot"
            ),
        ],
        hint=KEYS,
    )
    edit = html.Div(form.form(), hidden=not may(Right.OPERATE))
    left = html.Div([alarms, edit], className="column")
    right = html.Div([html.Div(id=ids.PLACES), html.Div(id=ids.SILENT)], className="column")
    return html.Div(
        [
            lead("Lage · Krisenstab", ids.HEADLINE, "Lage", ids.LEAD),
            html.Div(id=ids.FIGURES),
            html.Div([left, right], className="grid grid--halves"),
            dcc.Interval(id=ids.POLL, interval=POLL_MS),
            dcc.Store(id=ids.VERSION),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.FORM_DONE),
        ],
        className="page page--operations",
    )


clientside_callback(
    ClientsideFunction("shell", "poll"),
    Output(ids.VERSION, "data"),
    Input(ids.POLL, "n_intervals"),
    State(ids.VERSION, "data"),
    prevent_initial_call=True,
)


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.FIGURES, "children"),
    Output(ids.ALARMS, "children"),
    Output(ids.PLACES, "children"),
    Output(ids.SILENT, "children"),
    Output(ids.SELECT, "options"),
    Output(ids.VERSIONS, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.DONE, "data"),
    Input(ids.FORM_DONE, "data"),
)
def show_room(*_news: object) -> tuple[Any, ...]:
    """Show the situation and all open alarms."""
    found = services()
    try:
        situation, board = found.situation.situation(), found.alarms.board()
    except CockpitError as error:
        kept = (no_update,) * 6
        return "Lage unbekannt", notice(error.user_message, "warn"), *kept
    listed = alarm_list(board, may_act=may(Right.OPERATE))
    return (
        situation.headline,
        view.lead_lines(situation, board),
        figures(situation, board),
        listed,
        view.places(situation),
        view.silent(situation),
        form.options(board),
        {alarm.alarm_id: alarm.version for alarm in board.alarms},
    )


@callback(
    Output(ids.NOTE, "children"),
    Output(ids.DONE, "data"),
    Input(ids.act_id(ALL, ALL, ALL), "n_clicks"),
    State(ids.DONE, "data"),
    prevent_initial_call=True,
)
def press(_clicks: list[int | None], done: int | None) -> tuple[Any, Any]:
    """Acknowledge or take over; a list that was drawn anew is no click."""
    pressed = ctx.triggered_id
    if not pressed or not ctx.triggered[0]["value"]:
        return no_update, no_update
    note = form.press(pressed["part"], pressed["alarm"], int(pressed["version"]))
    return note, (done or 0) + 1


@callback(
    output=(
        Output(ids.FORM_NOTE, "children"),
        Output(ids.FORM_DONE, "data"),
        Output(ids.TEXT, "value"),
    ),
    inputs={
        "_clicks": tuple(Input(name, "n_clicks") for name in (ids.COMMENT, ids.ASSIGN, ids.CLOSE)),
        "chosen": (State(ids.SELECT, "value"), State(ids.VERSIONS, "data")),
        "said": tuple(State(name, "value") for name in (ids.TEXT, ids.TO, ids.OUTCOME)),
        "done": State(ids.FORM_DONE, "data"),
    },
    prevent_initial_call=True,
)
def handle(
    _clicks: tuple[int | None, ...],
    chosen: tuple[str | None, dict[str, int] | None],
    said: tuple[str | None, ...],
    done: int | None,
) -> tuple[Any, Any, Any]:
    """Do what the form asks for the chosen alarm."""
    alarm_id, versions = chosen
    version = (versions or {}).get(alarm_id or "")
    note, is_done = form.act(ctx.triggered_id, alarm_id, version, [text or "" for text in said])
    return note, (done or 0) + 1 if is_done else no_update, "" if is_done else no_update
