"""Charts of public transport stops with their sentences."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.charts.stops_svg import MINI, NARROW, WIDE, SupplyRow, stops_svg
from components.inline_svg import inline_svg


def stops_chart(rows: Sequence[SupplyRow]) -> Component:
    """Show the stops by association."""
    about = describe(rows)
    key = html.Ul(
        [
            html.Li([html.Span(className="key key--bus"), "Bus"]),
            html.Li([html.Span(className="key key--rail"), "Bahn"]),
            html.Li([html.Span(className="key key--other"), "andere"]),
            html.Li("Zahl: Haltestellen · je 1.000 Einwohner"),
        ],
        className="chart-key",
    )
    return html.Figure(
        [
            html.P(about, className="panel__sentence"),
            key,
            inline_svg(stops_svg(rows, WIDE, about), "chart__wide"),
            inline_svg(stops_svg(rows, NARROW, about), "chart__narrow"),
        ],
        className="chart",
    )


def stops_mini(rows: Sequence[SupplyRow]) -> Component:
    """Show the bars small, for a card."""
    drawing = stops_svg(rows, MINI, describe(rows))
    return html.Figure(inline_svg(drawing), className="chart")


def describe(rows: Sequence[SupplyRow]) -> str:
    """Say where most stops are and where they are densest for the people living there."""
    if not rows:
        return "Es liegen keine Haltestellen vor."
    most = max(rows, key=lambda row: row.total)
    known = [row for row in rows if row.per_1000 is not None]
    text = f"Die meisten Haltestellen: {most.name} ({formats.number(most.total)})"
    if not known:
        return f"{text}."
    best = max(known, key=lambda row: row.per_1000 or 0.0)
    least = min(known, key=lambda row: row.per_1000 or 0.0)
    return (
        f"{text}; je 1.000 Einwohner vorn: {best.name} ({formats.number(best.per_1000, 1)}),"
        f" hinten: {least.name} ({formats.number(least.per_1000, 1)})."
    )
