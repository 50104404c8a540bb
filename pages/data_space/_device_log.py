"""The form that adds an entry to a device's maintenance log."""

from dash import html
from dash.development.base_component import Component

from components.field import select_field, text_field
from components.panel import notice, panel
from pages.data_space import _devices_ids as ids
from services.devices.model import NoteKind

NAME_MAX, TEXT_MAX = 80, 1000
NOT_HERE = (
    "Im Echtbetrieb wird auf dem Rechner des Cockpits eingetragen, bis es eine Anmeldung gibt: "
    "./cockpit device note DEV_EUI --kind ART --text TEXT --by NAME."
)
TITLE = "Wartung eintragen"


def log_form(*, may_write: bool) -> Component:
    """Place the form; it stays while the page around it is replaced."""
    said = html.Div(id=ids.LOG_SAID, role="status")
    kinds = [(kind.value, kind.value) for kind in NoteKind]
    button = html.Button("Eintragen", id=ids.LOG_ADD, className="btn btn-primary", type="button")
    form = html.Div(
        [
            text_field("Name (Pflicht)", ids.LOG_NAME, NAME_MAX),
            select_field("Art", ids.LOG_KIND, kinds, NoteKind.NOTE.value),
            text_field("Was war?", ids.LOG_TEXT, TEXT_MAX),
            html.Div(button, className="actions"),
        ],
        className="form-row",
    )
    if may_write:
        return panel(TITLE, [form, said])
    return panel(TITLE, [notice(NOT_HERE), html.Div(form, hidden=True), said])
