"""Proposed and reviewed travel times: the form of the reviewing person, the rows of both lists."""

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.field import text_field
from components.panel import disclosure, loading_line, notice, panel
from components.sign_in_hint import for_right
from components.table import Column, Row, data_table
from pages.water import _ids as ids
from pages.water import _learning_lags as lags
from pages.water._learning_decision import OFFEN, OPEN, REVIEWED, decision
from pages.water._learning_visit import Refused
from services.flood.learning.views import LagView
from services.people.model import Right

COMMENT_MAX = 1000
PURPOSE = (
    "Jede Hochwasserwelle, die an zwei Pegeln vorbeiläuft, zeigt, wie schnell sie unterwegs war;"
    " das macht die nächste Vorwarnzeit genauer. Fachleute der Wasserwirtschaft prüfen jede"
    " gefundene Laufzeit, bevor sie zählt: angenommen wird nichts von selbst."
)
SIMULATED = (
    "Demonstration: Alle hier gefundenen Laufzeiten stammen aus simulierten Wellen. Sie zählen nur"
    " in dieser Demonstration, nie im Echtbetrieb."
)
HOW = (
    "Der Kommentar wird mit der nächsten Entscheidung festgehalten."
    " Eine Entscheidung lässt sich in ihrer Zeile ändern."
)


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
    comment = text_field("Kommentar", ids.LEARNING_COMMENT, COMMENT_MAX)
    form = html.Div([html.Div(comment, className="form-row"), html.P(HOW, className="muted")])
    gated = for_right(Right.CURATE, form, urls.LEARNING)
    # stays while tables are replaced, or a screen reader would not hear it; the row shows it
    said = html.Div(id=ids.LEARNING_NOTE, role="status", className="sr-only")
    table = html.Div(loading_line(), id=ids.LEARNING_PROPOSALS)
    return panel("Vorgeschlagene Laufzeiten", [gated, said, table])


def proposals(found: Sequence[LagView], refused: Refused, *, may_decide: bool) -> list[Component]:
    """List travel times wave by wave; what was decided on this visit keeps its row."""
    if not found:
        words = "Zurzeit ist keine Welle ungeprüft. Gesucht wird jede Stunde."
        return [html.P(words, className="muted")]
    waves = [list(group) for _, group in groupby(sorted(found, key=_wave), key=_wave)]
    newest = sorted(waves, key=lambda wave: max(lag.upper_at for lag in wave), reverse=True)
    return [
        disclosure(
            _wave_title(wave),
            _wave_body(wave, refused, may_decide=may_decide),
            is_open=index == 0 or any(lag.status != OFFEN for lag in wave),
        )
        for index, wave in enumerate(newest)
    ]


def reviewed_panel(found: Sequence[LagView], refused: Refused, *, may_decide: bool) -> Component:
    """List what was decided, by whom."""
    if not found:
        return panel("Geprüfte Laufzeiten", html.P("Noch keine.", className="muted"))
    columns = [
        Column("Strecke"),
        Column("Ereignis", label="Ereignis"),
        *lags.columns(),
        Column("Entscheidung", label="Entscheidung", card="wide"),
        Column("Kommentar", label="Kommentar", card="wide"),
    ]
    rows = [
        Row(
            (
                lags.way(lag),
                lags.day(lag),
                *lags.cells(lag),
                decision(lag, REVIEWED, refused, may_decide=may_decide),
                lag.comment or formats.MISSING,
            )
        )
        for lag in found
    ]
    caption = f"{len(rows)} geprüfte Laufzeiten, letzte Entscheidung zuerst."
    table = data_table(caption, columns, rows, variant="cards")
    return panel("Geprüfte Laufzeiten", disclosure(f"{len(rows)} anzeigen", table))


def _wave(lag: LagView) -> tuple[str, str, str]:
    return lag.upper_name, lag.lower_name, lag.event


def _wave_title(wave: Sequence[LagView]) -> str:
    # the words stay while rows are decided: what a person has opened is found again by them
    words = "1 Laufzeit" if len(wave) == 1 else f"{len(wave)} Laufzeiten"
    hint = ", bitte genau prüfen" if any(lag.warning for lag in wave) else ""
    return f"{lags.way(wave[0])}, {lags.day(wave[0])}: {words}{hint}"


def _wave_body(wave: Sequence[LagView], refused: Refused, *, may_decide: bool) -> list[Component]:
    """Show what holds for the whole wave once, then its travel times."""
    order = list(lags.KIND_WORDS)
    last = Column("Entscheidung", card="wide")
    rows = [
        Row((*lags.cells(lag), decision(lag, OPEN, refused, may_decide=may_decide)))
        for lag in sorted(wave, key=lambda lag: order.index(lag.kind))
    ]
    km = f"{formats.number(wave[0].distance_km, 1)}{formats.NBSP}km"
    table = data_table(f"Fließstrecke {km}", [*lags.columns(), last], rows, variant="cards")
    reasons = dict.fromkeys(part for lag in wave for part in lag.warning.split("; ") if part)
    if not reasons:
        return [table]
    return [notice("Bitte prüfen: " + ". ".join(reasons) + ".", "warn"), table]
