"""A series with its quality flags: a line of trusted values, a shape for each that is not."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from components import formats
from components.charts import svg
from components.charts.frame import Frame, decimals, value_ticks
from components.charts.svg import Svg
from services.flood.model import Flag

WIDTH, HEIGHT = 720.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 708.0, 12.0, 172.0
GAP_S = 3600.0
"""A line is not drawn across a longer silence (estimate)."""
TICKS = 4
SIZE = 4.0
Point = tuple[datetime, float | None, int]


def flag_strip_svg(points: Sequence[Point], unit: str, about: str, key: str) -> Svg | None:
    """Draw values in order of time; None where fewer than two can be drawn."""
    drawn = [(at, value, flag) for at, value, flag in points if value is not None]
    if len(drawn) < 2:  # noqa: PLR2004  # a line has two ends
        return None
    frame = _frame([(at, value) for at, value, _ in drawn])
    ticks = value_ticks(frame.low, frame.high, TICKS)
    digits = decimals(ticks)
    parts: list[Svg] = []
    for tick in ticks:
        y = frame.y(tick)
        parts.append(svg.line(LEFT, y, RIGHT, y, "grid-line"))
        parts.append(svg.text(4, y + 4, f"{formats.number(tick, digits)} {unit}", "tick"))
    parts.append(svg.text(LEFT, HEIGHT - 6, formats.stamp(frame.start), "tick"))
    parts.append(svg.text(RIGHT - 120, HEIGHT - 6, formats.stamp(frame.end), "tick"))
    trusted = [(at, value) for at, value, flag in drawn if flag < Flag.SUSPECT]
    for (at, value), (until, after) in pairwise(trusted):
        if (until - at).total_seconds() <= GAP_S:
            ends = (frame.x(at), frame.y(value), frame.x(until), frame.y(after))
            parts.append(svg.line(*ends, "flag-strip__line"))
    parts += [_mark(frame, at, value, flag) for at, value, flag in drawn if flag >= Flag.SUSPECT]
    return svg.document((WIDTH, HEIGHT), "Messreihe mit Kennzeichen", about, parts, key)


def _frame(drawn: Sequence[tuple[datetime, float]]) -> Frame:
    values = [value for _, value in drawn]
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or 0.5
    return Frame(LEFT, RIGHT, TOP, BOTTOM, drawn[0][0], drawn[-1][0], low - room, high + room)


def _mark(frame: Frame, at: datetime, value: float, flag: int) -> Svg:
    """Draw a diamond for suspect, a square for fail."""
    x, y = frame.x(at), frame.y(value)
    if flag == Flag.SUSPECT:
        corners = [(x, y - SIZE), (x + SIZE, y), (x, y + SIZE), (x - SIZE, y)]
        return svg.group(
            [svg.path(corners, "flag-strip__mark", is_closed=True)], class_="state--voralarm"
        )
    square = svg.rect(x - SIZE, y - SIZE, 2 * SIZE, 2 * SIZE, "flag-strip__mark")
    return svg.group([square], class_="state--alarm")
