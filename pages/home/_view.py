"""What the home page shows: worst places, silent gauges, three cards."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.by_hand import by_hand_mark
from components.duty_note import duty_note
from components.freshness import age_of, stand_of
from components.gauge_parts import silent_word
from components.links import page_link
from components.panel import notice, panel
from components.short_name import gauge_name
from components.silence import NO_ALL_CLEAR, calm_sentence
from components.states import WARNED, rank, state_badge
from components.table import Column, Row, data_table
from components.village_parts import ORDER_WORDS
from components.village_tile import tiles
from pages.home import _cards as cards
from services.container import Services
from services.duty_note.service import DutyNoteView
from services.flood.model import State
from services.planned_outages.model import WORD
from services.situation.model import GaugeView, Situation, VillageView
from services.situation.urgency import urgency

MOST_TILES = 6
ALL_PLACES = "Karte, Laufzeiten und alle Orte"
TILES_HINT = (
    f"{ORDER_WORDS}; nutzbar = früheste Ankunft der Stufe minus Zustellung und Entscheidung"
)


def lead_lines(situation: Situation, note: DutyNoteView | None = None) -> list[Component]:
    """Continue the headline: the rest of the sentence, how old it is, words of the duty."""
    now = situation.clock.now
    lines: list[Component] = [
        html.P(situation.subline, className="intro__sub"),
        html.P(stand_of(situation.run_at, now), className="intro__meta"),
    ]
    if situation.is_stale and situation.run_id:
        lines.append(notice("Die Berechnung ist veraltet: Es kam lange kein neuer Lauf.", "warn"))
    if note is not None and note.is_public and not note.is_over:
        lines.append(duty_note(note, now))
    return lines


def overview(situation: Situation, found: Services) -> list[Component]:
    """Put worst places and silent gauges on top, the cockpits below."""
    return [
        html.Div([_worst(situation), _silent(situation)], className="grid grid--main"),
        html.Div(
            [
                cards.water_card(situation),
                cards.settlement_card(found.settlement),
                cards.mobility_card(found.mobility),
            ],
            className="grid grid--thirds",
        ),
    ]


def cards_only(found: Services) -> Component:
    """Show what does not depend on gauges."""
    return html.Div(
        [cards.settlement_card(found.settlement), cards.mobility_card(found.mobility)],
        className="grid grid--halves",
    )


def worst_villages(situation: Situation) -> list[VillageView]:
    """Return the warned places, the most urgent first, each place once."""
    seen: dict[str, VillageView] = {}
    for village in sorted(situation.villages, key=urgency(situation.clock.now)):
        if village.state in WARNED and village.exposed:
            seen.setdefault(village.place_id, village)
    return list(seen.values())


def _worst(situation: Situation) -> Component:
    warned = worst_villages(situation)
    if not warned:
        return _calm(situation)
    as_of = situation.run_at or situation.clock.now
    rest = len(warned) - MOST_TILES
    others = "1 weiterer Ort" if rest == 1 else f"{rest} weitere Orte"
    more = f"{others} und die Karte" if rest > 0 else ALL_PLACES
    return panel(
        "Gefährdete Orte",
        [
            tiles(warned[:MOST_TILES], situation.clock.now, as_of),
            html.Div(page_link(more, urls.WATER), className="panel__foot"),
        ],
        hint=TILES_HINT,
    )


def _calm(situation: Situation) -> Component:
    words = calm_sentence(situation.villages)
    if situation.run_id is None:
        words = (
            "Es liegt noch keine Berechnung vor."
            " Die erste erscheint wenige Sekunden nach dem Start."
        )
    rivers = sorted({gauge.river_name for gauge in situation.gauges if gauge.is_connected})
    columns = [
        Column("Gewässer"),
        Column("Zustand der Pegel, erwartet", card="right", label="erwartet"),
        Column("Pegel", card="wide"),
        Column("stärkster Trend", card="wide"),
    ]
    rows = [_river_row(name, situation) for name in rivers]
    table = data_table(f"{len(rows)} Gewässer mit Pegel.", columns, rows, variant="cards")
    return panel(
        "Gewässer im Einzelnen",
        [
            html.P(words, className="panel__sentence"),
            table,
            html.Div(page_link(ALL_PLACES, urls.WATER), className="panel__foot"),
        ],
    )


def _river_row(river_name: str, situation: Situation) -> Row:
    gauges = [g for g in situation.gauges if g.river_name == river_name and g.is_connected]
    reporting = sum(not gauge.is_silent for gauge in gauges)
    state = min((gauge.state for gauge in gauges), key=rank)
    # a silent gauge's last trend is hours old: it says nothing of now
    told = [gauge for gauge in gauges if gauge.trend_per_h is not None and not gauge.is_silent]
    steepest = max(told, key=lambda gauge: gauge.trend_per_h or 0.0, default=None)
    trend = (
        f"{gauge_name(steepest.name)} {formats.per_hour(steepest.trend_per_h, steepest.unit)}"
        if steepest
        else "unbekannt"
    )
    words = f"{reporting} von {len(gauges)} {'meldet' if reporting == 1 else 'melden'}"
    return Row((river_name, state_badge(state), words, trend), state=state.value)


def _silent(situation: Situation) -> Component:
    now = situation.clock.now
    connected = [gauge for gauge in situation.gauges if gauge.is_connected]
    silent = [gauge for gauge in connected if gauge.is_silent]
    reporting = len(connected) - len(silent)
    verb = "meldet" if reporting == 1 else "melden"
    words = f"{reporting} von {len(connected)} angeschlossenen Pegeln {verb}."
    planned = sum(gauge.outage is not None for gauge in connected)
    if planned:
        words += f" {'Einer ist' if planned == 1 else f'{planned} sind'} {WORD}."
    if silent:
        words += f" {NO_ALL_CLEAR}"
    ordered = [*silent, *[gauge for gauge in connected if not gauge.is_silent]]
    rows = [_gauge_line(gauge, now) for gauge in ordered]
    return panel(
        "Stumme Pegel" if silent else "Pegel",
        [
            html.P(words, className="panel__sentence"),
            html.Ul(rows, className="plain-list line-list"),
        ],
    )


def _gauge_line(gauge: GaugeView, now: datetime) -> Component:
    name = page_link(gauge.name, urls.gauge_url(gauge.gauge_id))
    age = html.Span([" · ", age_of(gauge.observed_at, now)], className="soft")
    if gauge.is_silent:
        return html.Li(
            [name, html.Span([state_badge(State.UNBEKANNT, silent_word(gauge).lower()), age])]
        )
    value = html.Strong(formats.quantity(gauge.value, gauge.unit), className="number")
    return html.Li([name, html.Span([value, age, *by_hand_mark(gauge)])])
