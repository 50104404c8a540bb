"""Pieces about a village that several screens share: order, name, arrival, usable time, basis."""

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
)
from components.links import page_link
from components.short_name import gauge_name
from components.states import NO_GAUGE_WORD, WORDS, state_badge
from services.flood.path_kinds import PATH_RAIN
from services.situation.model import VillageView
from services.situation.urgency import is_reached, least_usable

RAIN_ONLY = "nur Niederschlag"
RAIN_WORDS = "Vertrauen gering, Niederschlag "
ORDER_WORDS = "nach Stufe, darin die kürzeste Zeit zuerst, wohl schon erreichte zuletzt"


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
    return formats.usable(least_usable(village))


def usable_countdown(village: VillageView, as_of: datetime, class_name: str = "") -> Component:
    """Show the usable time counting down from the run it belongs to; a dash without arrival."""
    least = least_usable(village)
    if least is None:
        return html.Span(formats.MISSING, className=class_name)
    return countdown(as_of + timedelta(minutes=least), as_of, class_name)


def usable_cell(village: VillageView, as_of: datetime) -> list[Component]:
    """Show the least usable time with its level, below it the likely one."""
    parts = [usable_countdown(village, as_of, "cell--strong")]
    is_timed = least_usable(village) is not None and not is_reached(village, as_of)
    until = until_words(village) if is_timed else ""
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


def guard_words(village: VillageView, now: datetime) -> str:
    """Say that a higher state stays though the data show less, and since when they do."""
    result = village.result
    if result is None or result.lower_state is None or result.lower_since is None:
        return ""
    since = formats.brief(result.lower_since, now)
    return f"{WORDS[village.state]} bleibt; seit {since} zeigen die Daten weniger"


def held_words(village: VillageView, now: datetime) -> str:
    """Say that a warning is kept though no data supports it any more."""
    result = village.result
    if result is None or result.held_since is None:
        return ""
    return f"Warnung bleibt bestehen, seit {formats.moment(result.held_since, now)} keine Daten"
