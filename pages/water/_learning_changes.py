"""Versions of the wave speeds: what caused each, and the speeds before and after."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import disclosure, panel
from components.table import Column, Row, data_table
from pages.water._learning_speeds import median_and_span
from pages.water._learning_versions import cause, identifier
from services.flood.learning.views import SpeedChange, VersionView

MOST_VERSIONS = 20
MOST_CHANGES = 6


def changes_panel(versions: Sequence[VersionView]) -> Component:
    """Show the versions, newest first and open."""
    if not versions:
        words = "Noch kein Stand gespeichert. Der erste entsteht mit der nächsten Suche."
        return panel("Was sich geändert hat", html.P(words, className="muted"))
    shown = [
        disclosure(_title(item), _body(item), is_open=index == 0)
        for index, item in enumerate(versions[:MOST_VERSIONS])
    ]
    rest = len(versions) - len(shown)
    more = [html.P(f"{rest} ältere Stände sind gespeichert.", className="muted")] if rest else []
    return panel("Was sich geändert hat", [*shown, *more])


def _title(item: VersionView) -> str:
    return f"Stand vom {formats.stamp(item.created_at)}: {cause(item)}"


def _body(item: VersionView) -> list[Component]:
    if not item.changes:
        words = (
            "Keine Geschwindigkeit ändert sich um mehr als ein halbes Prozent."
            if item.parent
            else "Ausgangspunkt: davor gab es keinen Stand."
        )
        return [html.P(words, className="muted"), identifier(item.version)]
    columns = [
        Column("Gewässer"),
        Column("Abfluss", label="Abfluss"),
        Column("vorher in m/s", "number", label="vorher"),
        Column("nachher in m/s", "number", label="nachher"),
        Column("Ereignisse", "number", label="Ereignisse"),
    ]
    rows = [
        Row(
            (
                _where(change),
                change.flow_class,
                median_and_span(change.before),
                median_and_span(change.after),
                _events(change),
            )
        )
        for change in item.changes[:MOST_CHANGES]
    ]
    caption = "Je Gewässer und Abfluss die Strecke, die sich am stärksten ändert."
    rest = len(item.changes) - len(rows)
    more = f"{rest} weitere Änderungen auf anderen Gewässern oder Abflüssen sind kleiner."
    foot = [html.P(more, className="muted")] if rest else []
    table = data_table(caption, columns, rows, variant="cards")
    return [table, *foot, identifier(item.version)]


def _where(change: SpeedChange) -> Component:
    km = f"km {formats.number(change.upper_km, 1)} bis {formats.number(change.lower_km, 1)}"
    also = change.n_reaches - 1
    rest = f", dazu {also} weitere Strecke{'n' if also > 1 else ''}" if also else ""
    return html.Div(
        [
            html.Span(change.river_name, className="cell--strong"),
            html.Div(f"{km}{rest}", className="muted"),
        ]
    )


def _events(change: SpeedChange) -> str:
    before, after = change.before.n_events, change.after.n_events
    return str(after) if before == after else f"{before} → {after}"
