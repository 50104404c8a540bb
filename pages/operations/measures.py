"""The alarm plan: what the state proposes, what people have started, what has become of it."""

from typing import Any

from dash import (
    ALL,
    Input,
    Output,
    State,
    callback,
    ctx,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.field import select_field
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.operations import _measures_form as form
from pages.operations import _measures_ids as ids
from pages.operations import _measures_view as view
from pages.operations._measures_state import EVERYBODY, MeasuresState
from pages.operations._sections import sections
from services.container import services
from services.errors import CockpitError
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.MEASURES,
    name="Maßnahmen",
    title="Maßnahmen des Alarmplans",
    order=54,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Maßnahmen"
ALL_ACTORS = {"value": EVERYBODY, "label": "alle"}
follow_query(ids.PAGE)


def layout(**query: str) -> Component:
    """Lay out proposals, started stages, and the forms."""
    state = MeasuresState.from_query(query)
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), TITLE)
    chosen = state.akteur or EVERYBODY
    options = [(EVERYBODY, "alle"), *([(chosen, chosen)] if state.akteur else [])]
    boxes = html.Div([form.step_form(), form.stage_form()], className="column")
    forms = html.Div(boxes, className="page__part", hidden=not may(Right.OPERATE))
    return html.Div(
        [
            lead(way, ids.HEADLINE, TITLE, ids.LEAD),
            sections(urls.MEASURES),
            html.Div(id=ids.NOTE, role="status"),
            html.Div(loading_line(), id=ids.PROPOSALS),
            html.Div(
                [
                    select_field("Akteur", ids.ACTOR, options, chosen),
                    html.Div(view.files(state.akteur), id=ids.FILES),
                ],
                className="form-row page__part",
            ),
            html.Div(id=ids.STAGES, className="column"),
            forms,
            html.Div(id=ids.CLOSED, className="page__part"),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.FORM_DONE),
            dcc.Store(id=ids.STAGE_DONE),
            *query_text(ids.PAGE),
        ],
        className="page",
    )


@callback(
    output=(
        Output(ids.HEADLINE, "children"),
        Output(ids.LEAD, "children"),
        Output(ids.PROPOSALS, "children"),
        Output(ids.STAGES, "children"),
        Output(ids.CLOSED, "children"),
        Output(ids.FILES, "children"),
        Output(ids.ACTOR, "options"),
        Output(ids.STEP, "options"),
        Output(ids.STAGE, "options"),
        Output(ids.VERSIONS, "data"),
        Output(query_text_id(ids.PAGE), "data"),
    ),
    inputs={
        "actor": Input(ids.ACTOR, "value"),
        "_news": (
            Input(shell.VERSION, "data"),
            Input(ids.DONE, "data"),
            Input(ids.FORM_DONE, "data"),
            Input(ids.STAGE_DONE, "data"),
        ),
    },
)
def show_measures(actor: str | None, _news: tuple[object, ...]) -> tuple[Any, ...]:
    """Show proposals and started stages."""
    state = MeasuresState(actor or "")
    try:
        board = services().alarm_plan.reading.board()
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn"), *(no_update,) * 9
    may_act = may(Right.OPERATE)
    names = sorted({*view.actors(board), *([state.akteur] if state.akteur else [])})
    return (
        view.headline(board),
        view.lead_lines(board),
        view.proposals_panel(board, may_act=may_act),
        view.stages(board, state.akteur, may_act=may_act),
        view.closed_panel(board.closed, board.now),
        view.files(state.akteur),
        [ALL_ACTORS, *({"value": name, "label": name} for name in names)],
        form.step_options(board),
        form.stage_options(board),
        form.versions(board),
        state.as_query(),
    )


@callback(
    Output(ids.NOTE, "children"),
    Output(ids.DONE, "data"),
    Output(ids.STEP, "value"),
    Input(ids.act_id(ALL, ALL, ALL), "n_clicks"),
    State(ids.DONE, "data"),
    prevent_initial_call=True,
)
def press(_clicks: list[int | None], done: int | None) -> tuple[Any, Any, Any]:
    """Start, tick off, or choose for the form; a list that was drawn anew is no click."""
    pressed = ctx.triggered_id
    if not pressed or not ctx.triggered[0]["value"]:
        return no_update, no_update, no_update
    if pressed["part"] == "edit":
        return notice("Die Maßnahme ist unten im Formular gewählt."), no_update, pressed["target"]
    note = form.press(pressed["part"], pressed["target"], str(pressed["version"]))
    return note, (done or 0) + 1, no_update


@callback(
    output=(
        Output(ids.FORM_NOTE, "children"),
        Output(ids.FORM_DONE, "data"),
        Output(ids.TEXT, "value"),
        Output(ids.CHECKED, "value"),
    ),
    inputs={
        "_clicks": Input(ids.CHANGE, "n_clicks"),
        "chosen": (State(ids.STEP, "value"), State(ids.VERSIONS, "data")),
        "said": tuple(State(name, "value") for name in (ids.STATUS, ids.RESPONSIBLE, ids.TEXT)),
        "checked": State(ids.CHECKED, "value"),
        "done": State(ids.FORM_DONE, "data"),
    },
    prevent_initial_call=True,
)
def change(
    _clicks: int | None,
    chosen: tuple[str | None, dict[str, int] | None],
    said: tuple[str | None, ...],
    checked: bool | None,  # noqa: FBT001  # a box of the form
    done: int | None,
) -> tuple[Any, ...]:
    """Hold on to what the form says of a measure."""
    step_id, versions = chosen
    version = (versions or {}).get(step_id or "")
    note, is_done = form.change(step_id, version, said, is_checked=bool(checked))
    if not is_done:
        return note, *(no_update,) * 3
    return note, (done or 0) + 1, "", False


@callback(
    output=(
        Output(ids.STAGE_NOTE, "children"),
        Output(ids.STAGE_DONE, "data"),
        Output(ids.RIVER, "value"),
        Output(ids.LEVEL, "value"),
        Output(ids.REASON, "value"),
        Output(ids.CLOSING, "value"),
    ),
    inputs={
        "_clicks": (Input(ids.START, "n_clicks"), Input(ids.CLOSE, "n_clicks")),
        "start": tuple(State(name, "value") for name in (ids.RIVER, ids.LEVEL, ids.REASON)),
        "end": (State(ids.STAGE, "value"), State(ids.CLOSING, "value")),
        "done": State(ids.STAGE_DONE, "data"),
    },
    prevent_initial_call=True,
)
def turn_stage(
    _clicks: tuple[int | None, ...],
    start: tuple[str | None, ...],
    end: tuple[str | None, ...],
    done: int | None,
) -> tuple[Any, ...]:
    """Start a stage by hand, or close one."""
    is_start = ctx.triggered_id == ids.START
    note, is_done = form.turn_stage(is_start, start if is_start else end)
    if not is_done:
        return note, *(no_update,) * 5
    return note, (done or 0) + 1, form.NOTHING, form.NOTHING, "", ""
