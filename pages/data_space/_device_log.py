"""The form that adds an entry to a device's maintenance log."""

from dash import html
from dash.development.base_component import Component

from components.field import select_field, text_field
from components.panel import panel
from components.sign_in_hint import for_right
from pages.data_space import _devices_ids as ids
from services.devices.model import NoteKind
from services.people.model import Right

TEXT_MAX = 1000
TITLE = "Wartung eintragen"


def log_form(path: str) -> Component:
    """Place the form; it stays while the page around it is replaced.

    `path` leads back here after signing in.
    """
    said = html.Div(id=ids.LOG_SAID, role="status")
    kinds = [(kind.value, kind.value) for kind in NoteKind]
    button = html.Button("Eintragen", id=ids.LOG_ADD, className="btn btn-primary", type="button")
    form = html.Div(
        [
            select_field("Art", ids.LOG_KIND, kinds, NoteKind.NOTE.value),
            text_field("Was war?", ids.LOG_TEXT, TEXT_MAX),
            html.Div(button, className="actions"),
        ],
        className="form-row",
    )
    return panel(TITLE, [for_right(Right.CURATE, form, path), said])
