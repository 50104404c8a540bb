"""Sizes of the hydrograph and the window and range that it shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from components.charts.frame import Frame
from services.flood.model import Flag
from services.gauge_context.model import NO_CONTEXT, GaugeContext
from services.situation.model import GaugeDetail

HEADROOM = 1.08
LEAST_RANGE = 0.2
MOST_STRETCH = 1.5
"""Past peaks and marks may raise the scale by so much (estimate): beyond, readings become flat."""
BAND_SHOWN_H = 12
NO_VALUE = (Flag.FAIL, Flag.MISSING)
"""A withdrawn reading is missing: neither line nor range of the chart go through it."""
BAND_SHARE = 0.35
"""The nowcast takes at most this share of the window, so that readings stay readable."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Size and margins of a drawing; `inside` puts threshold names into the plot."""

    key: str
    width: float
    height: float
    left: float
    right: float
    ticks_x: int
    ticks_y: int
    inside: bool


WIDE = Variant("w", 760, 350, 46, 128, 9, 6, inside=False)
FULL = Variant("f", 1280, 380, 46, 140, 14, 6, inside=False)
NARROW = Variant("n", 360, 300, 40, 10, 4, 5, inside=True)
TOP = 26.0
BOTTOM = 30.0


def frame_of(
    detail: GaugeDetail, now: datetime, variant: Variant, context: GaugeContext = NO_CONTEXT
) -> Frame:
    """Choose window and range: all readings, the band's first hours, every threshold."""
    window = timedelta(hours=detail.window_h)
    has_future = detail.band is not None or bool(context.earlier)
    future = min(timedelta(hours=BAND_SHOWN_H), window * BAND_SHARE)
    end = now + (future if has_future else window * 0.03)
    values = [p.value for p in detail.points if p.value is not None and p.flag not in NO_VALUE]
    values += [threshold.value for threshold in detail.gauge.thresholds]
    values += [item.value for item in detail.by_hand]
    if detail.band:
        inside = zip(detail.band.times, detail.band.p90, strict=True)
        values += [value for at, value in inside if at <= end]
    low = min([0.0, *values])
    high = raised(max([LEAST_RANGE, *values]), context)
    return Frame(
        left=variant.left,
        right=variant.width - variant.right,
        top=TOP,
        bottom=variant.height - BOTTOM,
        start=now - window,
        end=end,
        low=low,
        high=low + (high - low) * HEADROOM,
    )


def raised(high: float, context: GaugeContext) -> float:
    """Return the upper limit with the layers; an earlier, higher forecast always fits."""
    layers = [event.peak for event in context.events] + [mark.value for mark in context.marks]
    if context.normal is not None and context.normal.high is not None:
        layers.append(context.normal.high)
    layers += [one.peak for one in context.earlier if not one.is_higher]
    inside = [value for value in layers if value <= high * MOST_STRETCH]
    return max([high, *inside, *(one.peak for one in context.earlier if one.is_higher)])
