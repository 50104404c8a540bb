"""New data sets by calendar year as bars, with the line of the goal."""

from collections.abc import Sequence

from components.charts import svg
from components.charts.svg import Svg
from services.catalogue.model import YearCount

WIDTH, HEIGHT = 360.0, 150.0
LEFT, RIGHT, TOP, BOTTOM = 12.0, 12.0, 24.0, 26.0
BAR_MAX = 56.0
SHARE = 0.6
"""Part of a year's room that its bar fills."""


def years_svg(years: Sequence[YearCount], goal: int) -> Svg:
    """Draw one bar a year; the number stands above, the goal is a line with its words."""
    most = max([year.new for year in years] + [goal]) * 1.15
    bottom = HEIGHT - BOTTOM
    scale = (bottom - TOP) / most
    room = (WIDTH - LEFT - RIGHT) / max(1, len(years))
    width = min(BAR_MAX, room * SHARE)
    line_y = bottom - goal * scale
    parts = [svg.line(LEFT, bottom, WIDTH - RIGHT, bottom, "axis")]
    for index, year in enumerate(years):
        x = LEFT + room * (index + 0.5)
        height = year.new * scale
        parts.append(svg.rect(x - width / 2, bottom - height, width, height, "bus"))
        parts.append(svg.text(x, bottom - height - 5, str(year.new), "t-mid t-strong"))
        parts.append(svg.text(x, HEIGHT - 8, str(year.year), "t-mid"))
    parts.append(svg.line(LEFT, line_y, WIDTH - RIGHT, line_y, "goal"))
    parts.append(svg.text(WIDTH - RIGHT, line_y - 5, f"Ziel: mehr als {goal}", "t-end"))
    told = "; ".join(f"{year.year}: {year.new}" for year in years)
    title = "Neue Datensätze je Kalenderjahr"
    return svg.document((WIDTH, HEIGHT), title, told, parts, "dataset-years")
