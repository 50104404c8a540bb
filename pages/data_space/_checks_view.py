"""Pieces of /daten/pruefung: the message, the table of datastreams, findings, one series."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.charts.flag_strip_svg import flag_strip_svg
from components.finding_words import (
    finding_words,
    flag_mark,
    period_words,
    reason_words,
    test_word,
)
from components.inline_svg import inline_svg
from components.panel import disclosure, notice, panel
from components.property_words import property_name
from components.table import Column, Row, data_table
from pages.data_space._checks_words import share, shares
from services.flood.model import Flag
from services.quality.views import QualityView, StreamQuality, Strip

MOST_NAMED = 3
STANDS_OUT = 0.05
"""Share of suspect and failed values of a day from which a datastream is named (estimate)."""
MEANING = (
    "Der Rohwert bleibt immer stehen; eine Prüfung ändert nur sein Kennzeichen. Verdächtige oder"
    " falsche Werte gehen nicht in die Vorwarnzeiten ein, solange sie nicht durch den folgenden"
    " Wert bestätigt sind."
)


def headline(found: QualityView) -> str:
    """Say how much of the last day is good and which datastreams stand out."""
    if not found.day:
        return "In den letzten 24 Stunden ist kein Messwert eingegangen"
    judged = {flag: count for flag, count in found.day.items() if flag != Flag.NOT_EVALUATED}
    words = f"{share(judged, Flag.GOOD)} der geprüften Werte der letzten 24 Stunden sind gut"
    odd = [item for item in found.streams if _odd_share(item) >= STANDS_OUT]
    if not odd:
        return f"{words}, keine Messreihe fällt auf"
    odd.sort(key=_odd_share, reverse=True)
    named = ", ".join(f"{item.name} ({property_name(item.observed_property)})" for item in odd[:3])
    more = f" und {len(odd) - MOST_NAMED} weitere" if len(odd) > MOST_NAMED else ""
    return f"{words}; auffällig: {named}{more}"


def lead_lines(found: QualityView) -> list[Component]:
    """Continue the headline: both windows in shares, what a flag means."""
    return [
        html.P(MEANING, className="intro__sub"),
        html.P(f"24 Stunden: {shares(found.day)}.", className="intro__meta"),
        html.P(f"30 Tage: {shares(found.month)}.", className="intro__meta"),
    ]


def streams_panel(found: QualityView) -> Component:
    """Show each datastream with its shares, newest finding and age."""
    if not found.streams:
        return panel("Messreihen", notice("Noch ist keine Messreihe angelegt."))
    columns = [
        Column("Messreihe"),
        Column("gut", "number", label="gut:", card="wide"),
        Column("verdächtig", "number", label="verdächtig:", card="wide"),
        Column("falsch", "number", label="falsch:", card="wide"),
        Column("fehlend", "number", label="fehlend:", card="wide"),
        Column("neuester Befund", label="neuester Befund:", card="wide"),
        Column("Alter", label="Alter:", card="wide"),
    ]
    ordered = sorted(found.streams, key=lambda item: (-_odd_share(item), item.name, item.key))
    rows = [_stream_row(item, found) for item in ordered]
    caption = "Messreihen, Anteile der letzten 24 Stunden, auffällige zuerst"
    table = data_table(caption, columns, rows, variant="dense cards")
    return panel("Messreihen", table, f"Prüfgrenzen in der Fassung {found.digest}")


def findings_panel(found: QualityView) -> Component:
    """List the newest findings."""
    if not found.findings:
        words = "Zu dieser Auswahl gibt es keinen Befund."
        return panel("Neueste Befunde", html.P(words, className="muted"))
    columns = [
        Column("Messreihe"),
        Column("wann", card="wide", label="wann:"),
        Column("Kennzeichen", card="right"),
        Column("Prüfung", card="wide", label="Prüfung:"),
        Column("Grund", card="wide", label="Grund:"),
    ]
    rows = [
        Row(
            (
                _name(item.name, item.key),
                period_words(item, found.now),
                flag_mark(item.flag),
                test_word(item),
                reason_words(item),
            )
        )
        for item in found.findings
    ]
    table = data_table("Befunde, neueste zuerst", columns, rows, variant="dense cards")
    return panel("Neueste Befunde", table)


def strip_panel(strip: Strip | None) -> Component | None:
    """Draw the chosen series with its flags; the same as a table below."""
    if strip is None:
        return None
    title = f"{strip.name}, {property_name(strip.key.rpartition('/')[2])}: 48 Stunden"
    odd = [point for point in strip.points if point[2] >= Flag.SUSPECT]
    about = f"{len(strip.points)} Werte, davon {len(odd)} verdächtig, falsch oder fehlend."
    drawing = flag_strip_svg(strip.points, strip.unit, about, "flag-strip")
    if drawing is None:
        return panel(title, notice("In den letzten 48 Stunden liegt keine Reihe vor."))
    legend = html.P(
        ["Linie: vertraute Werte; ", flag_mark(Flag.SUSPECT), " ", flag_mark(Flag.FAIL)],
        className="muted",
    )
    rows = [
        Row((formats.stamp(at), formats.quantity(value, strip.unit), flag_mark(flag)))
        for at, value, flag in reversed(odd)
    ]
    columns = [Column("wann"), Column("Wert", "number", card="right"), Column("Kennzeichen")]
    caption = "Werte, denen nicht getraut wird"
    table = data_table(caption, columns, rows, variant="dense cards") if rows else None
    listed = [disclosure(f"{len(rows)} Werte als Tabelle", table)] if table else []
    return panel(title, [inline_svg(drawing, "flag-strip"), html.P(about), legend, *listed])


def _stream_row(item: StreamQuality, found: QualityView) -> Row:
    shown = [share(item.counts, flag) for flag in (1, 3, 4, 9)]
    if not item.is_configured:
        shown[0] = "nicht geprüft"
    return Row(
        (
            _name(f"{item.name}, {property_name(item.observed_property)}", item.key),
            *shown,
            _newest(item, found),
            _age(item, found),
        )
    )


def _newest(item: StreamQuality, found: QualityView) -> str:
    if not item.is_configured:
        return "Für diese Größe sind keine Prüfgrenzen eingetragen."
    if item.finding is None:
        return formats.MISSING
    return f"{finding_words(item.finding)} ({period_words(item.finding, found.now)})"


def _age(item: StreamQuality, found: QualityView) -> str | Component:
    if item.newest_at is None:
        return "noch nie gemeldet"
    age = formats.age(formats.minutes_between(item.newest_at, found.now))
    if item.staleness is None or item.staleness == Flag.GOOD:
        return age
    words = "veraltet" if item.staleness == Flag.SUSPECT else "still"
    return flag_mark(item.staleness, f"{words}, {age}")


def _odd_share(item: StreamQuality) -> float:
    total = sum(item.counts.values())
    return (item.counts.get(3, 0) + item.counts.get(4, 0)) / total if total else 0.0


def _name(name: str, key: str) -> list[str | Component | None]:
    return [name, html.Br(), html.Span(key, className="small muted")]
