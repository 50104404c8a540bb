"""Waves laid over one another: their lines from a common zero, window and range of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from string import ascii_uppercase

from components import formats
from components.charts.frame import Frame
from components.charts.hydrograph_frame import BOTTOM, HEADROOM, LEAST_RANGE, TOP, Variant, raised
from components.gauge_event_words import wave_names
from services.gauge_context.model import NO_CONTEXT, EventLine, GaugeContext
from services.gauge_events.figures import LEAD
from services.gauge_events.model import WaveFigures
from services.situation.model import GaugeView, Point

BY_BEGIN, BY_PEAK = "beginn", "scheitel"
ZERO = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the common instant of all waves; pictures show hours from it, never the date."""
HOUR = timedelta(hours=1)
HOUR_STEPS = (1, 2, 3, 6, 12, 24, 48, 72, 120, 240)
SHORTEST = timedelta(hours=3)
"""Least room after the zero, so that a wave that has just begun is no dash (estimate)."""
LEAST_LEAD = timedelta(hours=2)
"""Least room before the first crossing; of long waves half their length, at most `LEAD`."""


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave with its letter and name, and its readings moved so that its zero is `ZERO`."""

    letter: str
    name: str
    figures: WaveFigures
    points: tuple[Point, ...]
    began_at: datetime
    peak_at: datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the drawing shows."""

    gauge: GaugeView
    lines: tuple[WaveLine, ...]
    peaks: tuple[EventLine, ...]
    alignment: str

    @property
    def context(self) -> GaugeContext:
        """Return the past peaks as a layer."""
        return GaugeContext(events=self.peaks) if self.peaks else NO_CONTEXT


def lines_of(found: Sequence[WaveFigures], alignment: str) -> tuple[WaveLine, ...]:
    """Lay waves over one another at their first crossing or at their peak."""
    names = wave_names([one.wave for one in found])
    return tuple(
        _line(one, letter, name, alignment)
        for one, letter, name in zip(found, ascii_uppercase, names, strict=False)
    )


def _line(found: WaveFigures, letter: str, name: str, alignment: str) -> WaveLine:
    wave = found.wave
    moved = ZERO - (wave.peaked_at if alignment == BY_PEAK else wave.began_at)
    points = tuple(Point(point.at + moved, point.value, point.flag) for point in found.points)
    began_at, peak_at = wave.began_at + moved, wave.peaked_at + moved
    return WaveLine(letter, name, found, points, began_at, peak_at)


def hours(at: datetime) -> float:
    """Return the hours from the common zero."""
    return (at - ZERO) / HOUR


def frame_of(picture: Picture, variant: Variant) -> Frame:
    """Choose window and range: all readings, every threshold, past peaks that leave room."""
    start, end = _window(picture.lines)
    values = [point.value or 0.0 for line in picture.lines for point in line.points]
    values += [threshold.value for threshold in picture.gauge.thresholds]
    low = min([0.0, *values])
    high = raised(max([LEAST_RANGE, *values]), picture.context)
    return Frame(
        left=variant.left,
        right=variant.width - variant.right,
        top=TOP,
        bottom=variant.height - BOTTOM,
        start=start,
        end=end,
        low=low,
        high=low + (high - low) * HEADROOM,
    )


def _window(lines: Sequence[WaveLine]) -> tuple[datetime, datetime]:
    first = min([ZERO, *(line.began_at for line in lines)])
    end = max([ZERO + SHORTEST, *(line.points[-1].at for line in lines if line.points)])
    return first - min(LEAD, max(LEAST_LEAD, (end - first) / 2)), end


def hour_ticks(frame: Frame, most: int) -> list[tuple[datetime, str]]:
    """Return instants at round hours from the zero, at most about `most`, with their words."""
    span = (frame.end - frame.start) / HOUR
    step = next((step for step in HOUR_STEPS if span / step <= most), HOUR_STEPS[-1])
    first = -int(-hours(frame.start) // step)
    last = int(hours(frame.end) // step)
    return [
        (ZERO + HOUR * step * index, f"{formats.number(step * index)}{formats.NBSP}Std.")
        for index in range(first, last + 1)
    ]
