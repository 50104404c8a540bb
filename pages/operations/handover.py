"""The handover between shifts: a report that one signs who goes and one who comes."""

from dataclasses import replace
from typing import Any

from dash import Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.field import long_text_field, text_field
from components.panel import lead, loading_line, notice, panel
from components.shell import ids as shell
from pages.operations import _handover_view as view
from pages.operations import _journal_ids as ids
from pages.operations._journal_state import TIME_MAX
from pages.operations._sections import sections
from services.container import services
from services.errors import CockpitError
from services.journal.desk import TEXT_MAX
from services.journal.errors import HandoverWaitsError
from services.journal.handover import Handover
from services.journal.model import Kind
from services.journal.shift import HINTS_MAX
from services.local_time import HOUR_PATTERN, Occurrence, instant_near
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.HANDOVER,
    name="Übergabe",
    title="Übergabe zwischen Schichten",
    order=53,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Übergabe zwischen Schichten"
INTRO = (
    "Wer geht, prüft den Bericht und unterschreibt; wer kommt, übernimmt. Beides steht im Tagebuch."
)


def layout(**_query: str) -> Component:
    """Lay out the form, what waits, and the reports that were made."""
    above = (("Überblick", urls.HOME), ("Lage", urls.OPERATIONS), ("Einsatztagebuch", urls.JOURNAL))
    fields = html.Div(
        [
            text_field("Beginn der Schicht", ids.SHIFT_START, TIME_MAX, HOUR_PATTERN),
            long_text_field("Hinweise für die nächste Schicht", ids.SHIFT_HINTS, HINTS_MAX),
        ]
    )
    buttons = html.Div(
        [
            html.Button(
                "Bericht ansehen", id=ids.SHIFT_LOOK, className="btn btn-quiet", type="button"
            ),
            html.Button(
                "Unterschreiben und übergeben",
                id=ids.SHIFT_SIGN,
                className="btn btn-primary",
                type="button",
            ),
        ],
        className="actions panel__after",
    )
    note = html.Div(id=ids.SHIFT_NOTE, role="status", className="panel__after")
    form = panel("Schicht übergeben", [fields, buttons, note])
    return html.Div(
        [
            lead(crumbs(above, "Übergabe"), ids.SHIFT_HEADLINE, TITLE, ids.SHIFT_LEAD),
            sections(urls.HANDOVER),
            html.Div(html.P(INTRO), className="page__part"),
            html.Div(
                html.Div([form, html.Div(id=ids.SHIFT_DRAFT)], className="column"),
                hidden=not may(Right.OPERATE),
            ),
            _take_over_panel(),
            html.Div(id=ids.SHIFT_LIST, className="page__part"),
            dcc.Store(id=ids.SHIFT_DONE),
            dcc.Store(id=ids.SHIFT_TAKEN),
            dcc.Store(id=ids.TAKE_NUMBER),
        ],
        className="page",
    )


def _take_over_panel() -> Component:
    button = html.Button("Ich übernehme", id=ids.TAKE, className="btn btn-primary", type="button")
    field = text_field("Bemerkung", ids.TAKE_REMARK, TEXT_MAX, "darf leer bleiben")
    signing = html.Div([field, html.Div(button, className="actions panel__after")])
    has_single_accounts = services().site.is_demo and services().sign_in.is_demo
    return panel(
        "Übernehmen",
        [
            html.Div(loading_line(), id=ids.SHIFT_OPEN),
            html.P(view.DEMONSTRATION, className="muted", hidden=not has_single_accounts),
            html.Div(signing, id=ids.TAKE_FORM, hidden=True),
            html.Div(id=ids.TAKE_NOTE, role="status", className="panel__after"),
        ],
    )


@callback(
    Output(ids.SHIFT_LEAD, "children"),
    Output(ids.SHIFT_OPEN, "children"),
    Output(ids.SHIFT_LIST, "children"),
    Output(ids.TAKE_NUMBER, "data"),
    Output(ids.TAKE_FORM, "hidden"),
    Input(shell.VERSION, "data"),
    Input(ids.SHIFT_DONE, "data"),
    Input(ids.SHIFT_TAKEN, "data"),
)
def show_handovers(*_news: object) -> tuple[Any, ...]:
    """Show what waits for a signature and what has both."""
    reading = services().journal.reading
    try:
        open_one = reading.open_handover()
        made = reading.page(replace(reading.wanted(), kinds=(Kind.HANDOVER.value,)))
        takes = reading.page(replace(reading.wanted(), kinds=(Kind.TAKEOVER.value,)))
    except CockpitError as error:
        return notice(error.user_message, "warn"), None, None, None, True
    taken = {item.refers_to: item for item in takes.entries if item.refers_to is not None}
    number = open_one.entry_id if open_one else None
    waiting = view.waiting(open_one, made.now)
    is_hidden = open_one is None or not may(Right.OPERATE)
    return None, waiting, view.table(made.entries, taken), number, is_hidden


@callback(
    Output(ids.SHIFT_NOTE, "children"),
    Output(ids.SHIFT_DRAFT, "children"),
    Output(ids.SHIFT_DONE, "data"),
    Input(ids.SHIFT_LOOK, "n_clicks"),
    Input(ids.SHIFT_SIGN, "n_clicks"),
    State(ids.SHIFT_START, "value"),
    State(ids.SHIFT_HINTS, "value"),
    State(ids.SHIFT_DONE, "data"),
    prevent_initial_call=True,
)
def hand_over(
    _look: int | None, _sign: int | None, start: str | None, hints: str | None, done: int | None
) -> tuple[Any, ...]:
    """Show the report as it would be, or sign it."""
    try:
        found = _draft(start, hints)
        if ctx.triggered_id != ids.SHIFT_SIGN:
            return None, view.report(found, "Entwurf, noch nicht unterschrieben"), no_update
        number = services().journal.desk.hand_over(found)
    except HandoverWaitsError as error:  # of a button pressed twice only the second answer is seen
        return notice(error.user_message, "warn"), None, (done or 0) + 1
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    words = f"Übergeben als Nr. {number}. Jetzt unterschreibt, wer übernimmt, unter eigenem Konto."
    return notice(words), None, (done or 0) + 1


@callback(
    Output(ids.TAKE_NOTE, "children"),
    Output(ids.SHIFT_TAKEN, "data"),
    Input(ids.TAKE, "n_clicks"),
    State(ids.TAKE_REMARK, "value"),
    State(ids.TAKE_NUMBER, "data"),
    State(ids.SHIFT_TAKEN, "data"),
    prevent_initial_call=True,
)
def take_over(
    clicks: int | None, remark: str | None, number: int | None, done: int | None
) -> tuple[Any, Any]:
    """Sign the handover that waits; a button that was drawn anew is no click."""
    if not clicks or number is None:
        return no_update, no_update
    try:
        made = services().journal.desk.take_over(number, remark or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    return notice(f"Übernommen, eingetragen als Nr. {made}."), (done or 0) + 1


def _draft(start: str | None, hints: str | None) -> Handover:
    journal = services().journal
    now, zone = journal.reading.clock.now(), journal.reading.region.timezone
    began = instant_near(start or "", now, zone, Occurrence.LAST)
    return journal.shifts.draft(began, hints or "")
