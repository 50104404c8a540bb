"""The background job of a calculation: it writes the run, pages only read it."""

from collections.abc import Callable
from typing import Any

from dash import Input, Output, State, callback

from components import urls
from components.shell import ids as shell
from services.container import services
from services.errors import CockpitError
from services.people.model import Right

PERCENT = 100
RIGHT = Right.READ
"""Everybody may ask what would be: it is bounded and shown as what it is."""


def connect() -> None:
    """Register the background callback; it touches only components of the shell."""
    callback(
        Output(shell.RUN_DONE, "data"),
        Input(shell.RUN, "data"),
        background=True,
        running=[(Output(shell.RUN_STRIP, "hidden"), False, True)],
        progress=[Output(shell.RUN_BAR, "value"), Output(shell.RUN_STEP, "children")],
        progress_default=["0", "wird vorbereitet"],
        cancel=[Input(shell.RUN_CANCEL, "n_clicks")],
        prevent_initial_call=True,
    )(execute_run)
    callback(Output(shell.RUN_LINK, "href"), Input(shell.RUN, "data"), prevent_initial_call=True)(
        link_run
    )
    callback(
        Output(shell.RUN_CANCEL, "title"),
        Input(shell.RUN_CANCEL, "n_clicks"),
        State(shell.RUN, "data"),
        prevent_initial_call=True,
    )(cancel_run)


def execute_run(set_progress: Callable[[Any], None], run_id: str) -> str:
    """Compute the run and show its steps in the strip."""

    def report(share: float, step: str) -> None:
        set_progress((str(round(share * PERCENT)), step))

    try:
        services().runs.execute(run_id, report)
    except CockpitError as error:
        set_progress(("100", error.user_message))
    return run_id


def link_run(run_id: str) -> str:
    """Let the strip lead to the run."""
    return urls.run_url(run_id)


def cancel_run(_clicks: int | None, run_id: str | None) -> str:
    """Mark the run as cancelled; the job itself is stopped by the same click."""
    if not run_id:
        return ""
    try:
        services().runs.cancel(run_id)
    except CockpitError as error:
        return error.user_message
    return ""
