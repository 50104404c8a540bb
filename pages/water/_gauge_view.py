"""Pieces of the gauge page."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.by_hand import by_hand_words
from components.content import Content
from components.freshness import age_of
from components.gauge_parts import expected_word, measured_line
from components.hero import facts, hero
from components.level_words import until_words
from components.links import file_link, page_link
from components.panel import notice, panel
from components.river_nav import river_nav
from components.short_name import gauge_name
from components.silence import places
from components.table import Column, Row, data_table
from components.village_parts import (
    ORDER_WORDS,
    arrival_cell,
    name_cell,
    usable_words,
    village_badge,
)
from pages.water._gauge_levels import threshold_panel
from pages.water._gauge_quality import newest_line, quality_panel
from services.flood.model import MEASURED, RATED
from services.people.identity import may
from services.people.model import Right
from services.situation.along import Along
from services.situation.model import GaugeDetail, GaugeView
from services.situation.urgency import urgency

ROLE_WORDS = {
    "context": "Dieser Pegel steht an einem großen Fluss und dient nur dem Vergleich.",
    "donor": "Dieser Pegel steht an einem Nachbargewässer und dient der Ableitung von Kennwerten.",
    "no-position": "Die Lage dieses Pegels ist nicht bekannt.",
}
PERCENT = 100

RATED_WORDS = "Abflusskurve des Betreibers"
MEASURED_WORDS = "Abfluss gemessen"
LEVEL_WORDS = (
    "ohne Abflusskurve: Stufen werden von Pegel zu Ort übertragen, es wird kein Abfluss geschätzt"
)


def name_of(gauges: Iterable[GaugeView], gauge_id: str) -> str:
    """Return the name of a gauge for the title."""
    found = next((gauge.name for gauge in gauges if gauge.gauge_id == gauge_id), "")
    return gauge_name(found) if found else "Pegel"


def missing(words: str) -> Component:
    """Say that there is no such gauge and lead back."""
    return html.Div([notice(words, "warn"), html.P(page_link("Alle Pegel und Orte", urls.WATER))])


def lead_lines(detail: GaugeDetail, now: datetime) -> list[Component]:
    """Show where the gauge stands and its value in large."""
    gauge = detail.gauge
    km = f" · Flusskilometer {formats.number(gauge.river_km, 1)}" if gauge.river_km else ""
    where = html.P(f"{gauge.river_name}{km} · {gauge.operator}", className="intro__meta")
    return [
        where,
        html.Div([_value(detail, now), threshold_panel(detail, now)], className="grid grid--hero"),
    ]


def _value(detail: GaugeDetail, now: datetime) -> Component:
    gauge = detail.gauge
    if not gauge.is_connected:
        words = ROLE_WORDS.get(gauge.role, "")
        return hero(gauge.state, "kein Anschluss", words, gauge.sentence)
    number: Content = formats.quantity(gauge.value, gauge.unit)
    label: list[Component | str] = [
        "von Hand, " if gauge.by_hand else "gemessen ",
        age_of(gauge.observed_at, now),
        f" · {formats.per_hour(gauge.trend_per_h, gauge.unit)}",
    ]
    if by_hand_words(gauge):
        label.append(f" · {by_hand_words(gauge)}")
    if gauge.is_silent:
        number = "kein Wert"
        label = ["letzter Messwert ", age_of(gauge.observed_at, now)]
        if may(Right.OPERATE):
            by_hand = page_link("Ablesung von Hand eintragen", urls.reading_url(gauge.gauge_id))
            label += [" · ", by_hand]
    lines = [line for line in (measured_line(gauge), newest_line(detail, now)) if line]
    return hero(
        gauge.state,
        number,
        label,
        gauge.sentence,
        word=expected_word(gauge),
        details=lines,
    )


def body(detail: GaugeDetail, now: datetime, along: Sequence[Along] = ()) -> list[Component]:
    """Show places below, the way along the river, files and facts."""
    below = html.Div([*river_nav(along, now), _about(detail)], className="grid grid--hero")
    parts: list[Component] = [below]
    checked = quality_panel(detail, now)
    if checked is not None:
        parts.insert(0, checked)
    if detail.villages_below:
        parts.insert(0, _villages(detail, now))
    return parts


def _villages(detail: GaugeDetail, now: datetime) -> Component:
    columns = [
        Column("Ort"),
        Column("Zustand", card="right"),
        Column("Ankunft der Stufe", label="Ankunft der Stufe", card="wide"),
        Column("mindestens nutzbar", "number", label="mindestens nutzbar", card="wide"),
    ]
    rows = [
        Row(
            (
                name_cell(v),
                village_badge(v),
                arrival_cell(v, now),
                f"{usable_words(v)} {until_words(v)}".strip(),
            ),
            state=v.state.value,
        )
        for v in sorted(detail.villages_below, key=urgency(now))
    ]
    table = data_table(
        f"{places(len(rows))}, für {'den' if len(rows) == 1 else 'die'} dieser Pegel spricht,"
        f" {ORDER_WORDS}.",
        columns,
        rows,
        variant="dense cards",
    )
    return panel("Orte unterhalb", table)


def flow_words(gauge: GaugeView) -> str:
    """Return how the readings of a gauge become a flow."""
    if gauge.mode == MEASURED:
        return MEASURED_WORDS
    if gauge.mode != RATED:
        return LEVEL_WORDS
    if gauge.rating_sigma is None:
        return RATED_WORDS
    return f"{RATED_WORDS} (±{formats.number(gauge.rating_sigma * PERCENT)}{formats.NBSP}%)"


def _about(detail: GaugeDetail) -> Component:
    gauge = detail.gauge
    csv = file_link(
        f"Messwerte dieses Zeitraums als CSV ({detail.window_h} Stunden)",
        urls.observations_csv(gauge.gauge_id, detail.window_h),
    )
    sources = sorted({threshold.source for threshold in gauge.thresholds if threshold.source})
    rows: list[tuple[str, Content]] = [
        ("Daten", csv if gauge.is_connected else ""),
        ("Betreiber", gauge.operator),
        ("Kennung", gauge.gauge_id),
        ("Vom Messwert zum Abfluss", flow_words(gauge) if gauge.is_connected else ""),
        ("Herkunft der Schwellen", "; ".join(sources)),
        ("Qualität", "Rohdaten, beim Eingang geprüft; jedes Kennzeichen nennt Prüfung und Grund"),
    ]
    return panel("Daten und Herkunft", facts(rows))
