"""Optional layers of a hydrograph in words: for the key, the keyboard reading and the table."""

from datetime import datetime

from components import formats
from components.gauge_context_words import event_words
from components.table import Row
from services.gauge_context.model import GaugeContext

Reading = list[float | str]


def key_entries(context: GaugeContext) -> list[tuple[str, str]]:
    """Return what the key says of the layers that are drawn."""
    entries = []
    if context.normal is not None and context.normal.low is not None:
        entries.append(("key key--normal", "üblicher Bereich (neun von zehn Tagen)"))
    if context.events:
        entries.append(("key key--event", "Scheitel eines früheren Ereignisses"))
    if any(one.is_higher for one in context.earlier):
        entries.append(("key key--earlier-high", "frühere, höhere Berechnung"))
    if any(not one.is_higher for one in context.earlier):
        entries.append(("key key--earlier", "frühere Berechnung (Mittelwert)"))
    if context.marks:
        entries.append(("key key--impact", "ab hier geschieht etwas"))
    return entries


def readings(context: GaugeContext, unit: str, now: datetime) -> list[Reading]:
    """Return what the arrow keys read after the newest reading: layers, from low to high."""
    return [
        [now.timestamp(), round(value, 3), words] for value, words in _spoken(context, unit, now)
    ]


def rows(context: GaugeContext, unit: str, now: datetime) -> list[Row]:
    """Return the rows of the table of layers, from low to high."""
    return [Row((words, formats.quantity(value, unit))) for value, words in _listed(context, now)]


def _spoken(context: GaugeContext, unit: str, now: datetime) -> list[tuple[float, str]]:
    return [
        (value, f"{formats.quantity(value, unit)}: {words}")
        for value, words in _listed(context, now)
    ]


def _listed(context: GaugeContext, now: datetime) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    normal = context.normal
    if normal is not None and normal.low is not None and normal.high is not None:
        found.append((normal.low, "untere Grenze des üblichen Bereichs"))
        found.append((normal.high, "obere Grenze des üblichen Bereichs"))
    for event in context.events:
        day = formats.date_long(event.peaked_on)
        name = event_words(event, "").split(":")[0]
        found.append((event.peak, f"Scheitel {name} am {day}"))
    for mark in context.marks:
        level = f", Stufe am Ort {mark.place_name}" if mark.is_transferred else ""
        found.append((mark.value, f"{'; '.join(mark.what)}{level}"))
    for one in context.earlier:
        said = "frühere, höhere Berechnung" if one.is_higher else "frühere Berechnung"
        issued, peak = formats.moment(one.issued_at, now), formats.moment(one.peak_at, now)
        found.append((one.peak, f"{said} von {issued}, höchster Wert {peak}"))
    return sorted(found)
