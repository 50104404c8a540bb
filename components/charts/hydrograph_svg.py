"""The drawing of a hydrograph: thresholds, readings with gaps, nowcast band, now line."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from components import formats
from components.charts import hydrograph_layers_svg as layers
from components.charts import svg
from components.charts.frame import Frame, time_ticks
from components.charts.hydrograph_frame import NO_VALUE, Variant, frame_of
from components.charts.level_lines import threshold_lines, value_axis
from components.charts.svg import Svg
from components.charts.thinning import gaps, runs, thin
from services.flood.model import Flag
from services.gauge_context.model import NO_CONTEXT, GaugeContext
from services.gauge_events.figures import GAP_FACTOR
from services.situation.model import GaugeDetail, Point

GAP_LEAST_S = 45 * 60
"""From 45 minutes on a gauge counts as silent: the line breaks."""
MOST_MARKS = 150
BAD_FLAGS = (Flag.SUSPECT, Flag.FAIL)


def hydrograph_svg(
    detail: GaugeDetail,
    now: datetime,
    variant: Variant,
    about: str,
    context: GaugeContext = NO_CONTEXT,
) -> Svg:
    """Draw the whole hydrograph in one variant."""
    frame = frame_of(detail, now, variant, context)
    unit = detail.gauge.unit
    key = f"hydrograph-{variant.key}"
    parts = [
        _hatch(key),
        *_axes(frame, variant, unit),
        *layers.behind(frame, context),
        *_gaps(frame, detail.points, key),
        *_band(frame, detail, now),
        *layers.events(frame, context, unit),
        *threshold_lines(frame, variant, detail.gauge.thresholds, unit),
        *_now(frame, now),
        *_series(frame, detail.points),
        *layers.higher_label(frame, context, now),
        *layers.marks(frame, context, unit, variant),
        *_by_hand(frame, detail),
    ]
    title = f"Ganglinie {detail.gauge.name}"
    return svg.document((variant.width, variant.height), title, about, parts, key)


def longest_step_s(points: Sequence[Point]) -> float:
    """Return from which distance on two readings have a gap between them."""
    steps = sorted((later.at - earlier.at).total_seconds() for earlier, later in pairwise(points))
    typical = steps[len(steps) // 2] if steps else 0.0
    return max(GAP_LEAST_S, typical * GAP_FACTOR)


def _hatch(key: str) -> Svg:
    stripe = svg.line(0, 0, 0, 8, "hatch-line")
    pattern = svg.element(
        "pattern",
        stripe,
        id=f"{key}-hatch",
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return svg.element("defs", pattern)


def _axes(frame: Frame, variant: Variant, unit: str) -> list[Svg]:
    parts = value_axis(frame, variant, unit)
    for at, word in time_ticks(frame.start, frame.end, variant.ticks_x):
        x = frame.x(at)
        parts.append(svg.line(x, frame.bottom, x, frame.bottom + 5, "axis-line"))
        if frame.left + 14 <= x <= frame.right - 4:
            parts.append(svg.text(x, frame.bottom + 20, word, "t-mid"))
    parts.append(svg.line(frame.left, frame.bottom, frame.right, frame.bottom, "axis-line"))
    return parts


def _gaps(frame: Frame, points: Sequence[Point], key: str) -> list[Svg]:
    parts = []
    for before, after in gaps(points, longest_step_s(points)):
        x, width = frame.x(before.at), frame.x(after.at) - frame.x(before.at)
        box = (x, frame.top, width, frame.bottom - frame.top)
        parts.append(svg.rect(*box, "gap-fill"))
        x_, y_, w_, h_ = box
        parts.append(
            svg.element("rect", x=x_, y=y_, width=w_, height=h_, fill=f"url(#{key}-hatch)")
        )
    return parts


def _band(frame: Frame, detail: GaugeDetail, now: datetime) -> list[Svg]:
    if detail.band is None:
        return []
    band = detail.band
    rows = [
        row
        for row in zip(band.times, band.p10, band.p50, band.p90, strict=True)
        if now <= row[0] <= frame.end or row[0] == band.times[0]
    ]
    if not rows:
        return []
    upper = [(frame.x(at), frame.y(high)) for at, _, _, high in rows]
    lower = [(frame.x(at), frame.y(low)) for at, low, _, _ in reversed(rows)]
    middle = [(frame.x(at), frame.y(mid)) for at, _, mid, _ in rows]
    return [svg.path(upper + lower, "band", is_closed=True), svg.path(middle, "band-mid")]


def _now(frame: Frame, now: datetime) -> list[Svg]:
    if not frame.holds(now):
        return []
    x = frame.x(now)
    anchor = "t-end" if x > (frame.left + frame.right) / 2 else ""
    words = f"jetzt {formats.clock(now)}"
    return [
        svg.line(x, frame.top - 6, x, frame.bottom, "now-line"),
        svg.text(x + (-5 if anchor else 5), frame.top - 10, words, f"now-text {anchor}".strip()),
    ]


def _series(frame: Frame, points: Sequence[Point]) -> list[Svg]:
    shown = [point for point in points if frame.holds(point.at)]
    good = [
        Point(point.at, None if point.flag in NO_VALUE else point.value, point.flag)
        for point in shown
    ]
    thinned = thin(good, int(frame.right - frame.left))
    parts = [
        svg.path([(frame.x(point.at), frame.y(point.value or 0.0)) for point in run], "series")
        for run in runs(thinned, longest_step_s(points))
    ]
    doubtful = [point for point in shown if point.flag in BAD_FLAGS and point.value is not None]
    parts += [_dot(frame, point, 4, "suspect") for point in doubtful[-MOST_MARKS:]]
    last = next((point for point in reversed(good) if point.value is not None), None)
    return [*parts, _dot(frame, last, 5, "dot")] if last else parts


def _by_hand(frame: Frame, detail: GaugeDetail) -> list[Svg]:
    """Mark what people read with a hollow diamond: no device has seen these values."""
    parts = []
    for reading in detail.by_hand[:MOST_MARKS]:
        if not frame.holds(reading.read_at):
            continue
        x = frame.x(reading.read_at)
        y = min(max(frame.y(reading.value), frame.top), frame.bottom)
        corners = [(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)]
        parts.append(svg.path(corners, "by-hand", is_closed=True))
    return parts


def _dot(frame: Frame, point: Point, radius: float, class_: str) -> Svg:
    y = min(max(frame.y(point.value or 0.0), frame.top), frame.bottom)
    return svg.element("circle", cx=frame.x(point.at), cy=y, r=radius, class_=class_)
