"""Sizes of the hydrograph and the window and range that it shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from components.charts.frame import Frame
from services.flood.model import Flag
from services.situation.model import GaugeDetail

HEADROOM = 1.08
LEAST_RANGE = 0.2
BAND_SHOWN_H = 12
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


def frame_of(detail: GaugeDetail, now: datetime, variant: Variant) -> Frame:
    """Choose window and range: all readings, the band's first hours, every threshold."""
    window = timedelta(hours=detail.window_h)
    future = min(timedelta(hours=BAND_SHOWN_H), window * BAND_SHARE)
    end = now + (future if detail.band else window * 0.03)
    values = [p.value for p in detail.points if p.value is not None and p.flag != Flag.FAIL]
    values += [threshold.value for threshold in detail.gauge.thresholds]
    if detail.band:
        inside = zip(detail.band.times, detail.band.p90, strict=True)
        values += [value for at, value in inside if at <= end]
    low = min([0.0, *values])
    high = max([LEAST_RANGE, *values])
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
