"""The frame of a chart over time: where an instant and a value lie, and which ticks to draw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, log10

from components import formats

HOUR_STEPS = (1, 2, 3, 6, 12)
DAY_STEPS = (1, 2, 5, 7, 10, 30)
HOURS_PER_DAY = 24
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
ROUND_UP = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Frame:
    """Plot area in drawing units, the window of time and the range of values."""

    left: float
    right: float
    top: float
    bottom: float
    start: datetime
    end: datetime
    low: float
    high: float

    def x(self, at: datetime) -> float:
        """Return where an instant lies."""
        share = (at - self.start) / (self.end - self.start)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a value lies; the top is the high end."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant lies inside the window."""
        return self.start <= at <= self.end


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values between two limits, at most `most` steps apart."""
    rough = max(high - low, 1e-9) / max(1, most)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in NICE if power * factor >= rough * ROUND_UP)
    first = ceil(low / step - 1e-9)
    last = floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def decimals(ticks: list[float]) -> int:
    """Return how many digits the ticks need after the comma."""
    return next(
        (digits for digits in (0, 1, 2) if all(round(tick, digits) == tick for tick in ticks)), 2
    )


def time_ticks(start: datetime, end: datetime, most: int) -> list[tuple[datetime, str]]:
    """Return instants on round local hours or days with their German words."""
    hours = (end - start).total_seconds() / 3600
    for step in HOUR_STEPS:
        if hours / step <= most:
            return [(at, _hour_word(at)) for at in _hours(start, end, step)]
    days = hours / HOURS_PER_DAY
    step = next((step for step in DAY_STEPS if days / step <= most), DAY_STEPS[-1])
    midnights = list(_hours(start, end, HOURS_PER_DAY))
    return [(at, f"{formats.local(at):%d.%m.}") for at in midnights[::step]]


def _hours(start: datetime, end: datetime, step: int) -> Iterator[datetime]:
    at = start.replace(minute=0, second=0, microsecond=0)
    while at <= end:
        if at >= start and formats.local(at).hour % step == 0:
            yield at
        at += timedelta(hours=1)


def _hour_word(at: datetime) -> str:
    here = formats.local(at)
    return formats.day(at) if here.hour == 0 else f"{here:%H} Uhr"
