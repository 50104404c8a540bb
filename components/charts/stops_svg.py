"""Stops by association as stacked bars: bus, rail, other."""

from collections.abc import Sequence
from dataclasses import dataclass

from components import formats
from components.charts import svg
from components.charts.svg import Svg
from components.short_name import short_name

ROW = 30.0
TOP = 6.0
BAR = 17.0
KINDS = ("bus", "rail", "other")


@dataclass(frozen=True, slots=True)
class Variant:
    """Size of a drawing and room for names; a mini drawing has thin rows and no figures."""

    key: str
    width: float
    left: float
    right: float
    name_length: int
    row: float = ROW
    bar: float = BAR


WIDE = Variant("w", 640, 150, 128, 19)
NARROW = Variant("n", 360, 120, 88, 16)
MINI = Variant("m", 360, 2, 2, 0, row=11.0, bar=7.0)


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """Stops of one association; `per_1000` is None where a figure is missing."""

    name: str
    bus: int
    rail: int
    other: int
    per_1000: float | None

    @property
    def total(self) -> int:
        """Return all stops."""
        return self.bus + self.rail + self.other


def stops_svg(rows: Sequence[SupplyRow], variant: Variant, about: str) -> Svg:
    """Draw one bar per row."""
    longest = max([row.total for row in rows] or [1]) or 1
    scale = (variant.width - variant.left - variant.right) / longest
    parts: list[Svg] = []
    for index, row in enumerate(rows):
        y = TOP + variant.row * (index + 0.5)
        x = variant.left
        for kind in KINDS:
            width = getattr(row, kind) * scale
            if width:
                parts.append(svg.rect(x, y - variant.bar / 2, width, variant.bar, kind))
            x += width
        if variant.name_length:
            name = short_name(row.name, variant.name_length)
            parts.append(svg.text(variant.left - 8, y + 4.5, name, "t-end"))
            parts.append(svg.text(x + 7, y + 4.5, _figures(row, variant), "t-strong"))
    height = TOP * 2 + variant.row * len(rows)
    title = "Haltestellen nach Verbandsgemeinde"
    return svg.document((variant.width, height), title, about, parts, f"stops-{variant.key}")


def _figures(row: SupplyRow, variant: Variant) -> str:
    per = formats.number(row.per_1000, 1)
    short = f"{formats.number(row.total)} · {per}"
    return short if variant is NARROW else f"{short} je 1.000"
