"""Words about calculations that the list and the run page share."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from services.situation.model import RunView

RUNNING = ("wartet", "läuft")


def is_what_if(run: RunView) -> bool:
    """Tell whether a run is a supposition and no situation."""
    return "gauge_id" in run.parameters


def kind_words(run: RunView) -> str:
    """Name what kind of calculation it is."""
    return "Was wäre wenn" if is_what_if(run) else "Neu berechnet"


def is_running(run: RunView) -> bool:
    """Tell whether the run has not ended yet."""
    return run.status in RUNNING


def run_rows(runs: Sequence[RunView]) -> Component:
    """List runs with their kind, status and time."""
    items = [
        html.Li(
            [
                page_link(
                    f"{kind_words(run)}, {formats.stamp(run.as_of)}", urls.run_url(run.run_id)
                ),
                html.Span(_status(run), className="soft"),
            ]
        )
        for run in runs
    ]
    return html.Ul(items, className="plain-list line-list")


def _status(run: RunView) -> str:
    if not is_running(run):
        return run.status
    return f"{run.status}, {formats.number(run.progress * 100)}{formats.NBSP}%"
