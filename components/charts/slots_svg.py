"""Quarter hours with a record: a row per gauge, a cell per day, its share as number and shade."""

from collections.abc import Sequence
from dataclasses import dataclass

from components import formats
from components.charts import svg
from components.charts.svg import Svg
from components.short_name import short_name
from services.devices.model import GaugeSlots, SlotDay

ROW = 24.0
TOP = 22.0
GAP = 2.0
FULL, GOOD, SOME = 0.995, 0.95, 0.5
"""Steps of the shades: complete, nearly, more than half (estimates)."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Size of a drawing, room for names, how many days it holds and every which is dated."""

    key: str
    left: float
    cell: float
    name_length: int
    days: int
    dated: int


WIDE = Variant("w", 150, 30, 19, 30, 3)
NARROW = Variant("n", 116, 34, 14, 7, 2)


def slots_svg(gauges: Sequence[GaugeSlots], variant: Variant, about: str) -> Svg:
    """Draw the newest days that the variant holds, oldest on the left."""
    days = [day.start_at for day in gauges[0].days][-variant.days :] if gauges else []
    width = variant.left + variant.cell * len(days)
    parts: list[Svg] = []
    for column, day in enumerate(reversed(days)):
        if column % variant.dated == 0:
            x = width - variant.cell * (column + 0.5)
            words = "heute" if column == 0 else f"{formats.local(day):%d.%m.}"
            parts.append(svg.text(x, TOP - 8, words, "t-mid"))
    for row, gauge in enumerate(gauges):
        y = TOP + ROW * row
        name = short_name(gauge.name, variant.name_length)
        parts.append(svg.text(variant.left - 8, y + 16, name, "t-end"))
        for column, found in enumerate(gauge.days[-variant.days :]):
            words = f"{gauge.name}, {formats.day(found.start_at)}: {slot_words(found)}"
            at = (variant.left + column * variant.cell, y)
            parts.append(_cell(found, words, at, variant.cell - GAP))
    title = "Viertelstunden mit Messwert je Pegel und Tag"
    size = (width, TOP + ROW * len(gauges))
    return svg.document(size, title, about, parts, f"slots-{variant.key}")


def slot_words(day: SlotDay) -> str:
    """Say a day in words: delivered of expected, valid beside it."""
    if not day.expected:
        return "nichts zu erwarten"
    if day.delivered is None or day.valid is None:
        return "nicht gezählt"
    return f"{day.delivered} von {day.expected}, davon {day.valid} gültig"


def slot_shade(day: SlotDay) -> str:
    """Return the step of a day's shade: its CSS class."""
    share = day.share
    if share is None:
        return "slot-none"
    steps = ((FULL, "slot-full"), (GOOD, "slot-good"), (SOME, "slot-some"))
    return next((name for least, name in steps if share >= least), "slot-poor")


def _cell(day: SlotDay, words: str, at: tuple[float, float], width: float) -> Svg:
    share, shade = day.share, slot_shade(day)
    number = formats.MISSING if share is None else formats.number(int(share * 100))
    return svg.group(
        [
            svg.element("title", words),
            svg.rect(*at, width, ROW - GAP, shade),
            svg.text(at[0] + width / 2, at[1] + 15, number, f"t-mid t-{shade}"),
        ]
    )
