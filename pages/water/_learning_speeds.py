"""The wave speeds that hold now: per river and flow class, equal neighbours in one row."""

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.panel import disclosure, panel
from components.table import Column, Row, data_table
from pages.water._learning_versions import identifier, version_name
from services.flood.flow_classes import FLOW_CLASSES
from services.flood.learning.views import ReachSpeeds, Speed, VersionView

DIGITS = 2
EXPLAINED = (
    "Mittlere Geschwindigkeit, mit der eine Welle die Strecke durchläuft, darunter die 80-%-Spanne,"
    " mit der geplant wird. Die Spanne ist breit, solange wenige Ereignisse bekannt sind; die"
    " schnelle Seite zählt für die früheste Ankunft."
)


def speeds_panel(
    rows: Sequence[ReachSpeeds], version: str, versions: Sequence[VersionView]
) -> Component:
    """Show the speeds of all rivers as they hold now, and of their reaches on demand."""
    rivers = [list(group) for _, group in groupby(rows, key=lambda row: row.river_id)]
    name = version_name(version, versions)
    caption = f"Wellengeschwindigkeiten in m/s je Gewässer, {name}."
    merged = [_reach_row(list(group)) for _, group in groupby(rows, key=_shown)]
    by_reach = data_table(
        "Gleiche Nachbarstrecken stehen in einer Zeile.", _columns("Strecke"), merged, None, "cards"
    )
    return panel(
        "Wellengeschwindigkeiten",
        [
            html.P(EXPLAINED, className="panel__sentence"),
            data_table(caption, _columns("Gewässer"), list(map(_river_row, rivers)), None, "cards"),
            disclosure("Je Strecke anzeigen", by_reach),
            identifier(version),
        ],
    )


def _columns(first: str) -> list[Column]:
    return [
        Column(first),
        *[Column(name, "number", label=name) for name in FLOW_CLASSES.names],
        Column("Ereignisse", "number", label="Ereignisse"),
    ]


def _river_row(rows: list[ReachSpeeds]) -> Row:
    """Show a river: range of the medians of its reaches, and the outermost ends of their spans."""
    name = html.Span(rows[0].river_name, className="cell--strong")
    cells = [_range([row.speeds[k] for row in rows]) for k in range(len(FLOW_CLASSES.names))]
    events = max(sum(speed.n_events for speed in row.speeds) for row in rows)
    return Row((name, *cells, _events(events)))


def _range(speeds: Sequence[Speed]) -> Component:
    least, most = min(s.median for s in speeds), max(s.median for s in speeds)
    low, high = formats.number(least, DIGITS), formats.number(most, DIGITS)
    span = (
        f"{formats.number(min(s.low for s in speeds), DIGITS)}"
        f" bis {formats.number(max(s.high for s in speeds), DIGITS)}"
    )
    words = low if low == high else f"{low}–{high}"
    return html.Div([html.Span(words, className="cell--strong"), html.Div(span, className="muted")])


def _events(count: int) -> str:
    return str(count) if count else "keine"


def median_and_span(speed: Speed) -> Component:
    """Write a speed: its median, below it the span to plan with."""
    span = f"{formats.number(speed.low, DIGITS)} bis {formats.number(speed.high, DIGITS)}"
    return html.Div(
        [
            html.Span(formats.number(speed.median, DIGITS), className="cell--strong"),
            html.Div(span, className="muted"),
        ]
    )


def _reach_row(group: list[ReachSpeeds]) -> Row:
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
    return Row((name, *cells, _events(events)))


def _shown(row: ReachSpeeds) -> tuple[object, ...]:
    """Return what a row shows, so that neighbours that show the same are one."""
    shown = [
        (round(s.median, DIGITS), round(s.low, DIGITS), round(s.high, DIGITS), s.n_events)
        for s in row.speeds
    ]
    return row.river_id, tuple(shown)
