"""Proposed travel times: the table, the form of the reviewing person, the decision."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

import dash_bootstrap_components as dbc
from dash import html, no_update
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.content import Content
from components.panel import disclosure, loading_line, notice, panel
from components.short_name import gauge_name
from components.table import Column, Row, data_table
from pages.water import _ids as ids
from services.container import services
from services.errors import CockpitError
from services.flood.learning.views import LagView

KIND_WORDS = {
    "scheitel": "Scheitel",
    "anstieg": "steilster Anstieg",
    "voralarm": "Voralarm erreicht",
    "warnung": "Warnung erreicht",
    "alarm": "Alarm erreicht",
}
ACCEPT, REJECT = "accept", "reject"
IMPLAUSIBLE = "unplausibel"
NAME_MAX, COMMENT_MAX = 80, 1000
PURPOSE = (
    "Jede Hochwasserwelle, die an zwei Pegeln vorbeiläuft, zeigt, wie schnell sie unterwegs war;"
    " das macht die nächste Vorwarnzeit genauer. Fachleute der Wasserwirtschaft prüfen jede"
    " gefundene Laufzeit, bevor sie zählt: angenommen wird nichts von selbst."
)
SIMULATED = (
    "Demonstration: Alle Laufzeiten hier stammen aus simulierten Wellen. Sie zählen nur in dieser"
    " Demonstration, nie im Echtbetrieb."
)
NOT_HERE = (
    "Entschieden wird auf dem Rechner des Cockpits, bis es eine Anmeldung gibt:"
    " ./cockpit learn --accept ID --by NAME."
)


def button_id(action: object, lag_id: object) -> dict[str, object]:
    """Return the id of a button that decides about a travel time."""
    return {"component": "LagDecision", "action": action, "lag": lag_id}


def lead_lines(found: Sequence[LagView], *, is_demo: bool) -> list[Component]:
    """Say what this is for, who does it, and how much is open."""
    count = len(found)
    words = "Eine Laufzeit wartet" if count == 1 else f"{count} Laufzeiten warten"
    state = f"{words} auf Prüfung." if count else "Keine Laufzeit wartet auf Prüfung."
    lines: list[Component] = [
        html.P(PURPOSE, className="intro__sub"),
        html.P(state, className="intro__meta"),
    ]
    return [*lines, notice(SIMULATED, "whatif")] if is_demo else lines


def proposals_panel() -> Component:
    """Place the form of the reviewing person above the proposals."""
    fields = html.Div(
        [
            _field("Name der prüfenden Person (Pflicht)", ids.LEARNING_NAME, NAME_MAX),
            _field("Kommentar", ids.LEARNING_COMMENT, COMMENT_MAX),
        ],
        className="form-row",
    )
    note = html.Div(id=ids.LEARNING_NOTE, role="status")
    table = html.Div(loading_line(), id=ids.LEARNING_PROPOSALS)
    return panel("Vorgeschlagene Laufzeiten", [fields, note, table])


def proposals(found: Sequence[LagView], *, may_decide: bool) -> list[Component]:
    """List the open travel times wave by wave, with buttons where decisions are possible."""
    parts: list[Component] = [] if may_decide else [notice(NOT_HERE)]
    if not found:
        words = "Zurzeit ist keine Welle ungeprüft. Gesucht wird jede Stunde."
        return [*parts, html.P(words, className="muted")]
    waves = [list(group) for _, group in groupby(sorted(found, key=_wave), key=_wave)]
    newest = sorted(waves, key=lambda wave: max(lag.upper_at for lag in wave), reverse=True)
    shown = [
        disclosure(_wave_title(wave), _wave_body(wave, may_decide=may_decide), is_open=index == 0)
        for index, wave in enumerate(newest)
    ]
    return [*parts, *shown]


def reviewed_panel(found: Sequence[LagView]) -> Component:
    """List what was decided, by whom."""
    if not found:
        return panel("Geprüfte Laufzeiten", html.P("Noch keine.", className="muted"))
    columns = [
        Column("Strecke"),
        Column("Ereignis", label="Ereignis"),
        *_columns(),
        Column("Entscheidung", label="Entscheidung", card="wide"),
        Column("Kommentar", label="Kommentar", card="wide"),
    ]
    rows = [
        Row((_way(lag), _day(lag), *_cells(lag), _decided(lag), lag.comment or formats.MISSING))
        for lag in found
    ]
    caption = f"{len(rows)} geprüfte Laufzeiten, letzte Entscheidung zuerst."
    table = data_table(caption, columns, rows, variant="cards")
    return panel("Geprüfte Laufzeiten", disclosure(f"{len(rows)} anzeigen", table))


def decide(lag_id: str, action: str, name: str | None, comment: str | None) -> tuple[Any, Any]:
    """Keep a decision; the sentence says what holds now, or why it was refused."""
    try:
        version = services().learning.decide(
            lag_id,
            accept=action == ACCEPT,
            comment=comment or "",
            reviewer=name or "",
            on_the_web=True,
        )
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    word = "angenommen" if action == ACCEPT else "abgelehnt"
    words = f"Laufzeit {word}. Es gilt Version {version} der Wellengeschwindigkeiten."
    return notice(words), f"{lag_id} {action} {version}"


def _wave(lag: LagView) -> tuple[str, str, str]:
    return lag.upper_name, lag.lower_name, lag.event


def _wave_title(wave: Sequence[LagView]) -> str:
    words = "1 Laufzeit" if len(wave) == 1 else f"{len(wave)} Laufzeiten"
    hint = ", bitte genau prüfen" if any(lag.warning for lag in wave) else ""
    return f"{_way(wave[0])}, {_day(wave[0])}: {words}{hint}"


def _wave_body(wave: Sequence[LagView], *, may_decide: bool) -> list[Component]:
    """Show what holds for the whole wave once, then its travel times."""
    columns = [*_columns(), Column("Entscheidung" if may_decide else "Kennung", card="wide")]
    order = list(KIND_WORDS)
    rows = [
        Row((*_cells(lag), _decision(lag, may_decide=may_decide)))
        for lag in sorted(wave, key=lambda lag: order.index(lag.kind))
    ]
    km = f"{formats.number(wave[0].distance_km, 1)}{formats.NBSP}km"
    table = data_table(f"Fließstrecke {km}", columns, rows, variant="cards")
    reasons = dict.fromkeys(part for lag in wave for part in lag.warning.split("; ") if part)
    if not reasons:
        return [table]
    return [notice("Bitte prüfen: " + ". ".join(reasons) + ".", "warn"), table]


def _way(lag: LagView) -> str:
    return f"{gauge_name(lag.upper_name)} bis {gauge_name(lag.lower_name)}"


def _day(lag: LagView) -> str:
    return formats.date_long(date.fromisoformat(lag.event))


def _columns() -> list[Column]:
    return [
        Column("gemessen an", label="gemessen an"),
        Column("Laufzeit (80-%-Spanne)", "number", label="Laufzeit"),
        Column("Geschwindigkeit", "number", label="Geschwindigkeit"),
        Column("Abfluss", label="Abfluss"),
    ]


def _cells(lag: LagView) -> tuple[Content, ...]:
    span = f"{formats.duration(lag.low_min)} bis {formats.duration(lag.high_min)}"
    odd = html.Div("physikalisch unplausibel") if IMPLAUSIBLE in lag.warning else None
    return (
        KIND_WORDS.get(lag.kind, lag.kind),
        html.Div(
            [
                html.Span(formats.duration(lag.lag_min), className="cell--strong"),
                html.Div(span, className="muted"),
            ]
        ),
        html.Div([f"{formats.number(lag.speed_ms, 2)}{formats.NBSP}m/s", odd]),
        _flow(lag),
    )


def _flow(lag: LagView) -> Content:
    if lag.exceedance is None:
        return f"unbekannt, zählt als {lag.flow_class}"
    times = f"{formats.number(lag.exceedance, 1)}-facher Voralarm-Abfluss"
    return html.Div([lag.flow_class, html.Div(times, className="muted")])


def _decision(lag: LagView, *, may_decide: bool) -> Content:
    if not may_decide:
        return html.Code(lag.lag_id)
    what = f"{_way(lag)}, {KIND_WORDS.get(lag.kind, lag.kind)}"
    return html.Div(
        [
            _button("Annehmen", ACCEPT, lag.lag_id, what),
            _button("Ablehnen", REJECT, lag.lag_id, what),
        ],
        className="actions",
    )


def _button(word: str, action: str, lag_id: str, what: str) -> Component:
    return html.Button(
        word,
        id=button_id(action, lag_id),
        className="btn btn-sm btn-quiet",
        type="button",
        **attributes(aria_label=f"{word}: {what}"),
    )


def _decided(lag: LagView) -> str:
    at = f", {formats.stamp(lag.reviewed_at)}" if lag.reviewed_at else ""
    return f"{lag.status} von {lag.reviewer}{at}"


def _field(label: str, field_id: str, longest: int) -> Component:
    control: Component = dbc.Input(id=field_id, type="text", maxlength=longest, value="")
    return html.Div([html.Label(label, htmlFor=field_id, className="form-label"), control])
