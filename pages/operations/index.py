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
from components.duty_note import NONE_BESIDE_FORM, duty_note
from components.panel import lead, loading_line, notice, panel
from pages.operations import _duty_form as duty
from pages.operations import _form as form
from pages.operations import _ids as ids
from pages.operations import _view as view
from pages.operations._alarm_list import alarm_list
from pages.operations._clear_view import clear_lines
from pages.operations._figures import figures
from pages.operations._measures import measures_panel
from pages.operations._sections import sections
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
KEYS = (
    "q quittiert den gewählten Alarm, ohne Auswahl den obersten sichtbaren; alle Orte eines"
    " Gewässers erst beim zweiten Drücken. Tab führt in die Liste, dort wählen die Pfeiltasten."
)


def layout(**_query: str) -> Component:
    """Lay out figures, alarms, the form, places and silent gauges."""
    alarms = panel(
        "Offene Alarme",
        [
            html.Div(id=ids.NOTE, role="status"),
            html.Div(loading_line(), id=ids.ALARMS),
        ],
        hint=KEYS,
    )
    may_act = may(Right.OPERATE)
    edit = html.Div(form.form(), hidden=not may_act)
    notes = html.Div(duty.form(), hidden=not may_act)
    left = html.Div([alarms, edit, notes], className="column")
    right = html.Div(
        [html.Div(id=name) for name in (ids.MEASURES, ids.PLACES, ids.SILENT, ids.SURROUNDINGS)],
        className="column",
    )
    return html.Div(
        [
            lead("Lage · Krisenstab", ids.HEADLINE, "Lage", ids.LEAD),
            sections(urls.OPERATIONS),
            html.Div(id=ids.DUTY_NOTE),
            html.Div(id=ids.FIGURES),
            html.Div([left, right], className="grid grid--halves"),
            dcc.Interval(id=ids.POLL, interval=POLL_MS),
            dcc.Store(id=ids.VERSION),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.FORM_DONE),
            dcc.Store(id=ids.DUTY_DONE),
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
    Output(ids.MEASURES, "children"),
    Output(ids.PLACES, "children"),
    Output(ids.SILENT, "children"),
    Output(ids.SURROUNDINGS, "children"),
    Output(ids.DUTY_NOTE, "children"),
    Output(ids.DUTY_SHOWN, "data"),
    Output(ids.SELECT, "options"),
    Output(ids.VERSIONS, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.DONE, "data"),
    Input(ids.FORM_DONE, "data"),
    Input(ids.DUTY_DONE, "data"),
)
def show_room(*_news: object) -> tuple[Any, ...]:
    """Show the situation and all open alarms."""
    try:
        wall = services().wall.view()
        clears = services().night.all_clears.current()
    except CockpitError as error:
        kept = (no_update,) * 10
        return "Lage unbekannt", notice(error.user_message, "warn"), *kept
    situation, board, note = wall.situation, wall.board, wall.note
    listed = alarm_list(board, may_act=may(Right.OPERATE))
    return (
        situation.headline,
        [
            *view.lead_lines(situation, board),
            *clear_lines(clears, situation),
        ],
        figures(situation, board),
        listed,
        measures_panel(wall.measures),
        view.places(situation),
        view.silent(situation),
        view.surroundings(wall),
        duty_note(note, situation.clock.now, NONE_BESIDE_FORM),
        note.note_id if note else None,
        form.options(board),
        {alarm.alarm_id: alarm.version for alarm in board.alarms},
    )


@callback(
    Output(ids.NOTE, "children"),
    Output(ids.DONE, "data"),
    Input(ids.act_id(ALL, ALL, ALL), "n_clicks"),
    State(ids.DONE, "data"),
    State(ids.VERSIONS, "data"),
    prevent_initial_call=True,
)
def press(
    _clicks: list[int | None], done: int | None, seen: dict[str, int] | None
) -> tuple[Any, Any]:
    """Acknowledge or take over; a list that was drawn anew is no click."""
    pressed = ctx.triggered_id
    if not pressed or not ctx.triggered[0]["value"]:
        return no_update, no_update
    if pressed["part"] == ids.RIVER:
        note = form.press_river(pressed["alarm"], seen or {})
    else:
        note = form.press(pressed["part"], pressed["alarm"], int(pressed["version"]))
    return note, (done or 0) + 1


@callback(Output(ids.OUTCOME, "options"), Input(ids.SELECT, "value"), prevent_initial_call=True)
def offer_outcomes(alarm_id: str | None) -> list[dict[str, str]]:
    """Offer what the chosen alarm may have turned out to be."""
    return form.outcome_options(alarm_id, form.UNJUDGED)


@callback(
    output=(
        Output(ids.FORM_NOTE, "children"),
        Output(ids.FORM_DONE, "data"),
        *(Output(name, "value") for name in (ids.SELECT, ids.TEXT, ids.TO, ids.OUTCOME)),
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
) -> tuple[Any, ...]:
    """Do what the form asks for the chosen alarm; then no alarm is chosen and nothing is typed."""
    alarm_id, versions = chosen
    version = (versions or {}).get(alarm_id or "")
    note, is_done = form.act(ctx.triggered_id, alarm_id, version, [text or "" for text in said])
    if not is_done:
        return note, *(no_update,) * (1 + len(form.EMPTY))
    return note, (done or 0) + 1, *form.EMPTY


@callback(
    output=(
        Output(ids.DUTY_SAID, "children"),
        Output(ids.DUTY_DONE, "data"),
        Output(ids.DUTY_TEXT, "value"),
    ),
    inputs={
        "_clicks": (Input(ids.DUTY_WRITE, "n_clicks"), Input(ids.DUTY_WITHDRAW, "n_clicks")),
        "said": (
            State(ids.DUTY_TEXT, "value"),
            State(ids.DUTY_HOURS, "value"),
            State(ids.DUTY_PUBLIC, "value"),
        ),
        "known": (State(ids.DUTY_SHOWN, "data"), State(ids.DUTY_DONE, "data")),
    },
    prevent_initial_call=True,
)
def write_note(
    _clicks: tuple[int | None, ...],
    said: tuple[str | None, str, list[str] | None],
    known: tuple[int | None, int | None],
) -> tuple[Any, Any, Any]:
    """Store the words of the duty officer, or take back those that stand."""
    text, hours, is_public = said
    shown, done = known
    if ctx.triggered_id == ids.DUTY_WRITE:
        note, is_done = duty.write(text or "", hours, is_public=bool(is_public))
    else:
        note, is_done = duty.withdraw(shown)
    return note, (done or 0) + 1 if is_done else no_update, "" if is_done else no_update
