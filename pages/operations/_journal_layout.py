"""Pieces of the journal's page: what narrows the list, and its pages."""

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.field import select_field
from pages.operations import _journal_form as form
from pages.operations import _journal_ids as ids
from pages.operations._journal_state import NO_PLACE, TIME_MAX, JournalState
from services.journal.journal_search import BY_PEOPLE, EVERY, NO_DELIVERIES, WORDS_MAX
from services.journal.model import KIND_WORDS

KIND_CHOICES = [
    (EVERY, "alle"),
    (NO_DELIVERIES, "alle ohne Benachrichtigungen"),
    (BY_PEOPLE, "nur von Menschen"),
    *((kind.value, words) for kind, words in KIND_WORDS.items()),
]


def filters(state: JournalState) -> list[Component]:
    """Offer what the list is narrowed by."""
    places = [(NO_PLACE, "alle"), *form.place_options()[1:]]
    return [
        select_field("Art", ids.FILTER_KIND, KIND_CHOICES, state.art),
        select_field("Ort oder Pegel", ids.FILTER_PLACE, places, state.bezug or NO_PLACE),
        typed("von", ids.FILTER_START, TIME_MAX, state.von),
        typed("bis", ids.FILTER_END, TIME_MAX, state.bis),
        typed("Suche in Text und Namen", ids.FILTER_WORDS, WORDS_MAX, state.suche),
    ]


def typed(label: str, field_id: str, most: int, value: str) -> Component:
    """Offer a line that counts when it is left."""
    is_time = most == TIME_MAX
    hint = html.Span("TT.MM.JJJJ HH:MM" if is_time else "", className="field__hint")
    box = dbc.Input(id=field_id, type="text", maxlength=most, value=value, debounce=True)
    return html.Div([html.Label(label, htmlFor=field_id, className="form-label"), box, hint])


def pager() -> list[Component]:
    """Offer the pages before and behind."""
    return [
        html.Button("Neuere", id=ids.NEWER, className="btn btn-sm btn-quiet", type="button"),
        html.Button("Ältere", id=ids.OLDER, className="btn btn-sm btn-quiet", type="button"),
        html.Span(id=ids.PAGER, className="muted"),
    ]
