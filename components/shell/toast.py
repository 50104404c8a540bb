"""The note in the corner when something failed, and the one handler that writes it."""

import logging

from dash import ClientsideFunction, Input, Output, clientside_callback, html, set_props
from dash.development.base_component import Component

from components.shell import ids
from services.errors import CockpitError

log = logging.getLogger(__name__)


def toast() -> Component:
    """Place the empty note."""
    note = html.Div(
        [
            html.Div("", id=ids.TOAST_TEXT, role="alert"),
            html.Button(
                "Schließen", id=ids.TOAST_CLOSE, className="toast-note__close", type="button"
            ),
        ],
        className="toast-note",
    )
    return html.Div(note, id=ids.TOAST, className="toast-region", hidden=True)


def show_error(error: Exception) -> None:
    """Tell the user what failed; an unexpected failure is logged with its trace."""
    if isinstance(error, CockpitError):
        log.info("expected failure shown to the user: %s", error)
        words = error.user_message
    else:
        log.error("callback failed", exc_info=error)
        words = (
            "Das hat wegen eines Fehlers im Programm nicht geklappt. Bitte laden Sie die Seite neu."
        )
    set_props(ids.TOAST_TEXT, {"children": words})
    set_props(ids.TOAST, {"hidden": False})


clientside_callback(
    ClientsideFunction("shell", "closeToast"),
    Output(ids.TOAST, "hidden"),
    Input(ids.TOAST_CLOSE, "n_clicks"),
    prevent_initial_call=True,
)
