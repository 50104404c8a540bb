"""Waves of a gauge in one picture, with its sentence, key and keyboard reading."""

import json
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.charts.hydrograph import HINT, NAMES
from components.charts.hydrograph_frame import Variant
from components.charts.reader import reader
from components.charts.waves_frame import BY_BEGIN, Picture, WaveLine, frame_of, hours
from components.charts.waves_reading import peaks, readings, step_of, value_at
from components.charts.waves_svg import waves_svg
from components.gauge_event_words import above_words, peak_words, steepest_words, to_peak_words
from components.inline_svg import inline_svg

KEYS = ("key--line", "key--line-2", "key--line-3", "key--line-4")
PEAK_HINT = " Hinter der letzten Stunde stehen die Scheitel."
READ_BY = next(iter(NAMES))
"""The widest drawing: all of them show the same window."""


def waves_chart(picture: Picture) -> Component:
    """Show chosen waves laid over one another."""
    about = describe(picture)
    steps = readings(picture, frame_of(picture, READ_BY))
    read = [*steps, *peaks(picture)]
    newest = max(0, len(steps) - 1)
    slider = reader(
        [_drawing(picture, variant, about) for variant in NAMES],
        read,
        newest,
        f"Wellen {picture.gauge.name} ablesen mit den Pfeiltasten",
        str(read[newest][2]) if read else "kein Messwert",
    )
    hint = f"{HINT}{PEAK_HINT}"
    return html.Figure(
        [
            html.P(same_time(picture) or summary(picture), className="panel__sentence"),
            _key(picture),
            slider,
            html.P(hint, className="chart__readout", **attributes(data_readout=hint)),
        ],
        className="chart",
    )


def describe(picture: Picture) -> str:
    """Say of each wave how high, how fast and how long: the picture in words."""
    told = "; ".join(_described(line, picture.gauge.unit) for line in picture.lines)
    return f"{told[:1].upper()}{told[1:]}".rstrip(".") + "."


def summary(picture: Picture) -> str:
    """Say which of the waves was the highest and which rose fastest; of one wave say all."""
    unit, lines = picture.gauge.unit, picture.lines
    steep = [line for line in lines if line.figures.steepest is not None]
    if len(lines) == 1 or not steep:
        return describe(picture)
    highest = max(lines, key=lambda line: line.figures.wave.peak)
    fastest = max(steep, key=_rate)
    return (
        f"Am höchsten von diesen: {highest.name} mit {peak_words(highest.figures, unit)}; am"
        f" steilsten: {fastest.name} mit {steepest_words(fastest.figures.steepest, unit)}."
    )


def same_time(picture: Picture) -> str:
    """Say where the others stood as long after the first crossing as the running wave is now.

    Empty without a running wave, and where waves are laid over one another at their peak.
    """
    running = next((line for line in picture.lines if line.figures.wave.is_ongoing), None)
    others = [line for line in picture.lines if line is not running]
    if running is None or not running.points or not others or picture.alignment != BY_BEGIN:
        return ""
    at, unit = running.points[-1].at, picture.gauge.unit
    step = step_of(picture, frame_of(picture, READ_BY))
    told = []
    for line in others:
        value = value_at(line, at, step)
        where = f"bei {formats.quantity(value, unit)}" if value is not None else _no_value(line, at)
        told.append(f"{line.name} {where}")
    newest = running.figures.points[-1]
    return (
        f"Neuester Messwert der laufenden Welle: {formats.quantity(newest.value, unit)},"
        f" {formats.stamp(newest.at)}, {formats.duration(hours(at) * 60)} nach der ersten"
        f" Überschreitung. So lange danach: {', '.join(told)}."
    )


def _rate(line: WaveLine) -> float:
    return line.figures.steepest.per_hour if line.figures.steepest else 0.0


def _no_value(line: WaveLine, at: datetime) -> str:
    is_over = bool(line.points) and line.points[-1].at < at
    return "schon vorbei" if is_over else "keine Daten"


def _described(line: WaveLine, unit: str) -> str:
    found = line.figures
    return (
        f"{line.name}: Scheitel {peak_words(found, unit)}, bis zum Scheitel"
        f" {to_peak_words(found)}, stärkster Anstieg {steepest_words(found.steepest, unit)},"
        f" über der Schwelle {above_words(found)}"
    )


def _drawing(picture: Picture, variant: Variant, about: str) -> Component:
    frame = frame_of(picture, variant)
    plot = {
        "x": [frame.left, frame.right],
        "y": [frame.top, frame.bottom],
        "t": [frame.start.timestamp(), frame.end.timestamp()],
        "v": [frame.low, frame.high],
    }
    place = inline_svg(waves_svg(picture, variant, about))
    return html.Div(place, className=NAMES[variant], **attributes(data_plot=json.dumps(plot)))


def _key(picture: Picture) -> Component:
    entries = [
        (f"key {KEYS[index]}{' key--now' if line.figures.wave.is_ongoing else ''}", _entry(line))
        for index, line in enumerate(picture.lines)
    ]
    if picture.peaks:
        entries.append(("key key--event", "nur der Scheitel ist bekannt"))
    return html.Ul(
        [html.Li([html.Span(className=mark), words]) for mark, words in entries],
        className="chart-key",
    )


def _entry(line: WaveLine) -> str:
    return f"{line.letter} {line.name}"
