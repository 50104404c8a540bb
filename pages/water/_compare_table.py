"""The figures of compared waves in a table that its heads sort, with past peaks of the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from dash.development.base_component import Component

from components import formats
from components.charts.waves_frame import lines_of
from components.gauge_event_words import (
    above_words,
    end_words,
    missing_words,
    notes,
    peak_words,
    steepest_words,
    threshold_words,
    to_peak_words,
)
from components.sorting import in_order
from components.table import Cell, Column, Row, data_table
from pages.water._compare_read import Shown
from services.gauge_context.model import EventLine
from services.gauge_events.model import WaveFigures

ONLY_PEAK = "Nur der Scheitel ist bekannt."


@dataclass(frozen=True, slots=True)
class _Item:
    """A row with the numbers that it is sorted by; None stands last."""

    cells: tuple[Cell, ...]
    keys: Mapping[str, float | None]


def table(shown: Shown) -> Component:
    """Show each chosen wave, and each past peak without a curve."""
    unit, threshold = shown.gauge.unit, shown.record.threshold
    level = threshold_words(threshold, unit) if threshold else "der Schwelle"
    names = [line.name for line in lines_of(shown.figures, shown.state.ausrichtung)]
    items = [_wave(one, name, unit) for one, name in zip(shown.figures, names, strict=True)]
    items += [_peak(one, unit) for one in shown.record.peaks]
    sorting = shown.state.sorting
    ordered = in_order(
        items, key=lambda item: item.keys[sorting.key], descending=sorting.descending
    )
    rows = [Row(item.cells) for item in ordered]
    caption = f"Wellen im Vergleich; „über der Schwelle“ heißt ab {level}."
    return data_table(caption, _columns(), rows, sorting, variant="dense cards")


def _columns() -> Sequence[Column]:
    return (
        Column("Welle", sort_key="begin"),
        Column("Scheitel", "number", "right", "Scheitel", "peak"),
        Column("Zeit des Scheitels", "text", "wide", "Zeit des Scheitels"),
        Column("stärkster Anstieg", "number", "wide", "stärkster Anstieg", "rise"),
        Column("bis zum Scheitel", "number", "wide", "bis zum Scheitel", "to_peak"),
        Column("über der Schwelle", "number", "wide", "über der Schwelle", "above"),
        Column("Ende", "text", "wide", "Ende"),
        Column("fehlende Messwerte", "number", "wide", "fehlende Messwerte", "missing"),
        Column("Hinweise", "text", "wide", "Hinweise"),
    )


def _wave(found: WaveFigures, name: str, unit: str) -> _Item:
    wave = found.wave
    begin = f"{name}, ab {formats.stamp(wave.began_at)}" if wave.is_ongoing else name
    cells = (
        begin,
        peak_words(found, unit),
        formats.stamp(wave.peaked_at),
        steepest_words(found.steepest, unit),
        to_peak_words(found),
        above_words(found),
        end_words(found),
        missing_words(found.missing_share),
        " ".join(notes(found, unit)) or formats.MISSING,
    )
    keys = {
        "begin": wave.began_at.timestamp(),
        "peak": wave.peak,
        "rise": found.steepest.per_hour if found.steepest else None,
        "to_peak": found.hours_to_peak,
        "above": found.hours_above,
        "missing": found.missing_share,
    }
    return _Item(cells, keys)


def _peak(event: EventLine, unit: str) -> _Item:
    """Return the row of a peak that stands alone; what is not known of it is no zero."""
    mark = " (Schätzung)" if event.provisional else ""
    unknown = (formats.MISSING,) * 5
    cells = (
        event.name,
        f"{formats.quantity(event.peak, unit)}{mark}",
        formats.date_long(event.peaked_on),
        *unknown,
        f"{ONLY_PEAK} Quelle: {event.source}",
    )
    day = datetime.combine(event.peaked_on, time(), formats.BERLIN).timestamp()
    keys = dict.fromkeys(("rise", "to_peak", "above", "missing"))
    return _Item(cells, {"begin": day, "peak": event.peak, **keys})
