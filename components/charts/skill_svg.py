"""Scores with their intervals as points with whiskers, one row each, on a scale in percent."""

from collections.abc import Sequence
from dataclasses import dataclass

from components import formats
from components.charts import svg
from components.charts.svg import Svg

LEFT = 190.0
RIGHT = 34.0
ROW = 34.0
TOP = 26.0
HALF = 4.0
TICKS = (-100, 0, 100)


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One score in percent with its interval; `value` is None with too few events."""

    name: str
    value: float | None
    low: float
    high: float


WIDE, NARROW = 1080.0, 420.0
"""Widths of the two drawings."""


def skill_svg(rows: Sequence[SkillRow], about: str, width: float) -> Svg:
    """Draw the rows on a scale from -100 to 100 %; what lies beyond ends at its edge."""
    height = TOP + ROW * len(rows) + 6.0
    parts: list[Svg] = []

    def x(percent: float) -> float:
        low, high = TICKS[0], TICKS[-1]
        share = (min(max(percent, low), high) - low) / (high - low)
        return LEFT + share * (width - LEFT - RIGHT)

    for tick in TICKS:
        name = "zero-line" if tick == 0 else "grid-line"
        parts.append(svg.line(x(tick), TOP - 4, x(tick), height - 6, name))
        label = f"{formats.signed(tick)}{formats.NBSP}%"
        parts.append(svg.text(x(tick), TOP - 10, label, "t-mid"))
    for index, row in enumerate(rows):
        y = TOP + ROW * (index + 0.5)
        kind = "pos" if row.low > 0 else "neg"
        parts.append(svg.text(0, y + 4, row.name))
        parts.append(svg.rect(x(row.low), y - 2, x(row.high) - x(row.low), 4, kind))
        if row.value is not None:
            parts.append(svg.rect(x(row.value) - HALF, y - 9, 2 * HALF, 18, kind))
    return svg.document(
        (width, height),
        "Gewinn gegenüber einfachen Verfahren",
        about,
        parts,
        f"skill-{width:g}",
    )
