"""The tables of /verwaltung/empfaenger: recipients with remarks, the preview of a list."""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import notice
from components.states import state_badge
from components.table import Column, Row, data_table
from services.flood.model import State
from services.notifications.recipient_form import written_day
from services.notifications.recipient_table import Line
from services.notifications.recipients import RecipientView

NOBODY = "Niemand ist eingetragen: Bei einem Alarm wird niemand benachrichtigt."


def recipients_table(found: Sequence[RecipientView], names: Mapping[str, str]) -> Component:
    """List the recipients by name with what should be looked after."""
    if not found:
        return notice(NOBODY, "warn")
    columns = [
        Column("Name"),
        Column("Gruppen", label="Gruppen"),
        Column("Meldewege, in dieser Reihenfolge", label="Meldewege", card="wide"),
        Column("Stand", label="Stand"),
        Column("bestätigt", label="bestätigt"),
        Column("zu prüfen", label="zu prüfen", card="wide"),
    ]
    rows = [_row(view, names) for view in found]
    count = "Ein Empfänger" if len(rows) == 1 else f"{formats.number(len(rows))} Empfänger"
    return data_table(count, columns, rows, variant="cards")


def _row(view: RecipientView, names: Mapping[str, str]) -> Row:
    row = view.row
    ways = [html.Li(f"{names.get(key, key)}: {address}") for key, address in row.channels]
    badge = (
        state_badge(State.OK, "wird gerufen")
        if row.is_active
        else state_badge(State.UNBEKANNT, "pausiert")
    )
    remarks = [html.Li(text) for text in view.remarks]
    return Row(
        (
            row.name,
            ", ".join(row.groups) or formats.MISSING,
            html.Ol(ways, className="plain-list") if ways else formats.MISSING,
            badge,
            written_day(row.confirmed_on) or "nie",
            html.Ul(remarks, className="plain-list") if remarks else "nichts",
        )
    )


def preview_table(lines: Sequence[Line]) -> Component:
    """Show line by line what an import would do."""
    columns = [
        Column("Zeile", "number"),
        Column("Name", label="Name"),
        Column("Ergebnis", label="Ergebnis", card="wide"),
    ]
    rows = [Row((str(line.number), line.name or formats.MISSING, _result(line))) for line in lines]
    new = sum(is_new(line) for line in lines)
    known = sum(line.is_known for line in lines)
    wrong = sum(line.recipient is None for line in lines)
    caption = f"{new} neu, {known} schon vorhanden, {wrong} mit Fehler"
    return data_table(caption, columns, rows, variant="dense cards")


def is_new(line: Line) -> bool:
    """Tell whether a line would be stored."""
    return line.recipient is not None and not line.is_known


def _result(line: Line) -> str | Component:
    if line.recipient is None:
        return state_badge(State.ALARM, line.fault)
    return "schon vorhanden, bleibt wie es ist" if line.is_known else "wird eingetragen"
