"""The tables below the endangered places: gauges, places without data, without gauge, calm."""

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.by_hand import by_hand_mark
from components.freshness import age_of
from components.gauge_parts import gauge_badge
from components.links import page_link
from components.panel import disclosure, panel
from components.silence import NO_ALL_CLEAR, places, places_and_rows
from components.states import rank
from components.table import Column, Row, data_table
from components.village_parts import basis_cell, name_cell, village_badge
from services.flood.model import State
from services.situation.model import GaugeView, Situation, VillageView
from services.situation.places import one_per_place
from services.situation.urgency import urgency

MOST_OPEN = 10
ELSEWHERE = "nicht hier, sondern mit der ernsteren Angabe für ein anderes Gewässer"
EXPECTED = "Zustand: was in den nächsten 12 Stunden erwartet wird oder gemessen ist."


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
    found = sorted(villages, key=urgency(situation.clock.now))
    if not found:
        return None
    rows = [
        Row((name_cell(v), village_badge(v), basis_cell(v, situation.clock.now))) for v in found
    ]
    columns = [Column("Ort"), Column("Zustand", card="right"), Column("Grundlage", card="wide")]
    count, note = _counted(found, situation)
    table = data_table(f"{words}{note}", columns, rows, variant="dense cards")
    return disclosure(f"{title} ({count})", table, is_open=is_open)


def _counted(shown: Sequence[VillageView], situation: Situation) -> tuple[int, str]:
    """Count places as the headline does, each once by its gravest entry; say what is beyond."""
    names = {village.place_id for village in shown}
    keys = {(village.place_id, village.river_id) for village in shown}
    gravest = one_per_place(situation.villages)
    counted = [v for v in gravest if (v.place_id, v.river_id) in keys]
    note = "" if len(names) == len(shown) else f" {places_and_rows(shown)}."
    if elsewhere := len(names) - len(counted):
        note += f" Davon {'zählt' if elsewhere == 1 else 'zählen'} {places(elsewhere)} {ELSEWHERE}."
    return len(counted), note


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
                gauge_badge(gauge),
                [_value(gauge), *by_hand_mark(gauge)],
                formats.MISSING
                if gauge.is_silent
                else formats.per_hour(gauge.trend_per_h, gauge.unit),
                age_of(gauge.observed_at, now),
            ),
            state=gauge.state.value,
        )
        for gauge in connected
    ]
    caption = f"{len(rows)} {'angeschlossener' if len(rows) == 1 else 'angeschlossene'} Pegel."
    table = data_table(f"{caption} {EXPECTED}", columns, rows, variant="dense cards")
    return panel("Pegel", [table, _others(others)] if others else table)


def _value(gauge: GaugeView) -> str:
    value = formats.quantity(gauge.value, gauge.unit)
    return f"zuletzt {value}" if gauge.is_silent and gauge.value is not None else value


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
