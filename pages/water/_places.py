"""The tables below the endangered places: gauges, places without data, without gauge, calm."""

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.freshness import age_of
from components.links import page_link
from components.panel import disclosure, panel
from components.silence import NO_ALL_CLEAR
from components.states import rank, state_badge
from components.table import Column, Row, data_table
from components.village_parts import basis_cell, name_cell, urgency, village_badge
from services.flood.model import State
from services.situation.model import GaugeView, Situation, VillageView

MOST_OPEN = 10


def rest(situation: Situation) -> Component:
    """Show places without data, places without a gauge, calm places."""
    exposed = [village for village in situation.villages if village.exposed]
    silent = [v for v in exposed if v.state is State.UNBEKANNT and v.has_gauge_above]
    without = [v for v in exposed if not v.has_gauge_above]
    calm = [v for v in exposed if v.state is State.OK]
    groups = [
        _group(
            "Orte ohne Daten",
            silent,
            situation,
            NO_ALL_CLEAR,
            is_open=len(silent) <= MOST_OPEN,
        ),
        _group(
            "Orte ohne Pegel oberhalb",
            without,
            situation,
            "Hier misst kein Pegel oberhalb: keine Aussage. Sie zählen nicht als stumm.",
        ),
        _group(
            "Ruhige Orte", calm, situation, "Nach den Pegeln oberhalb ist kein Anstieg zu erwarten."
        ),
    ]
    return panel("Weitere Orte", [group for group in groups if group])


def _group(
    title: str,
    villages: Iterable[VillageView],
    situation: Situation,
    words: str,
    *,
    is_open: bool = False,
) -> Component | None:
    found = sorted(villages, key=urgency)
    if not found:
        return None
    rows = [
        Row((name_cell(v), village_badge(v), basis_cell(v, situation.clock.now))) for v in found
    ]
    columns = [Column("Ort"), Column("Zustand", card="right"), Column("Grundlage", card="wide")]
    table = data_table(words, columns, rows, variant="dense cards")
    return disclosure(f"{title} ({len(found)})", table, is_open=is_open)


def gauges(situation: Situation) -> Component:
    """Show the connected gauges, the most urgent first, and the names of the others."""
    now = situation.clock.now
    connected = sorted(
        (gauge for gauge in situation.gauges if gauge.is_connected),
        key=lambda gauge: (rank(gauge.state), gauge.river_name, -(gauge.river_km or 0)),
    )
    others = [gauge for gauge in situation.gauges if not gauge.is_connected]
    columns = [
        Column("Pegel"),
        Column("Zustand", card="right"),
        Column("Wert", "number", card="", label="Wert"),
        Column("Trend", card="right"),
        Column("Alter", card="wide", label="gemessen"),
    ]
    rows = [
        Row(
            (
                [
                    page_link(gauge.name, urls.gauge_url(gauge.gauge_id)),
                    html.Span(gauge.river_name, className="cell--sub"),
                ],
                state_badge(gauge.state, "Stumm" if gauge.is_silent else None),
                formats.quantity(gauge.value, gauge.unit),
                formats.MISSING
                if gauge.is_silent
                else formats.per_hour(gauge.trend_per_h, gauge.unit),
                age_of(gauge.observed_at, now),
            ),
            state=gauge.state.value,
        )
        for gauge in connected
    ]
    table = data_table(f"{len(rows)} angeschlossene Pegel.", columns, rows, variant="dense cards")
    return panel("Pegel", [table, _others(others)] if others else table)


def _others(gauges: Sequence[GaugeView]) -> Component:
    links = [
        html.Li(
            [
                page_link(gauge.name, urls.gauge_url(gauge.gauge_id)),
                html.Span(f"{gauge.river_name} · {gauge.operator}", className="soft"),
            ]
        )
        for gauge in gauges
    ]
    items = html.Ul(links, className="plain-list line-list")
    return disclosure(f"Weitere Pegel ohne Verbindung hierher ({len(gauges)})", items)
