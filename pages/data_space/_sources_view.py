"""Pieces of /daten/quellen: the message, the table of sources, warnings, rejected messages."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.content import Content
from components.panel import notice, panel
from components.states import state_badge
from components.table import Column, Row, data_table
from pages.data_space._sources_words import REASONS, SEVERITIES
from services.flood.model import State
from services.sources.views import SourceState, SourcesView, SourceView

BADGES = {
    SourceState.OK: State.OK,
    SourceState.FAILING: State.VORALARM,
    SourceState.STILL: State.UNBEKANNT,
    SourceState.STALE: State.UNBEKANNT,
}
"""States with a colour of their own; the others are no finding and have a ring."""

PAUSED = (
    "In der Simulation und ohne Netz (COCKPIT_OFFLINE) wird keine Quelle abgerufen. Die Liste "
    "zeigt, was im Echtbetrieb geholt würde."
)
NOT_CONTRACTED = "nicht vertraglich"
NAMED = (
    (SourceState.STILL, "still"),
    (SourceState.STALE, "veraltet"),
    (SourceState.FAILING, "gestört"),
)
MOST_AREAS = 8
"""Names that fit into a cell (estimate)."""


def headline(found: SourcesView) -> str:
    """Say in one sentence how many sources deliver and which are silent."""
    active = [item for item in found.sources if item.state is not SourceState.OFF]
    if not found.sources:
        return "Für diese Region ist keine Quelle eingetragen"
    if found.is_paused:
        return f"Keine Quelle wird abgerufen, {formats.number(len(active))} sind vorgesehen"
    if not active:
        return "Keine Quelle ist eingeschaltet"
    good = sum(item.state is SourceState.OK for item in active)
    words = f"{formats.number(good)} von {formats.number(len(active))} Quellen liefern"
    parts = [
        f"{word}: {', '.join(item.title for item in active if item.state is state)}"
        for state, word in NAMED
        if any(item.state is state for item in active)
    ]
    return "; ".join([words, *parts])


def lead_lines(found: SourcesView) -> list[Component]:
    """Continue the headline: why nothing is fetched, or what still means."""
    if found.is_paused:
        return [notice(PAUSED)]
    words = (
        "Still heißt: seit mehr als drei Abständen kein gelungener Abruf. Veraltet heißt: der "
        "Abruf gelingt, aber der neueste Wert darin ist alt. Beides ist kein Stand von jetzt."
    )
    return [html.P(words, className="intro__sub")]


def sources_panel(found: SourcesView) -> Component:
    """Show each source with state, age, next attempt and what went wrong."""
    if not found.sources:
        words = "Quellen stehen in der Datei sources.toml des Regionsordners."
        return panel("Quellen", notice(words))
    columns = [
        Column("Quelle"),
        Column("Zustand", card="right"),
        Column("letzter Erfolg", card="wide", label="letzter Erfolg:"),
        Column("neuester Wert", card="wide", label="neuester Wert:"),
        Column("nächster Abruf", card="wide", label="nächster Abruf:"),
        Column("Einträge", "number", card="wide", label="Einträge:"),
        Column("Herausgeber und Lizenz", card="wide", label="Herausgeber:"),
        Column("Meldung", card="wide", label="Meldung:"),
    ]
    rows = [_row(item, found) for item in found.sources]
    table = data_table("Quellen und ihr Stand", columns, rows, variant="dense cards")
    return panel("Quellen", table)


def warnings_panel(found: SourcesView) -> Component:
    """List the warnings of others that hold now; none is said in words and is no all-clear."""
    title = "Amtliche Warnungen aus den Quellen"
    if not found.warnings:
        words = "Aus den Quellen liegt keine gültige Warnung vor. Das ist keine Entwarnung."
        return panel(title, html.P(words, className="muted"))
    rows = [
        Row(
            (
                item.headline,
                SEVERITIES.get(item.severity, item.severity),
                _moment(item.onset, found),
                _moment(item.expires, found),
                _areas(item.areas),
            )
        )
        for item in found.warnings
    ]
    columns = [
        Column("Warnung"),
        Column("Schwere", card="right"),
        Column("von", card="wide", label="von:"),
        Column("bis", card="wide", label="bis:"),
        Column("Gebiete", card="wide", label="Gebiete:"),
    ]
    return panel(
        title, data_table("Gültige Warnungen anderer Stellen", columns, rows, variant="dense cards")
    )


def rejected_panel(found: SourcesView) -> Component:
    """Count what could not be used since a day ago, by reason."""
    title = "Abgewiesene Meldungen der letzten 24 Stunden"
    if not found.rejected:
        return panel(title, html.P("Keine Meldung wurde abgewiesen.", className="muted"))
    ordered = sorted(found.rejected.items(), key=lambda item: (-item[1], item[0]))
    rows = [Row((REASONS.get(code, code), formats.number(count))) for code, count in ordered]
    columns = [Column("Grund"), Column("Anzahl", "number", card="right")]
    return panel(title, data_table("Abgewiesen nach Grund", columns, rows, variant="dense cards"))


def _row(item: SourceView, found: SourcesView) -> Row:
    return Row(
        (
            _title(item),
            _state(item),
            _with_age(item.success_at, found, "noch nie"),
            _with_age(item.newest_at, found, formats.MISSING),
            _next(item, found),
            formats.number(item.items) if item.success_at and item.is_polled else formats.MISSING,
            f"{item.publisher}; {item.licence}",
            _message(item),
        )
    )


def _message(item: SourceView) -> str:
    words = item.message or item.terms or formats.MISSING
    if not item.failures:
        return words
    times = "1 Fehlschlag" if item.failures == 1 else f"{item.failures} Fehlschläge in Folge"
    return f"{times}: {words}"


def _title(item: SourceView) -> Content:
    parts: list[str | Component | None] = [item.title, html.Br()]
    parts.append(html.Span(item.kind, className="muted"))
    if item.lacks_agreement:
        parts += [html.Br(), html.Span(NOT_CONTRACTED, className="small muted")]
    return parts


def _state(item: SourceView) -> Component:
    words = str(item.state)
    badge = BADGES.get(item.state)
    if badge is not None:
        return state_badge(badge, words)
    ring = html.Span("○ ", **attributes(aria_hidden="true"))
    return html.Span([ring, words], className="muted")


def _with_age(at: datetime | None, found: SourcesView, without: str) -> str:
    """Write an instant and its age as it is now, on the wall clock and not on that of a replay."""
    if at is None:
        return without
    age = formats.age(formats.minutes_between(at, found.now))
    return f"{formats.moment(at, found.now)} ({age})"


def _next(item: SourceView, found: SourcesView) -> str:
    if not item.is_polled:
        return "sendet selbst"
    if item.next_at is None or item.state in {SourceState.OFF, SourceState.PAUSED}:
        return formats.MISSING
    return formats.moment(item.next_at, found.now)


def _areas(names: tuple[str, ...]) -> str:
    more = " und weitere" if len(names) > MOST_AREAS else ""
    return ", ".join(names[:MOST_AREAS]) + more


def _moment(at: datetime | None, found: SourcesView) -> str:
    return formats.MISSING if at is None else formats.moment(at, found.now)
