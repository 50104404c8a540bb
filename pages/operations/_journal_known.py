"""Two questions to the journal: what was known at an instant, and is the chain whole."""

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from components.panel import notice, panel
from pages.operations import _journal_ids as ids
from pages.operations import _journal_view as view
from pages.operations._journal_layout import typed
from pages.operations._journal_state import TIME_MAX, JournalState
from pages.operations._knowledge_view import known_panel
from services.container import services
from services.errors import CockpitError
from services.local_time import instant_of
from services.people.model import Right

RIGHT = Right.WATCH


def known_question(state: JournalState) -> Component:
    """Ask for the instant whose knowledge is wanted."""
    asked = html.Div(
        [
            typed("Wissensstand", ids.KNOWN_AT, TIME_MAX, state.wissensstand),
            html.Button("Zeigen", id=ids.KNOWN_ASK, className="btn btn-primary", type="button"),
        ],
        className="actions",
    )
    hint = (
        "Werte, Alter, Zustände und Vorhersagen, wie sie damals vorlagen, auch wenn sie später"
        " berichtigt wurden."
    )
    return panel(
        "Was wussten wir um …",
        [html.P(hint, className="muted"), asked, html.Div(id=ids.KNOWN, className="panel__after")],
    )


def chain_check() -> Component:
    """Offer the check of the chain of hashes."""
    words = "Jeder Eintrag versiegelt den vorigen: Wer später etwas ändert, bricht die Kette."
    button = html.Button("Kette prüfen", id=ids.CHECK, className="btn btn-quiet", type="button")
    action = html.Div(button, className="actions")
    note = html.Div(id=ids.CHECK_NOTE, role="status", className="panel__after")
    return panel("Unversehrtheit", [html.P(words, className="muted"), action, note])


@callback(
    Output(ids.KNOWN, "children"),
    Output(ids.KNOWN_STATE, "data"),
    Input(ids.KNOWN_ASK, "n_clicks"),
    State(ids.KNOWN_AT, "value"),
)
def show_known(_clicks: int | None, asked: str | None) -> tuple[Any, Any]:
    """Show what was known at the instant that was asked for."""
    text = (asked or "").strip()
    if not text:
        return None, ""
    journal = services().journal
    try:
        at = instant_of(text, journal.reading.region.timezone)
        return known_panel(journal.knowledge.at(at), text), text
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update


@callback(
    Output(ids.CHECK_NOTE, "children"),
    Input(ids.CHECK, "n_clicks"),
    prevent_initial_call=True,
)
def check(_clicks: int | None) -> Component:
    """Walk the chain of hashes."""
    try:
        return view.chain_words(services().journal.reading.verify())
    except CockpitError as error:
        return notice(error.user_message, "warn")
