"""Pieces about a village that several screens share: name, arrival, usable time, basis, tile."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.freshness import age_of, countdown
from components.level_words import (
    arrival_words,
    likely_words,
    lower_words,
    until_words,
    when_words,
)
from components.links import page_link
from components.short_name import gauge_name
from components.states import NO_GAUGE_WORD, WORDS, mark, rank, state_badge, state_class
from services.flood.model import State
from services.flood.path_kinds import PATH_RAIN
from services.situation.levels import own_level
from services.situation.model import VillageView

LONGEST = 1e9
RAIN_ONLY = "nur Niederschlag"
RAIN_WORDS = "Vertrauen gering, Niederschlag "
ORDER_WORDS = "nach Stufe, darin die kürzeste Zeit zuerst"


def urgency(village: VillageView) -> tuple[int, float, float, str]:
    """Order villages by state, then by the time left until the level that the state names.

    Minutes of different levels are never sorted together; where the least are equal, as with no
    time left, the likely ones decide. A warning kept without data counts as no time left.
    """
    least = village.result.usable_p10_min if village.result else None
    likely = village.result.usable_p50_min if village.result else None
    if least is None:
        is_grave = village.state in (State.ALARM, State.WARNUNG)
        least = 0.0 if is_grave else LONGEST
    return (rank(village.state), least, LONGEST if likely is None else likely, village.name)


def speaks_by_rain(village: VillageView) -> bool:
    """Tell whether only the rain speaks for a village."""
    return village.result is not None and village.result.path_kind == PATH_RAIN


def state_word(village: VillageView) -> str:
    """Name the state; without any gauge above there is a word of its own."""
    return WORDS[village.state] if village.has_gauge_above else NO_GAUGE_WORD


def village_badge(village: VillageView) -> Component:
    """Show the state of a village."""
    return state_badge(village.state, state_word(village))


def name_cell(village: VillageView) -> list[Component]:
    """Link the village and name its river below."""
    return [
        page_link(village.name, urls.village_url(village.place_id)),
        html.Span(village.river_name, className="cell--sub"),
    ]


def usable_words(village: VillageView) -> str:
    """Write the minutes that are left at least."""
    return formats.usable(village.result.usable_p10_min if village.result else None)


def usable_countdown(village: VillageView, as_of: datetime, class_name: str = "") -> Component:
    """Show the usable time counting down from the run it belongs to; a dash without arrival."""
    least = village.result.usable_p10_min if village.result else None
    if least is None:
        return html.Span(formats.MISSING, className=class_name)
    return countdown(as_of + timedelta(minutes=least), as_of, class_name)


def usable_cell(village: VillageView, as_of: datetime) -> list[Component]:
    """Show the least usable time with its level, below it the likely one."""
    parts = [usable_countdown(village, as_of, "cell--strong")]
    until = until_words(village)
    below = [f"{until}, mindestens", likely_words(village)] if until else []
    return [*parts, *(html.Span(words, className="cell--sub") for words in below if words)]


def arrival_cell(village: VillageView, now: datetime) -> list[Component | str]:
    """Write the arrival of the state's level, below it the lower level that comes before."""
    lower = lower_words(village, now)
    below = [html.Span(lower, className="cell--sub")] if lower else []
    return [arrival_words(village, now), *below]


def basis_cell(village: VillageView, now: datetime) -> list[Component | str]:
    """Say which gauge speaks for the village, or only the rain, and how old the value is."""
    result = village.result
    if not village.has_gauge_above:
        return ["kein Pegel oberhalb"]
    if result is None:
        return ["noch keine Berechnung"]
    by_rain = speaks_by_rain(village)
    parts: list[Component | str] = [RAIN_ONLY if by_rain else _gauge_words(village)]
    if result.data_at:
        source = RAIN_WORDS if by_rain else "Messwert "
        parts.append(html.Span([source, age_of(result.data_at, now)], className="cell--sub"))
    reasons = held_words(village, now) or (result.degraded_reasons[0] if result.degraded else "")
    if reasons:
        parts.append(html.Span(reasons, className="cell--sub"))
    return parts


def _gauge_words(village: VillageView) -> str:
    name = village.driving_gauge_name
    return gauge_name(name) if name else "kein gültiger Messwert"


def held_words(village: VillageView, now: datetime) -> str:
    """Say that a warning is kept though no data supports it any more."""
    result = village.result
    if result is None or result.held_since is None:
        return ""
    return f"Warnung bleibt bestehen, seit {formats.moment(result.held_since, now)} keine Daten"


def village_tile(village: VillageView, now: datetime, as_of: datetime) -> Component:
    """Show a village as a tile with the number people act on."""
    least = village.result.usable_p10_min if village.result else None
    lower = lower_words(village, now)
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
            *_tile_captions(village),
            html.Div(
                [
                    mark(village.state),
                    html.Span(state_word(village)),
                    html.Span(_tile_detail(village, now), className="soft"),
                ],
                className="tile__state",
            ),
            html.Div(lower, className="tile__caption") if lower else None,
        ],
        className=f"tile {state_class(village.state)}",
    )


def _tile_words(village: VillageView) -> str:
    return "Ankunft offen" if village.state is not State.UNBEKANNT else "keine Aussage"


def _tile_captions(village: VillageView) -> list[Component]:
    if village.result is None or village.result.usable_p10_min is None:
        return []
    words = [f"nutzbar {until_words(village)}, mindestens", likely_words(village)]
    return [html.Div(text, className="tile__caption") for text in words if text]


def _tile_detail(village: VillageView, now: datetime) -> str:
    held = held_words(village, now)
    time = own_level(village.result, now) if village.result else None
    if time is None or time.earliest is None:
        return held
    if speaks_by_rain(village):
        return f"{when_words(time, now)}, {RAIN_ONLY}"
    return when_words(time, now) if time.reached_at else f"Ankunft {when_words(time, now)}"


def tiles(villages: Sequence[VillageView], now: datetime, as_of: datetime) -> Component:
    """Show the tiles side by side."""
    return html.Div([village_tile(village, now, as_of) for village in villages], className="tiles")
