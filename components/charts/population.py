"""Charts of population change with their sentences."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.charts import ranking_svg as ranking
from components.charts import strips_svg as strips
from components.inline_svg import inline_svg
from components.population import Change


def ranking_chart(changes: Sequence[Change], mean: float | None) -> Component:
    """Show every municipality in rank order."""
    about = describe_ranking(changes, mean)
    return html.Figure(
        [
            html.P(about, className="panel__sentence"),
            inline_svg(ranking.ranking_svg(changes, mean, ranking.WIDE, about), "chart__wide"),
            inline_svg(ranking.ranking_svg(changes, mean, ranking.NARROW, about), "chart__narrow"),
        ],
        className="chart",
    )


def ranking_mini(changes: Sequence[Change], mean: float | None) -> Component:
    """Show the same skyline small, for a card."""
    about = describe_ranking(changes, mean)
    drawing = ranking.ranking_svg(changes, mean, ranking.MINI, about)
    return html.Figure(inline_svg(drawing), className="chart")


def strips_chart(changes: Sequence[Change]) -> Component:
    """Show the municipalities by association."""
    rows = strips.strips_of(changes)
    about = describe_strips(rows)
    key = html.Ul(
        [
            html.Li([html.Span(className="key key--pos"), "Gemeinde wächst"]),
            html.Li([html.Span(className="key key--neg"), "Gemeinde schrumpft"]),
            html.Li([html.Span(className="key key--mean"), "Summe der Verbandsgemeinde"]),
            html.Li("Kreisfläche: Größe der Gemeinde"),
        ],
        className="chart-key",
    )
    return html.Figure(
        [
            html.P(about, className="panel__sentence"),
            inline_svg(strips.strips_svg(rows, strips.WIDE, about), "chart__wide"),
            inline_svg(strips.strips_svg(rows, strips.NARROW, about), "chart__narrow"),
            key,
        ],
        className="chart",
    )


def describe_ranking(changes: Sequence[Change], mean: float | None) -> str:
    """Say how many grow and shrink and who is at the ends."""
    known = [change for change in changes if change.percent is not None]
    if not known:
        return "Für diesen Zeitraum liegen keine Zahlen vor."
    growing = sum((change.percent or 0) > 0 for change in known)
    shrinking = sum((change.percent or 0) < 0 for change in known)
    first, last = known[0], known[-1]
    return (
        f"{growing} von {len(known)} Gemeinden wachsen, {shrinking} schrumpfen; am stärksten wächst"
        f" {first.municipality.name} ({formats.percent(first.percent)}), am stärksten schrumpft"
        f" {last.municipality.name} ({formats.percent(last.percent)})."
        + (f" Der Kreis insgesamt: {formats.percent(mean)}." if mean is not None else "")
    )


def describe_strips(rows: Sequence[strips.Strip]) -> str:
    """Say which association gains and loses most."""
    known = [row for row in rows if row.percent is not None]
    if not known:
        return "Für diesen Zeitraum liegen keine Zahlen vor."
    first, last = known[0], known[-1]
    return (
        f"In der Summe vorn: {first.name} ({formats.percent(first.percent)}),"
        f" hinten: {last.name} ({formats.percent(last.percent)})."
    )
