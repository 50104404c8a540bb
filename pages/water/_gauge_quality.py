"""Which readings of a gauge are not trusted, by which test or person, and why."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.finding_words import (
    finding_words,
    findings_words,
    flag_mark,
    period_words,
)
from components.links import page_link
from components.panel import disclosure, panel
from components.table import Column, Row, data_table
from services.flood.model import Flag
from services.quality.views import FlaggedReading
from services.situation.model import GaugeDetail, GaugeView

OPEN = 5
"""Readings that are shown at once; the others behind one line."""
HINTS_OPEN = 3
NOT_OK = "Die Berechnung hält den Wert für verdächtig."
MEANING = (
    "Verdächtige und falsche Werte gehen nicht in die Vorwarnzeiten ein, solange sie nicht durch "
    "den folgenden Wert bestätigt sind. Der Rohwert bleibt immer stehen."
)
HINTS = "Hinweise aus dem Vergleich mit Nachbarpegeln und Regen; sie ändern kein Kennzeichen:"


def newest_line(detail: GaugeDetail, now: datetime) -> Component | None:
    """Say beside the value what is wrong with the newest reading; nothing where it is good."""
    newest, gauge = detail.quality.newest, detail.gauge
    if newest is None or newest.flag == Flag.GOOD:
        is_doubted = gauge.flag == Flag.SUSPECT and not gauge.is_silent
        return html.P(NOT_OK) if is_doubted else None
    words: list[Component | str] = [flag_mark(newest.flag)]
    if newest.flag != Flag.NOT_EVALUATED:
        words.append(f", {findings_words(newest.findings)}.")
    if _is_shown(newest, gauge):
        return html.P(["Kennzeichen dieses Werts: ", *words])
    value = "ohne Wert" if newest.value is None else formats.quantity(newest.value, gauge.unit)
    begin = f"Neuester Messwert ({formats.moment(newest.at, now)}, {value}): "
    is_older = not gauge.is_silent and gauge.value is not None
    end = [" Gezeigt ist der letzte Wert, dem getraut wird."] if is_older else []
    return html.P([begin, *words, *end])


def _is_shown(newest: FlaggedReading, gauge: GaugeView) -> bool:
    return not gauge.is_silent and (newest.at, newest.value) == (gauge.observed_at, gauge.value)


def quality_panel(detail: GaugeDetail, now: datetime) -> Component | None:
    """List the readings of the window that are not trusted, newest first, and the hints."""
    found = detail.quality
    if not detail.gauge.is_connected or not found.key:
        return None
    parts: list[Component] = []
    if found.readings:
        said = html.P(_sum(found.count), className="panel__sentence")
        parts = [said, html.P(MEANING, className="muted"), *_tables(detail)]
    else:
        words = "Im gezeigten Zeitraum ist kein Messwert verdächtig, falsch oder fehlend."
        parts = [html.P(words)]
    parts += _hints(detail, now)
    link = page_link("Alle Befunde dieser Messreihe", urls.checks_url(found.key))
    return panel("Prüfung der Messwerte", [*parts, html.P(link)])


def _sum(count: int) -> str:
    if count == 1:
        return "Ein Messwert des Zeitraums ist verdächtig, falsch oder fehlend."
    return f"{formats.number(count)} Messwerte des Zeitraums sind verdächtig, falsch oder fehlend."


def _tables(detail: GaugeDetail) -> list[Component]:
    """Show the newest ones, the others behind one line."""
    found = detail.quality
    first, rest = found.readings[:OPEN], found.readings[OPEN:]
    caption = "Die neuesten zuerst" if rest or len(first) > 1 else "Wert und Grund"
    tables: list[Component] = [_table(caption, first, detail.gauge.unit)]
    if rest:
        left = found.count - len(first) - len(rest)
        more = f"; {formats.number(left)} noch ältere stehen nicht hier" if left > 0 else ""
        summary = "Ein weiterer Messwert" if len(rest) == 1 else f"{len(rest)} weitere Messwerte"
        tables.append(disclosure(summary, _table(f"Ältere{more}", rest, detail.gauge.unit)))
    return tables


def _table(caption: str, readings: tuple[FlaggedReading, ...], unit: str) -> Component:
    columns = [
        Column("Zeitpunkt"),
        Column("Wert", "number", card="right"),
        Column("Kennzeichen", card="wide", label="Kennzeichen:"),
        Column("Prüfung und Grund", card="wide", label="Prüfung und Grund:"),
    ]
    rows = [
        Row(
            (
                formats.stamp(reading.at),
                formats.quantity(reading.value, unit),
                flag_mark(reading.flag),
                findings_words(reading.findings),
            )
        )
        for reading in readings
    ]
    return data_table(caption, columns, rows, variant="dense cards")


def _hints(detail: GaugeDetail, now: datetime) -> list[Component]:
    items = [
        html.Li(f"{finding_words(hint)} ({period_words(hint, now)})")
        for hint in detail.quality.hints
    ]
    if not items:
        return []
    rest = items[HINTS_OPEN:]
    parts: list[Component] = [html.P(HINTS), html.Ul(items[:HINTS_OPEN], className="line-list")]
    if rest:
        summary = "Ein weiterer Hinweis" if len(rest) == 1 else f"{len(rest)} weitere Hinweise"
        parts.append(disclosure(summary, html.Ul(rest, className="line-list")))
    return parts
