"""The places on the wall: the six most urgent as tiles, big enough for the far end of a room."""

from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component

from components import formats
from components.freshness import age_of, big_countdown
from components.level_words import when_words
from components.short_name import short_name
from components.silence import NO_ALL_CLEAR, calm_sentence, places
from components.states import WARNED, mark, state_class
from components.village_parts import (
    RAIN_ONLY,
    guard_words,
    held_words,
    speaks_by_rain,
    state_word,
)
from services.situation.levels import own_level
from services.situation.model import Situation, VillageView
from services.situation.urgency import is_reached, urgency

TILES = 6
NAME_MAX = 18
OPEN, THERE = "offen", "erreicht"


def ordered(situation: Situation) -> list[VillageView]:
    """Return the exposed places that are warned, the most urgent first."""
    warned = [v for v in situation.villages if v.state in WARNED and v.exposed]
    return sorted(warned, key=urgency(situation.clock.now))


def place_tiles(situation: Situation) -> Component:
    """Show the most urgent places with the usable time as the number one acts on."""
    found = ordered(situation)
    if not found:
        words = calm_sentence(situation.villages)
        silent = [html.P(NO_ALL_CLEAR, className="wall-calm__more")] if situation.is_stale else []
        return html.Div([html.P(words, className="wall-calm"), *silent])
    as_of = situation.run_at or situation.clock.now
    shown = [
        _tile(number, village, situation.clock.now, as_of)
        for number, village in enumerate(found[:TILES], start=1)
    ]
    more = len(found) - TILES
    named = "1 weiterer Ort" if more == 1 else f"{more} weitere Orte"
    rest = f"und {named}, siehe Karte und Liste" if more > 0 else ""
    return html.Div(
        [
            html.Div(shown, className="wall-tiles"),
            html.P(rest, className="wall-more") if rest else None,
        ]
    )


def _tile(number: int, village: VillageView, now: datetime, as_of: datetime) -> Component:
    name: list[Component | str] = [
        html.Span(str(number), className="wall-tile__place"),
        village.name,
    ]
    figure = [_figure(village, now, as_of), _age(village, now)]
    state = [mark(village.state), html.Span(_words(village, now))]
    return html.Article(
        [
            html.H3(name, className="wall-tile__name"),
            html.Div(figure, className="wall-tile__row"),
            html.Div(state, className="wall-tile__state"),
        ],
        className=f"wall-tile {state_class(village.state)}",
    )


def _age(village: VillageView, now: datetime) -> Component:
    """Say how old the value is that all this rests on."""
    at = village.result.data_at if village.result else None
    source = RAIN_ONLY if speaks_by_rain(village) else village.driving_gauge_name
    if at is None:
        return html.Div("ohne Messwert", className="wall-tile__age")
    words: list[Component | str] = [short_name(source, NAME_MAX), html.Br(), age_of(at, now)]
    return html.Div(words, className="wall-tile__age")


def _figure(village: VillageView, now: datetime, as_of: datetime) -> Component:
    least = village.result.usable_p10_min if village.result else None
    if is_reached(village, now):
        return html.Div(THERE, className="wall-figure wall-figure--word")
    if least is None:
        return html.Div(OPEN, className="wall-figure wall-figure--word")
    return html.Div(big_countdown(as_of + timedelta(minutes=least), as_of), className="wall-figure")


def _words(village: VillageView, now: datetime) -> str:
    kept = held_words(village, now) or guard_words(village, now)
    if kept:
        return kept
    time = own_level(village.result, now) if village.result else None
    if time is None or time.earliest is None:
        return f"{state_word(village)} · {village.river_name}"
    return f"{state_word(village)} {when_words(time, now)}"


def map_words(situation: Situation) -> str:
    """Say what the map shows: how many places in which state, which gauges are silent."""
    warned = len({village.place_id for village in ordered(situation)})
    silent = sum(gauge.is_silent for gauge in situation.gauges)
    return (
        f"{places(warned)} mit Warnung, die dringendsten mit Nummer."
        f" {formats.number(silent)} Pegel ohne gültigen Messwert (gestrichelter Kreis)."
    )
