"""Drills: started and ended in real operation, steered and evaluated inside of one."""

from typing import Any

from dash import ALL, Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, notice
from pages.operations import _drill_booth as booth
from pages.operations import _drill_desk as desk
from pages.operations import _drill_evaluation as evaluation
from pages.operations import _drill_ids as ids
from pages.operations import _drill_steps as steps
from pages.operations._sections import sections
from services.container import services
from services.errors import CockpitError
from services.people.model import Right

register_page(
    __name__,
    path=urls.DRILL,
    name="Übung",
    title="Übung",
    order=54,
    in_nav=False,
    right=Right.OPERATE,
)
POLL_MS = 2000


def layout(**_query: str) -> Component:
    """Lay out both sides; what does not belong to this installation is hidden."""
    is_asking = booth.is_shown()
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), "Übung")
    title = "Übung neben dem Echtbetrieb" if is_asking else "Übungsleitung"
    return html.Div(
        [
            lead(way, ids.HEADLINE, title, ids.LEAD),
            sections(urls.DRILL),
            html.Div(booth.form(), hidden=not is_asking, className="page-parts"),
            html.Div([*desk.form(), evaluation.part()], hidden=is_asking, className="page-parts"),
            dcc.Interval(id=ids.POLL, interval=POLL_MS),
            dcc.Store(id=ids.DONE),
            dcc.Download(id=ids.REPORT_FILE),
            dcc.Download(id=ids.EVALUATION_FILE),
        ],
        className="page",
    )


@callback(
    Output(ids.STANDING, "children"),
    Output(ids.EARLIER, "children"),
    Output(ids.START, "disabled"),
    Output(ids.END, "disabled"),
    Input(ids.POLL, "n_intervals"),
    Input(ids.DONE, "data"),
)
def show_booth(*_news: object) -> tuple[Any, ...]:
    """Show whether a drill runs, and the earlier ones."""
    if not booth.is_shown():
        return (no_update,) * 4
    try:
        found = services().drills.booth.view()
    except CockpitError as error:
        return notice(error.user_message, "warn"), *(no_update,) * 3
    is_running = found.running is not None
    can_start = found.has_leader and not is_running
    return booth.standing(found), booth.earlier(found), not can_start, not is_running


@callback(Output(ids.WHAT, "options"), Output(ids.WHAT, "value"), Input(ids.WHAT, "id"))
def offer_events(_id: str) -> tuple[Any, Any]:
    """Offer what can be played."""
    offered = booth.options(services().drills.booth.view())
    return offered, offered[0]["value"]


@callback(
    Output(ids.SEED_PART, "hidden"), Output(ids.STRETCH_PART, "hidden"), Input(ids.WHAT, "value")
)
def ask_for_more(what: str | None) -> tuple[bool, bool]:
    """Ask for a number or a stretch of time where it is needed."""
    return what != booth.RANDOM, what != booth.RECORDING


@callback(
    Output(ids.BOOTH_SAID, "children"),
    Output(ids.DONE, "data"),
    Input(ids.START, "n_clicks"),
    Input(ids.END, "n_clicks"),
    State(ids.WHAT, "value"),
    State(ids.SEED, "value"),
    State(ids.FROM, "value"),
    State(ids.TO, "value"),
    State(ids.START_SPEED, "value"),
    prevent_initial_call=True,
)
def begin_or_end(  # one parameter per field
    _start: int | None,
    _end: int | None,
    what: str | None,
    seed: str | None,
    start: str | None,
    end: str | None,
    speed: str | None,
) -> tuple[Any, Any]:
    """Ask for a drill, or for its end."""
    asked = services().drills.booth
    try:
        if ctx.triggered_id == ids.END:
            asked.end()
            return None, True
        asked.start(booth.wish(what, seed, (start, end), speed))
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    return None, True


@callback(
    Output(ids.REPORT_FILE, "data"),
    Input({"component": ids.FETCH, "file": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def fetch(clicks: list[int | None]) -> Any:  # noqa: ANN401  # a file or nothing
    """Hand out the evaluation of an ended drill."""
    if not any(clicks):
        return no_update
    name = str(ctx.triggered_id["file"]).replace(":", ".")
    return {"content": services().drills.booth.report(name), "filename": name, "type": steps.CSV}
