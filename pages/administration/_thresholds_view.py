"""The thresholds in words and tables: what holds with owner and day, and what was decided."""

from collections.abc import Sequence
from datetime import date, datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import disclosure
from components.table import Column, Row, data_table
from services.thresholds.checks import NAMES, ORDER
from services.thresholds.model import ChangeView, CurrentView, Status, ThresholdBoard

STATUS_WORDS = {
    Status.PROPOSED: "wartet",
    Status.APPROVED: "freigegeben",
    Status.REJECTED: "abgelehnt",
    Status.WITHDRAWN: "zurückgezogen",
}
INTRO = (
    "An diesen Höhen entscheidet sich, wann gewarnt wird. Eine Änderung schlägt eine Person vor,"
    " eine andere gibt sie frei; dann gilt sie ab der nächsten Berechnung, ohne Neustart."
)
PLACES = (
    "Wo ein Pegel nur einen Teil des Einzugsgebiets eines Ortes sieht, gelten für diesen Ort eigene"
    " Höhen am Pegel."
)


def headline(board: ThresholdBoard) -> str:
    """Say how many thresholds are changed and how many proposals wait."""
    changed = sum(1 for view in board.current if view.version)
    waiting = len(board.pending)
    told = "Alle Schwellenwerte wie ausgeliefert"
    if changed:
        told = "Eine Schwelle geändert" if changed == 1 else f"{changed} Schwellen geändert"
    if not waiting:
        return told
    return f"{told}, {'ein Vorschlag wartet' if waiting == 1 else f'{waiting} Vorschläge warten'}"


def lead_line(board: ThresholdBoard) -> Component:
    """Say how changes come about and which versions hold."""
    name = "Startwerte" if board.name == "pack" else f"Fassung {board.name.replace(',', ', ')}"
    return html.P(f"{INTRO} Es gilt: {name}.", className="intro__sub")


def current_tables(board: ThresholdBoard) -> list[Component]:
    """List what holds at the gauges, and folded what holds for single places."""
    own = [view for view in board.current if not view.target[1]]
    places = [view for view in board.current if view.target[1]]
    tables = [_current_table("Schwellenwerte der Pegel", own)]
    if places:
        shown = _current_table("Höhen am Pegel, die für einen Ort gelten", places)
        tables.append(disclosure(f"{len(places)} Höhen für einzelne Orte", [html.P(PLACES), shown]))
    return tables


def _current_table(caption: str, views: Sequence[CurrentView]) -> Component:
    columns = [
        Column("Pegel"),
        *(Column(NAMES[level], "number", label=NAMES[level]) for level in ORDER),
        Column("verantwortlich", label="verantwortlich"),
        Column("gilt seit", label="gilt seit"),
        Column("Herkunft", label="Herkunft", card="wide"),
    ]
    rows = [
        Row(
            (
                view.name,
                *(formats.quantity(view.levels.get(level), view.unit) for level in ORDER),
                view.owner,
                since(view.since),
                origin(view),
            )
        )
        for view in views
    ]
    return data_table(caption, columns, rows, variant="dense cards")


def since(text: str) -> str:
    """Write since when levels hold: a day of the pack, an instant of a change."""
    if not text:
        return formats.MISSING
    if "T" in text:
        return formats.stamp(datetime.fromisoformat(text))
    return f"{date.fromisoformat(text):%d.%m.%Y}"


def origin(view: CurrentView) -> str:
    """Say where levels come from."""
    if view.version:
        return view.source
    doubt = ", Schätzung, nicht bestätigt" if view.provisional else ""
    return f"Startwert{doubt}"


def history_table(history: Sequence[ChangeView]) -> Component:
    """List what was decided, newest first."""
    if not history:
        return html.P("Noch wurde keine Schwelle geändert.", className="muted")
    columns = [
        Column("Pegel"),
        Column("Änderung", label="Änderung", card="wide"),
        Column("Stand", label="Stand"),
        Column("vorgeschlagen", label="vorgeschlagen"),
        Column("entschieden", label="entschieden"),
        Column("gilt ab", label="gilt ab"),
        Column("Begründung", label="Begründung", card="wide"),
    ]
    rows = [
        Row(
            (
                view.name,
                change_words(view),
                _status(view),
                f"{formats.stamp(view.proposed_at)}, {view.proposer}",
                _decided(view),
                formats.stamp(view.valid_from) if view.version else formats.MISSING,
                _reasons(view),
            )
        )
        for view in history
    ]
    count = "Eine Entscheidung" if len(rows) == 1 else f"{len(rows)} Entscheidungen, neueste zuerst"
    return data_table(count, columns, rows, variant="dense cards")


def change_words(view: ChangeView) -> str:
    """Write a change level by level; what stays is left out."""
    parts = [
        f"{NAMES[level]} {formats.quantity(view.before.get(level), view.unit)} →"
        f" {formats.quantity(view.levels.get(level), view.unit)}"
        for level in ORDER
        if view.before.get(level) != view.levels.get(level)
    ]
    words = "; ".join(parts) or "gleiche Werte"
    return f"zurück auf Startwerte: {words}" if view.is_restore else words


def _status(view: ChangeView) -> str:
    words = STATUS_WORDS[view.status]
    return f"{words}, Fassung {view.version}" if view.version else words


def _decided(view: ChangeView) -> str:
    if view.decided_at is None:
        return formats.MISSING
    return f"{formats.stamp(view.decided_at)}, {view.decider}"


def _reasons(view: ChangeView) -> str:
    return f"{view.reason} / Entscheidung: {view.decision}" if view.decision else view.reason
