"""The hydrograph with its sentence, key, keyboard reading and table."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.charts import hydrograph_layers as layers
from components.charts.hydrograph_frame import FULL, NARROW, WIDE, Variant, frame_of
from components.charts.hydrograph_svg import BAD_FLAGS, MOST_MARKS, hydrograph_svg
from components.charts.reader import reader
from components.finding_words import flag_word, reading_words
from components.gauge_context_words import higher_words
from components.inline_svg import inline_svg
from components.panel import disclosure, notice
from components.table import Column, Row, data_table
from services.flood.model import Flag
from services.gauge_context.model import NO_CONTEXT, GaugeContext
from services.quality.views import FlaggedWindow
from services.situation.model import GaugeDetail, Point

MOST_READINGS = 400
MOST_ROWS = 96
HINT = "Ablesen: mit der Maus darüberfahren oder auswählen und Pfeiltasten ← → benutzen."
LAYER_HINT = " Hinter dem neuesten Wert stehen Linien und Marken."
NAMES = {FULL: "chart__full", WIDE: "chart__wide", NARROW: "chart__narrow"}
Notes = Mapping[datetime, str]
"""Flag, test and reason of readings that are not trusted, by instant."""


def hydrograph(detail: GaugeDetail, now: datetime, context: GaugeContext = NO_CONTEXT) -> Component:
    """Show the readings of the window as picture, sentence, key and table."""
    about = describe(detail)
    readings = [*_readings(detail), *layers.readings(context, detail.gauge.unit, now)]
    newest = max(0, len(_shown(detail.points)) - 1)
    drawings = [_drawing(detail, now, variant, about, context) for variant in NAMES]
    slider = reader(
        drawings,
        readings,
        newest,
        f"Messwerte {detail.gauge.name} ablesen mit den Pfeiltasten",
        _last_words(detail),
    )
    hint = f"{HINT}{LAYER_HINT if len(readings) > newest + 1 else ''}"
    return html.Figure(
        [
            html.P(about, className="panel__sentence"),
            *_higher(detail, context, now),
            _key(detail, context),
            slider,
            html.P(hint, className="chart__readout", **attributes(data_readout=hint)),
            _table(detail),
            *_layer_table(detail, context, now),
        ],
        className="chart",
    )


def describe(detail: GaugeDetail) -> str:
    """Say in one or two sentences what the picture shows."""
    known = [p for p in detail.points if p.value is not None and p.flag != Flag.FAIL]
    span = window_words(detail.window_h)
    if not known:
        return f"In den letzten {span} liegt kein gültiger Messwert vor."
    low = min(known, key=lambda point: point.value or 0.0)
    high = max(known, key=lambda point: point.value or 0.0)
    unit = detail.gauge.unit
    now = known[-1].at
    text = (
        f"In den letzten {span} lag der Wasserstand zwischen {formats.quantity(low.value, unit)}"
        f" ({formats.moment(low.at, now)}) und {formats.quantity(high.value, unit)}"
        f" ({formats.moment(high.at, now)})."
    )
    return text if unit == "m" else text.replace("der Wasserstand", "der Abfluss")


def window_words(hours: int) -> str:
    """Write the window: "48 Stunden" or "7 Tagen"."""
    days, rest = divmod(hours, 24)
    return f"{days} Tagen" if rest == 0 and days > 2 else f"{hours} Stunden"  # noqa: PLR2004


def _higher(detail: GaugeDetail, context: GaugeContext, now: datetime) -> list[Component]:
    unit = detail.gauge.unit
    found = [higher_words(one, unit, now) for one in context.earlier if one.is_higher]
    return [notice(words, "warn") for words in found]


def _layer_table(detail: GaugeDetail, context: GaugeContext, now: datetime) -> list[Component]:
    rows = layers.rows(context, detail.gauge.unit, now)
    if not rows:
        return []
    columns = [Column("Linie oder Marke"), Column("Wert", "number")]
    table = data_table("Linien und Marken, von niedrig nach hoch.", columns, rows, variant="dense")
    return [disclosure("Linien und Marken als Tabelle", table)]


def _drawing(
    detail: GaugeDetail, now: datetime, variant: Variant, about: str, context: GaugeContext
) -> Component:
    frame = frame_of(detail, now, variant, context)
    plot = {
        "x": [frame.left, frame.right],
        "y": [frame.top, frame.bottom],
        "t": [frame.start.timestamp(), frame.end.timestamp()],
        "v": [frame.low, frame.high],
    }
    place = inline_svg(hydrograph_svg(detail, now, variant, about, context))
    return html.Div(place, className=NAMES[variant], **attributes(data_plot=json.dumps(plot)))


def notes_of(found: FlaggedWindow) -> Notes:
    """Return what is said of readings when they are read off."""
    return {reading.at: reading_words(reading) for reading in found.readings}


def _shown(points: Sequence[Point]) -> list[Point]:
    """Return what can be read off: evenly thinned, and as many marks as are drawn."""
    known = [point for point in points if point.value is not None][::-1]
    every = max(1, -(-len(known) // MOST_READINGS))
    marked = [index for index, point in enumerate(known) if point.flag in BAD_FLAGS][:MOST_MARKS]
    kept = sorted({*range(0, len(known), every), *marked}, reverse=True)
    return [known[index] for index in kept]


def _readings(detail: GaugeDetail) -> list[list[float | str]]:
    notes = notes_of(detail.quality)
    return [
        [point.at.timestamp(), round(point.value or 0.0, 3), _words(point, detail, notes)]
        for point in _shown(detail.points)
    ]


def _words(point: Point, detail: GaugeDetail, notes: Notes) -> str:
    is_bad = point.flag in BAD_FLAGS
    note = f", {notes.get(point.at, flag_word(point.flag))}" if is_bad else ""
    value = formats.quantity(point.value, detail.gauge.unit)
    return f"{formats.day(point.at)} {formats.clock(point.at)}{formats.NBSP}Uhr: {value}{note}"


def _last_words(detail: GaugeDetail) -> str:
    shown = _shown(detail.points)
    if not shown:
        return "kein Messwert"
    return _words(shown[-1], detail, notes_of(detail.quality))


def _key(detail: GaugeDetail, context: GaugeContext) -> Component:
    entries = [("key key--line", "Messwert"), ("key key--gap", "keine Daten")]
    if detail.band:
        entries.insert(1, ("key key--band", "Berechnung: 8 von 10 Verläufen liegen im Band"))
    if any(point.flag in BAD_FLAGS for point in detail.points):
        entries.append(("key key--suspect", "verdächtiger oder falscher Wert"))
    if detail.by_hand:
        entries.append(("key key--by-hand", "von Menschen abgelesen oder gemeldet"))
    entries += layers.key_entries(context)
    return html.Ul(
        [html.Li([html.Span(className=mark), words]) for mark, words in entries],
        className="chart-key",
    )


def _table(detail: GaugeDetail) -> Component:
    known, notes = list(detail.points), notes_of(detail.quality)
    every = max(1, -(-len(known) // MOST_ROWS))
    rows = [
        Row(
            (
                formats.stamp(point.at),
                formats.quantity(point.value, detail.gauge.unit),
                notes.get(point.at, flag_word(Flag.MISSING if point.value is None else point.flag)),
            )
        )
        for point in known[::-1][::every]
    ]
    note = "" if every == 1 else f", jeder {every}. Wert; alle stehen in der CSV-Datei"
    table = data_table(
        f"{len(rows)} Werte, neueste zuerst{note}.",
        [Column("Zeitpunkt"), Column("Wert", "number"), Column("Prüfung")],
        rows,
        variant="dense",
    )
    scroll = html.Div(
        table,
        className="table-scroll",
        tabIndex=0,
        role="region",
        **attributes(aria_label=f"Messwerte {detail.gauge.name} als Tabelle"),
    )
    return html.Details(
        [html.Summary("Messwerte als Tabelle"), scroll], className="disclosure chart-table"
    )
