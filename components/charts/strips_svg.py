"""One row per association of municipalities: each dot is a municipality, the stroke their sum."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from components import formats
from components.associations import association_name
from components.charts import svg
from components.charts.frame import value_ticks
from components.charts.svg import Svg
from components.population import Change
from components.short_name import short_name

ROW = 30.0
TOP = 8.0
BOTTOM = 30.0
LARGEST_RADIUS = 10.0
LEAST_RADIUS = 3.0


@dataclass(frozen=True, slots=True)
class Variant:
    """Size of a drawing and room for names."""

    key: str
    width: float
    left: float
    name_length: int
    ticks: int


WIDE = Variant("w", 640, 150, 19, 7)
NARROW = Variant("n", 360, 120, 16, 4)


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of the chart: its municipalities and the change of their sum."""

    name: str
    changes: tuple[Change, ...]
    percent: float | None


def strips_svg(strips: Sequence[Strip], variant: Variant, about: str) -> Svg:
    """Draw the rows in the given order."""
    values = [c.percent for strip in strips for c in strip.changes if c.percent is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    span = (high - low) or 1.0
    height = TOP + ROW * len(strips) + BOTTOM
    right = variant.width - 14

    def x(value: float) -> float:
        return variant.left + 12 + (value - low) / span * (right - variant.left - 12)

    parts: list[Svg] = []
    for tick in value_ticks(low, high, variant.ticks):
        line = "zero-line" if tick == 0 else "grid-line"
        parts.append(svg.line(x(tick), TOP, x(tick), height - BOTTOM, line))
        words = f"{formats.signed(tick)}{formats.NBSP}%"
        parts.append(svg.text(x(tick), height - BOTTOM + 18, words, "t-mid"))
    largest = max([c.after or 0 for strip in strips for c in strip.changes] or [1])
    for index, strip in enumerate(strips):
        y = TOP + ROW * (index + 0.5)
        name = short_name(strip.name, variant.name_length)
        parts.append(svg.text(variant.left - 4, y + 4.5, name, "t-end"))
        parts += [_dot(change, x, y, largest) for change in _large_first(strip.changes)]
        if strip.percent is not None:
            parts.append(svg.line(x(strip.percent), y - 11, x(strip.percent), y + 11, "mean"))
    title = "Bevölkerungsänderung der Gemeinden nach Verbandsgemeinde"
    return svg.document((variant.width, height), title, about, parts, f"strips-{variant.key}")


def strips_of(changes: Sequence[Change]) -> list[Strip]:
    """Group the changes by association, from the largest gain of the sum down."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(_group(change), []).append(change)
    strips = [Strip(name, tuple(group), _sum_percent(group)) for name, group in groups.items()]
    return sorted(strips, key=lambda strip: -(strip.percent or 0.0))


def _sum_percent(changes: Sequence[Change]) -> float | None:
    if any(change.people is None for change in changes):
        return None
    before = sum(change.before or 0 for change in changes)
    return 100.0 * sum(change.people or 0 for change in changes) / before if before else None


def _large_first(changes: Sequence[Change]) -> list[Change]:
    known = [change for change in changes if change.percent is not None]
    return sorted(known, key=lambda change: -(change.after or 0))


def _dot(change: Change, x: Callable[[float], float], y: float, largest: int) -> Svg:
    radius = max(LEAST_RADIUS, LARGEST_RADIUS * sqrt((change.after or 0) / largest))
    place = x(change.percent or 0.0)
    class_ = "dot-pos" if (change.percent or 0) >= 0 else "dot-neg"
    words = f"{change.municipality.name}: {formats.percent(change.percent)}"
    return svg.element(
        "circle", svg.element("title", words), cx=place, cy=y, r=radius, class_=class_
    )


def _group(change: Change) -> str:
    return association_name(change.municipality.vg) or change.municipality.name
