"""A village as a tile: the number people act on, the level it belongs to, the way in."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import urls
from components.level_words import left_words, likely_words, lower_words, when_words
from components.links import page_link
from components.states import mark, state_class
from components.village_parts import (
    RAIN_ONLY,
    guard_words,
    held_words,
    speaks_by_rain,
    state_word,
    usable_countdown,
)
from services.flood.model import State
from services.situation.levels import own_level
from services.situation.model import VillageView
from services.situation.urgency import is_reached


def village_tile(village: VillageView, now: datetime, as_of: datetime) -> Component:
    """Show a village as a tile with the number people act on."""
    least = village.result.usable_p10_min if village.result else None
    below = held_words(village, now) or guard_words(village, now) or lower_words(village, now)
    number = (
        usable_countdown(village, as_of, "tile__number number")
        if least is not None
        else html.Span(_tile_words(village), className="tile__number tile__number--none")
    )
    return html.Article(
        [
            html.H3(
                [
                    page_link(village.name, urls.village_url(village.place_id)),
                    html.Span(f" · {village.river_name}", className="tile__river"),
                ],
                className="tile__name",
            ),
            number,
            *_tile_captions(village, now),
            html.Div(
                [
                    mark(village.state),
                    html.Span(state_word(village)),
                    html.Span(_tile_detail(village, now), className="soft"),
                ],
                className="tile__state",
            ),
            html.Div(below, className="tile__caption") if below else None,
        ],
        className=f"tile {state_class(village.state)}",
    )


def _tile_words(village: VillageView) -> str:
    return "Ankunft offen" if village.state is not State.UNBEKANNT else "keine Aussage"


def _tile_captions(village: VillageView, now: datetime) -> list[Component]:
    has_minutes = village.result is not None and village.result.usable_p10_min is not None
    if not has_minutes or is_reached(village, now):
        return []
    words = [left_words(village), likely_words(village)]
    return [html.Div(text, className="tile__caption") for text in words if text]


def _tile_detail(village: VillageView, now: datetime) -> str:
    time = own_level(village.result, now) if village.result else None
    if time is None or time.earliest is None:
        return ""
    if speaks_by_rain(village):
        return f"{when_words(time, now)}, {RAIN_ONLY}"
    return when_words(time, now) if time.reached_at else f"Ankunft {when_words(time, now)}"


def tiles(villages: Sequence[VillageView], now: datetime, as_of: datetime) -> Component:
    """Show the tiles side by side."""
    return html.Div([village_tile(village, now, as_of) for village in villages], className="tiles")
