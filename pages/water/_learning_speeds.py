"""The wave speeds that hold now: per river and flow class, equal neighbours in one row."""

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.panel import panel
from components.table import Column, Row, data_table
from services.flood.flow_classes import FLOW_CLASSES
from services.flood.learning.views import ReachSpeeds, Speed

DIGITS = 2
EXPLAINED = (
    "Mittlere Geschwindigkeit, mit der eine Welle die Strecke durchläuft, darunter die 80-%-Spanne,"
    " mit der geplant wird. Die Spanne ist breit, solange wenige Ereignisse bekannt sind; die"
    " schnelle Seite zählt für die früheste Ankunft."
)


def speeds_panel(rows: Sequence[ReachSpeeds], version: str) -> Component:
    """Show the speeds of all rivers."""
    columns = [
        Column("Strecke"),
        *[Column(name, "number", label=name) for name in FLOW_CLASSES.names],
        Column("Ereignisse", "number", label="Ereignisse"),
    ]
    merged = [_row(list(group)) for _, group in groupby(rows, key=_shown)]
    caption = f"Wellengeschwindigkeiten in m/s, Version {version}."
    return panel(
        "Wellengeschwindigkeiten",
        [
            html.P(EXPLAINED, className="panel__sentence"),
            data_table(caption, columns, merged, variant="cards"),
        ],
    )


def median_and_span(speed: Speed) -> Component:
    """Write a speed: its median, below it the span to plan with."""
    span = f"{formats.number(speed.low, DIGITS)} bis {formats.number(speed.high, DIGITS)}"
    return html.Div(
        [
            html.Span(formats.number(speed.median, DIGITS), className="cell--strong"),
            html.Div(span, className="muted"),
        ]
    )


def _row(group: list[ReachSpeeds]) -> Row:
    first, last = group[0], group[-1]
    where = f"km {formats.number(first.upper_km, 1)} bis {formats.number(last.lower_km, 1)}"
    name: Content = html.Div(
        [
            html.Span(first.river_name, className="cell--strong"),
            html.Div(where, className="muted"),
        ]
    )
    events = sum(speed.n_events for speed in first.speeds)
    cells = [median_and_span(speed) for speed in first.speeds]
    return Row((name, *cells, str(events) if events else "keine"))


def _shown(row: ReachSpeeds) -> tuple[object, ...]:
    """Return what a row shows, so that neighbours that show the same are one."""
    shown = [
        (round(s.median, DIGITS), round(s.low, DIGITS), round(s.high, DIGITS), s.n_events)
        for s in row.speeds
    ]
    return row.river_id, tuple(shown)
