"""A municipality over time beside its association and the county, each as index 2011 = 100."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components import formats
from components.charts import labels, svg
from components.charts.frame import value_ticks
from components.charts.svg import Svg
from components.inline_svg import inline_svg
from components.population import YEARS
from components.short_name import short_name

HEIGHT = 300.0
TOP = 16.0
BOTTOM = 34.0
LEFT = 44.0
LABEL_HEIGHT = 16.0
CLASSES = ("series", "series-2", "series-3")
LEAST_SPAN = 4.0
BASE = 100.0


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line: its name and its figures by year; None is a gap."""

    name: str
    figures: tuple[int | None, ...]

    def index(self) -> list[float | None]:
        """Return the figures as index of the first year; without that one there is no index."""
        base = self.figures[0] if self.figures else None
        return [BASE * figure / base if figure and base else None for figure in self.figures]


def index_chart(lines: Sequence[IndexLine]) -> Component:
    """Draw up to three lines with their names at the end."""
    about = describe(lines)
    wide = _drawing(lines, 640, 190, about, "w")
    narrow = _drawing(lines, 360, 112, about, "n")
    return html.Figure(
        [
            html.P(about, className="panel__sentence"),
            inline_svg(wide, "chart__wide"),
            inline_svg(narrow, "chart__narrow"),
        ],
        className="chart",
    )


def describe(lines: Sequence[IndexLine]) -> str:
    """Say how far each line came."""
    ends = []
    for line in lines:
        last = line.index()[-1]
        if last is not None:
            ends.append(f"{line.name} {formats.percent(last - BASE)}")
    if not ends:
        return "Es liegen keine Zahlen vor."
    return f"Seit {YEARS[0]}: {', '.join(ends)}."


def _drawing(lines: Sequence[IndexLine], width: float, right: float, about: str, key: str) -> Svg:
    values = [value for line in lines for value in line.index() if value is not None] or [BASE]
    low, high = min(values), max(values)
    pad = max(LEAST_SPAN - (high - low), (high - low) * 0.1) / 2
    low, high = low - pad, high + pad
    edge = width - right

    def x(year: int) -> float:
        return LEFT + (year - YEARS[0]) / (YEARS[-1] - YEARS[0]) * (edge - LEFT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = []
    for tick in value_ticks(low, high, 5):
        parts.append(
            svg.line(LEFT, y(tick), edge, y(tick), "zero-line" if tick == BASE else "grid-line")
        )
        parts.append(svg.text(LEFT - 6, y(tick) + 4, formats.number(tick), "t-end"))
    parts += [svg.text(x(year), HEIGHT - 12, str(year), "t-mid") for year in YEARS]
    ends = []
    for line, class_ in zip(lines, CLASSES, strict=False):
        known = [
            (x(year), y(v)) for year, v in zip(YEARS, line.index(), strict=True) if v is not None
        ]
        parts.append(svg.path(known, class_))
        if known:
            ends.append((line.name, known[-1]))
    placed = labels.spread([place[1] for _, place in ends], LABEL_HEIGHT, TOP, HEIGHT - BOTTOM)
    most = int(right / 8)
    for (name, place), label_y in zip(ends, placed, strict=True):
        parts.append(svg.path([place, (edge + 8, label_y)], "leader"))
        parts.append(svg.text(edge + 12, label_y + 4.5, short_name(name, most), "t-strong"))
    return svg.document((width, HEIGHT), "Bevölkerung als Index", about, parts, f"index-{key}")
