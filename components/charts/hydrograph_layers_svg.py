"""Optional layers of a hydrograph: usual range, past peaks, earlier forecasts, impact marks."""

from datetime import datetime

from components import formats
from components.charts import labels, svg
from components.charts.frame import Frame
from components.charts.hydrograph_frame import Variant
from components.charts.svg import Svg
from components.gauge_context_words import event_words, mark_words
from services.gauge_context.model import EarlierForecast, GaugeContext

LABEL_HEIGHT = 16.0
TICK = 9.0
MOST_WIDE, MOST_NARROW = 34, 20
"""Signs of a mark's name in the wide and the narrow drawing."""
TOP_ROOM = 6.0


def behind(frame: Frame, context: GaugeContext) -> list[Svg]:
    """Draw what lies behind the readings: the usual range and faded earlier forecasts."""
    parts = []
    normal = context.normal
    if normal is not None and normal.low is not None and normal.high is not None:
        top, bottom = frame.y(min(normal.high, frame.high)), frame.y(max(normal.low, frame.low))
        box = (frame.left, top, frame.right - frame.left, bottom - top)
        parts.append(svg.rect(*box, "normal-range"))
    for earlier in reversed(context.earlier):
        parts += _earlier(frame, earlier)
    return parts


def _earlier(frame: Frame, earlier: EarlierForecast) -> list[Svg]:
    line = [
        (frame.x(at), frame.y(min(value, frame.high)))
        for at, value in zip(earlier.band.times, earlier.band.p50, strict=True)
        if frame.holds(at)
    ]
    if len(line) < 2:  # noqa: PLR2004  # a line needs two points
        return []
    return [svg.path(line, "earlier-high" if earlier.is_higher else "earlier")]


def events(frame: Frame, context: GaugeContext, unit: str) -> list[Svg]:
    """Draw a line at each past peak; one above the range is named at the top edge."""
    parts = []
    for event in context.events:
        is_inside = event.peak <= frame.high
        y = frame.y(event.peak) if is_inside else frame.top
        words = event_words(event, unit)
        if is_inside:
            parts.append(svg.line(frame.left, y, frame.right, y, "event-line"))
        text = words if is_inside else f"↑ {words}"
        middle = (frame.left + frame.right) / 2
        height = y - 5 if is_inside else y + LABEL_HEIGHT - 2
        parts.append(svg.text(middle, height, text, "event-text t-mid t-halo"))
    return parts


def marks(frame: Frame, context: GaugeContext, unit: str, variant: Variant) -> list[Svg]:
    """Draw a tick at the right edge and a name for each reading from which something happens."""
    shown = [mark for mark in context.marks if frame.low <= mark.value <= frame.high]
    wanted = [frame.y(mark.value) - 4 for mark in shown]
    placed = labels.spread(wanted, LABEL_HEIGHT, frame.top + TOP_ROOM, frame.bottom - TOP_ROOM)
    most = MOST_NARROW if variant.inside else MOST_WIDE
    parts = []
    for mark, label_y in zip(shown, placed, strict=True):
        y = frame.y(mark.value)
        parts.append(svg.line(frame.right - TICK, y, frame.right + 2, y, "impact-tick"))
        words = mark_words(mark, unit, most)
        parts.append(svg.text(frame.right - TICK - 4, label_y, words, "impact-text t-end t-halo"))
    return parts


def higher_label(frame: Frame, context: GaugeContext, now: datetime) -> list[Svg]:
    """Name the earlier forecast that said more, at the end of its line."""
    higher = next((one for one in context.earlier if one.is_higher), None)
    if higher is None:
        return []
    inside = [
        (at, value)
        for at, value in zip(higher.band.times, higher.band.p50, strict=True)
        if frame.holds(at) and at >= now
    ]
    if not inside:
        return []
    at, value = max(inside, key=lambda point: point[1])
    y = max(frame.y(min(value, frame.high)) - 6, frame.top + LABEL_HEIGHT)
    words = f"Berechnung {formats.clock(higher.issued_at)}"
    return [svg.text(min(frame.x(at), frame.right - 2), y, words, "earlier-text t-end t-halo")]
