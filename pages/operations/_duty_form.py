"""The form for the words of the duty officer."""

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components.field import long_text_field, select_field
from components.panel import notice, panel
from pages.operations import _ids as ids
from services.container import services
from services.duty_note.service import HOURS, TEXT_MAX
from services.errors import CockpitError

HINT = "Steht auf der Wand, bis er abläuft oder zurückgezogen wird. Ein neuer ersetzt den alten."
DEFAULT_HOURS = "3"


def form() -> Component:
    """Lay out the form."""
    hours = [(str(each), "1 Stunde" if each == 1 else f"{each} Stunden") for each in HOURS]
    fields = [
        long_text_field("Lage in eigenen Worten", ids.DUTY_TEXT, TEXT_MAX),
        select_field("Gilt für", ids.DUTY_HOURS, hours, DEFAULT_HOURS),
        dbc.Checkbox(id=ids.DUTY_PUBLIC, label="auch öffentlich auf der Startseite", value=False),
    ]
    buttons = html.Div(
        [
            _button("Lagetext veröffentlichen", ids.DUTY_WRITE, "btn-primary"),
            _button("Zurückziehen", ids.DUTY_WITHDRAW, "btn-quiet"),
        ],
        className="actions",
    )
    said = html.Div(id=ids.DUTY_SAID, role="status")
    shown = dcc.Store(id=ids.DUTY_SHOWN)
    return panel("Lagetext", [html.P(HINT, className="muted"), *fields, buttons, said, shown])


def _button(word: str, button_id: str, kind: str) -> Component:
    return html.Button(word, id=button_id, className=f"btn btn-sm {kind}", type="button")


def write(text: str, hours: str | None, *, is_public: bool) -> tuple[Component, bool]:
    """Store a text; returns the words for it and whether it was stored."""
    try:
        chosen = int(hours) if hours and hours.isdecimal() else 0
        services().notes.write(text, chosen, is_public=is_public)
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice("Der Lagetext steht auf der Wand."), True


def withdraw(note_id: int | None) -> tuple[Component, bool]:
    """Take the text back that is shown; returns the words for it and whether it was done."""
    if note_id is None:
        return notice("Es gibt keinen Lagetext.", "warn"), False
    try:
        services().notes.withdraw(note_id)
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice("Der Lagetext ist zurückgezogen."), True
