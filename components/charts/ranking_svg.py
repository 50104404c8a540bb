"""All municipalities in rank order as one skyline of bars above and below zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from components import formats
from components.charts import svg
from components.charts.frame import value_ticks
from components.charts.svg import Svg
from components.population import Change
from components.short_name import short_name

TOP = 34.0
BOTTOM = 34.0
NAMED = 3
NAME_LENGTH = 20
LINE_HEIGHT = 16.0


@dataclass(frozen=True, slots=True)
class Variant:
    """Size of a drawing and whether the ends are named."""

    key: str
    width: float
    height: float
    left: float
    ticks: int
    is_named: bool


WIDE = Variant("w", 640, 270, 44, 5, is_named=True)
NARROW = Variant("n", 360, 230, 42, 4, is_named=True)
MINI = Variant("m", 360, 110, 4, 2, is_named=False)


def ranking_svg(changes: Sequence[Change], mean: float | None, variant: Variant, about: str) -> Svg:
    """Draw the bars from the largest gain to the largest loss."""
    values = [change.percent for change in changes if change.percent is not None]
    top, bottom = (TOP, BOTTOM) if variant.is_named else (6.0, 6.0)
    low, high = min([0.0, *values]), max([0.0, *values])
    span = (high - low) or 1.0

    def y(value: float) -> float:
        return top + (high - value) / span * (variant.height - top - bottom)

    step = (variant.width - variant.left - 4) / max(1, len(values))
    parts: list[Svg] = []
    if variant.is_named:
        for tick in value_ticks(low, high, variant.ticks):
            parts.append(svg.line(variant.left, y(tick), variant.width, y(tick), "grid-line"))
            words = f"{formats.signed(tick)}{formats.NBSP}%"
            parts.append(svg.text(variant.left - 6, y(tick) + 4, words, "t-end"))
    for index, value in enumerate(values):
        x = variant.left + index * step
        upper, lower = min(y(value), y(0)), max(y(value), y(0))
        gap = step * 0.16
        class_ = "pos" if value >= 0 else "neg"
        parts.append(svg.rect(x + gap / 2, upper, step - gap, max(0.8, lower - upper), class_))
    parts.append(svg.line(variant.left, y(0), variant.width, y(0), "zero-line"))
    if variant.is_named:
        parts += _ends(changes, variant)
        parts += _mean(mean, variant, y(mean or 0.0))
    title = "Bevölkerungsänderung aller Gemeinden, nach Rang"
    return svg.document((variant.width, variant.height), title, about, parts, f"rank-{variant.key}")


def _ends(changes: Sequence[Change], variant: Variant) -> list[Svg]:
    known = [change for change in changes if change.percent is not None]
    parts = []
    for index, change in enumerate(known[:NAMED]):
        words = _named(change)
        x = variant.left + 0.2 * (variant.width - variant.left)
        parts.append(svg.text(x, TOP - 18 + index * LINE_HEIGHT, words, "t-halo"))
    for index, change in enumerate(known[-NAMED:]):
        y = variant.height - 8 - (NAMED - 1 - index) * LINE_HEIGHT
        x = variant.left + 0.8 * (variant.width - variant.left)
        parts.append(svg.text(x, y, _named(change), "t-end t-halo"))
    return parts


def _named(change: Change) -> str:
    name = short_name(change.municipality.name, NAME_LENGTH)
    return f"{name} {formats.percent(change.percent)}"


def _mean(mean: float | None, variant: Variant, y: float) -> list[Svg]:
    if mean is None:
        return []
    words = f"Kreis {formats.percent(mean)}"
    return [
        svg.line(variant.left, y, variant.width, y, "now-line"),
        svg.text(variant.width - 2, y - 6, words, "t-end now-text t-halo"),
    ]
