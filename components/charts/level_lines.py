"""What charts of a level share: the axis of values, and the thresholds with their names."""

from collections.abc import Sequence

from components import formats
from components.charts import labels, svg
from components.charts.frame import Frame, decimals, value_ticks
from components.charts.hydrograph_frame import TOP, Variant
from components.charts.svg import Svg
from components.states import WORDS
from services.situation.model import ThresholdView

LABEL_HEIGHT = 16.0


def value_axis(frame: Frame, variant: Variant, unit: str) -> list[Svg]:
    """Draw a line across the plot at each round value, with its number and the unit."""
    ticks = value_ticks(frame.low, frame.high, variant.ticks_y)
    digits = decimals(ticks)
    parts = [svg.text(2, TOP - 12, unit, "t-small")]
    for value in ticks:
        y = frame.y(value)
        parts.append(svg.line(frame.left, y, frame.right, y, "grid-line"))
        parts.append(svg.text(frame.left - 6, y + 4, formats.number(value, digits), "t-end"))
    return parts


def threshold_lines(
    frame: Frame, variant: Variant, thresholds: Sequence[ThresholdView], unit: str
) -> list[Svg]:
    """Draw each threshold with its name; names never lie over one another."""
    wanted = [frame.y(threshold.value) for threshold in thresholds]
    raised = [y - 5 for y in wanted] if variant.inside else wanted
    placed = labels.spread(raised, LABEL_HEIGHT, frame.top + 6, frame.bottom - 6)
    lines, words = [], []
    for threshold, y, label_y in zip(thresholds, wanted, placed, strict=True):
        state = f"state--{threshold.level.value}"
        lines.append(
            svg.group([svg.line(frame.left, y, frame.right, y, "threshold")], class_=state)
        )
        text = f"{WORDS[threshold.level]} {formats.quantity(threshold.value, unit)}"
        words.append(svg.group(_label(frame, variant, text, (y, label_y)), class_=state))
    return [*lines, *words]  # words last: no line strikes through the name of another


def _label(frame: Frame, variant: Variant, words: str, heights: tuple[float, float]) -> list[Svg]:
    y, label_y = heights
    if variant.inside:
        return [svg.text(frame.left + 6, label_y, words, "threshold-text t-halo")]
    x = frame.right
    leader = svg.path([(x, y), (x + 8, label_y), (x + 12, label_y)], "leader")
    return [leader, svg.text(x + 15, label_y + 4, words, "threshold-text")]
