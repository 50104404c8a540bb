"""Pieces of /gewaesser around the table of endangered places."""

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.charts.river_walk import river_walk
from components.choice import choice
from components.freshness import age_of, stand_of
from components.links import page_link
from components.maps.legend import state_legend
from components.maps.map_view import map_view
from components.panel import disclosure, loading_line, notice, panel
from components.silence import NO_ALL_CLEAR
from components.states import rank, state_badge
from components.table import Column, Row, data_table
from components.village_parts import (
    arrival_words,
    basis_cell,
    name_cell,
    urgency,
    usable_words,
    village_badge,
)
from pages.water import _ids as ids
from pages.water._run_rows import run_rows
from pages.water._state import IndexState
from pages.water._what_if import form
from services.flood.model import State
from services.situation.model import GaugeView, RiverWalk, RunView, Situation, VillageView

MOST_RUNS = 8
MOST_OPEN = 10
MAP_NOTE = "Gewässerlinien schematisch"
MAP_LABEL = "Karte der Gewässer, Pegel und Orte; die Tabellen darunter enthalten dieselben Angaben"


def lead_lines(situation: Situation) -> list[Component]:
    """Continue the headline: the rest of the sentence, as-of time, faults."""
    now = situation.clock.now
    meta: list[Component | str] = [stand_of(situation.run_at, now)]
    if situation.rejected_last_day:
        count = formats.number(situation.rejected_last_day)
        meta.append(
            f" · {count} Meldungen des letzten Tages waren nicht lesbar und sind aufbewahrt"
        )
    lines: list[Component] = [
        html.P(situation.subline, className="intro__sub"),
        html.P(meta, className="intro__meta"),
    ]
    if situation.is_stale and situation.run_id:
        lines.append(notice("Die Berechnung ist veraltet: Es kam lange kein neuer Lauf.", "warn"))
    lines += [notice(fault, "warn") for fault in situation.faults]
    return lines


def picture(state: IndexState) -> Component:
    """Place map and Laufzeitdiagramm side by side."""
    rivers = [(state.fluss, state.fluss)] if state.fluss else []
    walk_panel = panel(
        "Laufzeitdiagramm",
        [
            choice("Gewässer", ids.INDEX_RIVER, rivers, state.fluss),
            html.Div(loading_line(), id=ids.INDEX_WALK),
        ],
    )
    map_panel = panel(
        "Karte",
        [
            map_view(ids.INDEX_MAP, MAP_LABEL, MAP_NOTE),
            state_legend(),
            html.Div(id=ids.INDEX_SELECTION, className="map-selection", role="status"),
        ],
        hint="auswählen zeigt Einzelheiten",
    )
    return html.Div([map_panel, walk_panel], className="grid grid--picture")


def worst_river(situation: Situation, river_ids: Sequence[str]) -> str:
    """Return the river whose places are worst off, the first one when all are calm."""
    states = {river_id: [State.OK] for river_id in river_ids}
    for village in situation.villages:
        if village.river_id in states and village.has_gauge_above and village.exposed:
            states[village.river_id].append(village.state)
    ordered = sorted(states, key=lambda river_id: min(rank(state) for state in states[river_id]))
    return ordered[0] if ordered else ""


def walk(river: RiverWalk) -> Component:
    """Show one river."""
    return river_walk(river)


def selection(situation: Situation, picked: dict[str, str] | None) -> Component:
    """Describe what was clicked; before a click, say that one may."""
    kind, wanted = (picked or {}).get("kind"), (picked or {}).get("id")
    if kind == "gauge":
        gauge = next((g for g in situation.gauges if g.gauge_id == wanted), None)
        if gauge:
            return _gauge_selection(gauge, situation)
    villages = [v for v in situation.villages if kind == "village" and v.place_id == wanted]
    if villages:
        return html.Div([_village_selection(village, situation) for village in villages])
    return html.P("Einen Ort oder Pegel auf der Karte auswählen.", className="muted")


def _village_selection(village: VillageView, situation: Situation) -> Component:
    return html.P(
        [
            page_link(f"{village.name} ({village.river_name})", urls.village_url(village.place_id)),
            " ",
            village_badge(village),
            f" Ankunft {arrival_words(village, situation.clock.now)}, mindestens nutzbar: ",
            html.Strong(usable_words(village)),
        ]
    )


def _gauge_selection(gauge: GaugeView, situation: Situation) -> Component:
    return html.P(
        [
            page_link(f"{gauge.name} ({gauge.river_name})", urls.gauge_url(gauge.gauge_id)),
            " ",
            state_badge(gauge.state),
            " ",
            html.Strong(formats.quantity(gauge.value, gauge.unit)),
            f", {formats.per_hour(gauge.trend_per_h, gauge.unit)}, ",
            age_of(gauge.observed_at, situation.clock.now),
        ]
    )


def rest(situation: Situation) -> list[Component]:
    """Show gauges, places without data, places without a gauge, calm places."""
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
    places = panel("Weitere Orte", [group for group in groups if group])
    return [html.Div([_gauges(situation), places], className="grid grid--halves")]


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


def _gauges(situation: Situation) -> Component:
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
                formats.per_hour(gauge.trend_per_h, gauge.unit),
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


def calculations() -> Component:
    """Place the what-if form and the list of the last calculations."""
    runs = panel("Letzte Berechnungen", html.Div(loading_line(), id=ids.INDEX_RUNS))
    return html.Div([form(), runs], className="grid grid--halves")


def run_list(runs: Sequence[RunView]) -> Component:
    """List calculations, newest first."""
    if not runs:
        return html.P("Noch keine Berechnung gespeichert.", className="muted")
    return run_rows(runs)
