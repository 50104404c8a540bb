"""A calculation: its progress while it runs, its result beside the present one afterwards."""

from datetime import timedelta
from typing import Any

from dash import Input, Output, callback, dcc, html, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.water import _ids as ids
from pages.water import _run_view as view
from pages.water._run_comparison import Keys, key_of
from pages.water._run_rows import is_running
from services.container import services
from services.errors import CockpitError, RunRefusedError
from services.situation.model import Point, RunView

FOLLOW_MS = 1000
"""While a calculation runs its page asks once a second; it takes a few seconds."""
START_WITHIN = timedelta(hours=48)
"""As far back as a calculation looks for the last valid reading."""
MOST_POINTS = 1000

register_page(
    __name__,
    path_template="/gewaesser/lauf/<run_id>",
    path="/gewaesser/lauf/none",
    name="Berechnung",
    title="Berechnung",
    order=13,
    in_nav=False,
)


def layout(page_path: str = "", **_query: str) -> Component:
    """Lay out the skeleton of a run."""
    cancel = html.Button(
        "Berechnung abbrechen",
        id=ids.RUN_CANCEL,
        className="btn btn-quiet",
        type="button",
        hidden=True,
    )
    return html.Div(
        [
            dcc.Store(id=ids.RUN_ID, data=urls.last_segment(page_path, urls.RUN)),
            dcc.Interval(id=ids.RUN_POLL, interval=FOLLOW_MS, disabled=True),
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Berechnung"),
                ids.RUN_HEADLINE,
                "Berechnung",
                ids.RUN_LEAD,
            ),
            html.Div(cancel, className="actions"),
            html.Div(loading_line(), id=ids.RUN_BODY, className="page__part"),
        ],
        className="page",
    )


@callback(
    Output(ids.RUN_HEADLINE, "children"),
    Output(ids.RUN_LEAD, "children"),
    Output(ids.RUN_BODY, "children"),
    Output(ids.RUN_POLL, "disabled"),
    Output(ids.RUN_CANCEL, "hidden"),
    Input(ids.RUN_ID, "data"),
    Input(ids.RUN_POLL, "n_intervals"),
    Input(ids.RUN_CANCEL, "n_clicks"),
    Input(shell.RUN_DONE, "data"),
)
def show_run(
    run_id: str, _ticks: int | None, clicks: int | None, _done: str | None
) -> tuple[Any, ...]:
    """Show how far the calculation is, or its result."""
    found = services()
    try:
        refusal = _cancel(run_id) if clicks and is_running(found.runs.get(run_id)) else ""
        run = found.runs.get(run_id)
        situation = found.situation.situation()
    except CockpitError as error:
        return "Berechnung nicht gefunden", view.missing(error.user_message), None, True, True
    running = is_running(run)
    below, start = _reach(run)
    said = [notice(refusal, "warn")] if refusal else []
    lines = [*said, *view.lead_lines(run, situation, start)]
    shown = view.body(run, below)
    return view.headline(run, below), lines, shown, not running, not running


def _cancel(run_id: str) -> str:
    """End a run and return why that was refused, "" where it was not."""
    try:
        services().runs.cancel(run_id)
    except RunRefusedError as error:
        return error.user_message
    return ""


def _reach(run: RunView) -> tuple[Keys | None, Point | None]:
    """Return the places below the gauge that is supposed to rise, and the reading it rises from."""
    gauge_id = view.gauge_of(run)
    if not gauge_id:
        return None, None
    found = services().situation
    try:
        below = found.gauge(gauge_id).villages_below
        points = found.history(gauge_id, run.as_of - START_WITHIN, run.as_of, MOST_POINTS)
    except CockpitError:
        return frozenset(), None
    known = [point for point in points if point.value is not None]
    return frozenset(map(key_of, below)), known[-1] if known else None
