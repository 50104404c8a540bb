"""Waves read off by mouse and arrow keys: all of them at one hour, then each peak."""

from bisect import bisect_left
from datetime import datetime, timedelta
from math import ceil, floor

from components import formats
from components.charts.frame import Frame
from components.charts.waves_frame import BY_PEAK, ZERO, Picture, WaveLine, hours
from components.gauge_event_words import peak_words

MOST_READINGS = 400
STEPS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 180))
"""Steps of time at which waves are read off: the smallest that neither outruns the readings nor
makes more than the keyboard can walk through."""
NO_DATA = "keine Daten"
Reading = list[float | str]


def readings(picture: Picture, frame: Frame) -> list[Reading]:
    """Return what is read at steps from the zero, from left to right: seconds, value, words."""
    step = step_of(picture, frame)
    first, last = ceil((frame.start - ZERO) / step), floor((frame.end - ZERO) / step)
    every = (_reading(picture, ZERO + step * index, step) for index in range(first, last + 1))
    return [reading for reading in every if reading is not None]


def peaks(picture: Picture) -> list[Reading]:
    """Return the peaks, which the arrow keys reach after the last step."""
    unit = picture.gauge.unit
    found: list[Reading] = []
    for line in picture.lines:
        wave = line.figures.wave
        words = f"Scheitel {line.name}: {peak_words(line.figures, unit)}"
        when = formats.stamp(wave.peaked_at)
        found.append([line.peak_at.timestamp(), round(wave.peak, 3), f"{words}, {when}"])
    return found


def step_of(picture: Picture, frame: Frame) -> timedelta:
    """Return the step of time at which waves are read off."""
    sampling = max((line.figures.sampling for line in picture.lines), default=STEPS[0])
    least = max(sampling, (frame.end - frame.start) / MOST_READINGS)
    return next((step for step in STEPS if step >= least), least)


def value_at(line: WaveLine, at: datetime, step: timedelta) -> float | None:
    """Return the valid reading nearest to an instant, None where none lies within a step."""
    place = bisect_left(line.points, at, key=lambda point: point.at)
    around = line.points[max(0, place - 1) : place + 1]
    near = min(around, key=lambda point: abs(point.at - at), default=None)
    return near.value if near is not None and abs(near.at - at) <= step else None


def hour_words(at: datetime, alignment: str) -> str:
    """Write the time from the common zero: "3 Std. 15 Min. nach der ersten Überschreitung"."""
    zero = "dem Scheitel" if alignment == BY_PEAK else "der ersten Überschreitung"
    found = hours(at)
    if abs(found) * 60 < 1:
        return "Scheitel" if alignment == BY_PEAK else "erste Überschreitung"
    return f"{formats.duration(abs(found) * 60)} {'nach' if found > 0 else 'vor'} {zero}"


def _reading(picture: Picture, at: datetime, step: timedelta) -> Reading | None:
    """Return the words of all waves at one step; the dot stands at the first that has a value."""
    unit, told, value = picture.gauge.unit, [], None
    for line in picture.lines:
        if not line.points or not line.points[0].at <= at <= line.points[-1].at:
            continue
        own = value_at(line, at, step)
        told.append(f"{line.name} {NO_DATA if own is None else formats.quantity(own, unit)}")
        value = own if value is None else value
    if value is None:
        return None
    words = f"{hour_words(at, picture.alignment)}: {', '.join(told)}"
    return [at.timestamp(), round(value, 3), words]
