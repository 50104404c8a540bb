"""Pieces of the page of the all-clear: conditions with their state, the form, what was given."""

from collections.abc import Sequence
from datetime import datetime

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.field import long_text_field, select_field
from components.links import page_link
from components.panel import notice, panel
from components.states import state_badge
from components.table import Column, Row, data_table
from pages.operations import _night_ids as ids
from pages.operations._clear_words import against_words
from services.all_clear.desk import REASON_MAX, REASON_MIN, TEXT_MAX
from services.all_clear.given import warned_in
from services.all_clear.model import DUTY_WORDS, AllClearView, Area, Proposal
from services.flood.model import State
from services.situation.model import Situation

NOTHING = "__keins__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
REASON_HINT = (
    f"nur nötig, wenn das Cockpit eine Bedingung nicht erfüllt sieht, dann mindestens {REASON_MIN}"
    " Zeichen; wird"
)
NO_TEXT = (
    "Nicht alles ist erfüllt: Es gibt keinen Textvorschlag. Bitte selbst schreiben, was gilt und"
    " was noch nicht."
)
DOES_NOT = (
    "Die Entwarnung schließt nichts von selbst ab: Alarme, Maßnahmen und Warnentwürfe bleiben offen"
    " und werden einzeln beendet."
)


def area_field(areas: Sequence[Area]) -> Component:
    """Ask what the all-clear is for."""
    options = [(NOTHING, "bitte wählen"), *((area.key, area.name) for area in areas)]
    return select_field("Entwarnung für", ids.CLEAR_AREA, options, NOTHING)


def form() -> Component:
    """Ask for what only people know, the text, and a reason against the machine."""
    duties: Component = dbc.Checklist(
        id=ids.CLEAR_CONFIRMED,
        options=[{"value": duty.value, "label": words} for duty, words in DUTY_WORDS.items()],
        value=[],
    )
    confirmed = html.Fieldset(
        [html.Legend("Von Menschen zu bestätigen"), duties], className="choice"
    )
    button = html.Button(
        "Entwarnung geben", id=ids.CLEAR_GIVE, className="btn btn-primary", type="button"
    )
    cancel = page_link("Warnentwurf aufheben (CAP Cancel)", urls.WARNING)
    return panel(
        "Entwarnung geben",
        [
            html.Div(
                [
                    confirmed,
                    long_text_field("Text der Entwarnung", ids.CLEAR_TEXT, TEXT_MAX, rows=5),
                    long_text_field(
                        "Grund trotz offener Bedingung", ids.CLEAR_REASON, REASON_MAX,
                        f"{REASON_HINT} gekennzeichnet", rows=2,
                    ),
                ],
                className="form-stack",
            ),
            html.Div([button, cancel], className="actions panel__after"),
            html.Div(id=ids.CLEAR_NOTE, role="status", className="panel__after"),
            html.P(DOES_NOT, className="muted"),
        ],
    )  # fmt: skip


def checks(proposal: Proposal | None) -> Component:
    """Show each condition that the machine checks."""
    title = "Was das Cockpit prüft"
    if proposal is None:
        return panel(title, html.P("Bitte zuerst wählen, wofür entwarnt wird."))
    rows = [
        html.Li(
            [
                state_badge(
                    State.OK if check.is_met else State.WARNUNG,
                    "erfüllt" if check.is_met else "nicht erfüllt",
                ),
                html.Span([html.Strong(f"{check.name}: "), check.words]),
            ]
        )
        for check in proposal.checks
    ]
    parts: list[Component] = [html.Ul(rows, className="plain-list checks-list")]
    if not proposal.is_met:
        parts.append(notice(NO_TEXT, "warn"))
    return panel(title, parts)


def headline(found: Sequence[AllClearView], now: datetime) -> str:
    """Say which all-clear holds."""
    if not found:
        return "Es gilt keine Entwarnung"
    newest = max(found, key=lambda view: view.given_at)
    return f"Entwarnung für {newest.area.name} gegeben {formats.moment(newest.given_at, now)}"


def clear_lines(found: Sequence[AllClearView], situation: Situation) -> list[Component]:
    """Say on other pages which all-clears hold, and what speaks against them now."""
    now = situation.clock.now
    lines = []
    for view in found:
        against = against_words(warned_in(view, situation.villages))
        words = (
            f"Entwarnung für {view.area.name} gegeben {formats.moment(view.given_at, now)}"
            f" von {view.author}"
        )
        marked = ", trotz offener Bedingung" if view.failed else ""
        rest = against or "Sie gilt bis zur nächsten Warnung."
        lines.append(notice(f"{words}{marked}. {rest}", "warn" if against else "none"))
    return lines


def listed(found: Sequence[AllClearView], now: datetime) -> Component:
    """Show the all-clears that were given."""
    title = "Gegebene Entwarnungen"
    if not found:
        return panel(title, html.P("Noch keine."))
    columns = [
        Column("Für"),
        Column("Stand", card="right"),
        Column("gegeben", label="gegeben", card="wide"),
        Column("Text", label="Text", card="wide"),
        Column("Bedingungen", label="Bedingungen", card="wide"),
    ]
    rows = [
        Row(
            (
                view.area.name,
                "von neuer Warnung abgelöst" if view.is_over else html.Strong("gilt"),
                f"{formats.moment(view.given_at, now)} von {view.author}",
                view.text,
                _failed(view),
            )
        )
        for view in found
    ]
    return panel(title, data_table(f"{len(rows)}, neueste zuerst.", columns, rows, variant="cards"))


def _failed(view: AllClearView) -> str | list[Component | str]:
    if not view.failed:
        return "alle erfüllt"
    return [
        html.Strong("trotz offener Bedingung: "),
        f"{' '.join(view.failed)} Grund: {view.reason}",
    ]
