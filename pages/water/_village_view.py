"""Pieces of the page of a place."""

from collections.abc import Iterable
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.charts.usable_bar import bar_head, scale_of, usable_bar
from components.content import Content
from components.freshness import age_of, stand_of
from components.hero import facts, hero
from components.level_words import arrival_words, left_words, likely_words, lower_words
from components.links import page_link
from components.panel import notice, panel
from components.river_words import at_river
from components.short_name import gauge_name
from components.village_parts import (
    held_words,
    speaks_by_rain,
    state_word,
    usable_countdown,
)
from pages.water._outlook_view import outlook_table
from pages.water._planning_view import planning_panel
from services.flood.model import LEVELS, State, VillageResult
from services.flood.wording import STATE_WORDS
from services.situation.model import VillageDetail, VillageView
from services.situation.urgency import is_reached, urgency

PATH_WORDS = {
    "gauge": "nächster Pegel",
    "upstream": "Pegel oberhalb",
    "downstream": "Pegel unterhalb (bestätigt nur)",
    "rain": "nur Niederschlag, kein Pegel bestätigt es",
    "prior": "kein gültiger Messwert, nur Planungswerte",
}
NO_GAUGE = (
    "Oberhalb dieses Ortes misst kein Pegel. Es gibt keine Aussage: weder Warnung noch Entwarnung."
)
SIDE_BROOK = (
    "Hier münden Seitenbäche, die kein Pegel sieht. Starkregen kann sie ohne Vorwarnung füllen:"
    " Für Seitenbäche und Starkregen gibt es keine Aussage."
)


def name_of(villages: Iterable[VillageView], place_id: str) -> str:
    """Return the name of a place for the title."""
    return next((view.name for view in villages if view.place_id == place_id), "Ort")


def missing(words: str) -> Component:
    """Say that there is no such place and lead back."""
    return html.Div([notice(words, "warn"), html.P(page_link("Alle Orte", urls.WATER))])


def lead_lines(detail: VillageDetail, now: datetime) -> list[Component]:
    """Show the way back, the municipality and how old the calculation is."""
    rivers = ", ".join(view.river_name for view in detail.rivers)
    words: list[Component | str] = [f"{rivers} · "]
    if detail.municipality:
        words.append(f"Gemeinde {detail.municipality} · ")
    return [html.P([*words, stand_of(detail.run_at, now)], className="intro__meta")]


def body(detail: VillageDetail, now: datetime) -> list[Component]:
    """Show each river of the place, the worst first."""
    parts = [
        part
        for view in sorted(detail.rivers, key=urgency(now))
        for part in _river(view, detail, now)
    ]
    if any(view.side_brook_risk for view in detail.rivers):
        parts.append(notice(SIDE_BROOK, "warn"))
    if detail.note:
        parts.append(panel("Zum Ort", html.P(_note(detail))))
    return parts


def _note(detail: VillageDetail) -> str:
    people = formats.number(detail.municipality_population)
    population = (
        f" Die ganze Gemeinde hat {people} Einwohner; das ist nicht die Zahl der Gefährdeten."
        if detail.municipality_population
        else ""
    )
    note = detail.note if detail.note.endswith(".") else f"{detail.note}."
    return f"{note}{population}"


def _river(view: VillageView, detail: VillageDetail, now: datetime) -> list[Component]:
    several = len(detail.rivers) > 1
    heading = [html.H2(at_river(view.river_name), className="section-title")] if several else []
    as_of = detail.run_at or now
    top = html.Div([_hero(view, now, as_of), _basis(view, now)], className="grid grid--hero")
    paths = detail.paths.get(view.river_id, ())
    planning = [planning_panel(view.river_name, paths)] if paths else []
    levels = outlook_table(view, now) if view.state is not State.UNBEKANNT else None
    return [*heading, top, *([levels] if levels is not None else []), *planning]


def _hero(view: VillageView, now: datetime, as_of: datetime) -> Component:
    result = view.result
    if not view.has_gauge_above:
        return hero(State.UNBEKANNT, "keine Aussage", "", NO_GAUGE, word=state_word(view))
    if result is None:
        return hero(State.UNBEKANNT, "keine Aussage", "noch keine Berechnung", "")
    held = held_words(view, now)
    sentence = f"{result.sentence} {held}".strip()
    if result.usable_p10_min is None:
        number = "keine Aussage" if view.state is State.UNBEKANNT else "keine Ankunft erwartet"
        if held:
            number = "Ankunft offen"
        return hero(view.state, number, "", sentence)
    return _timed_hero(view, result, sentence, now, as_of)


def _timed_hero(
    view: VillageView, result: VillageResult, sentence: str, now: datetime, as_of: datetime
) -> Component:
    if view.state is State.OK:
        return hero(view.state, "keine Ankunft erwartet", arrival_words(view, now), sentence)
    number_left = usable_countdown(view, as_of)
    if is_reached(view, now):
        label, details = arrival_words(view, now), None
    else:
        label = f"{left_words(view)} · {likely_words(view)}"
        details = [_bar(result), _lower_line(view, now)]
    return hero(view.state, number_left, label, sentence, details=details)


def _lower_line(view: VillageView, now: datetime) -> Component | None:
    lower = lower_words(view, now)
    return html.P(html.Strong(f"{lower[0].upper()}{lower[1:]}")) if lower else None


def _bar(result: VillageResult) -> Component:
    scale = scale_of([result.usable_p50_min])
    parts = [usable_bar(result.usable_p10_min, result.usable_p50_min, scale), *bar_head(scale)[1:]]
    return html.Div(parts, className="hero__bar")


def _basis(view: VillageView, now: datetime) -> Component:
    result = view.result
    if result is None or not view.has_gauge_above:
        return panel("Grundlage", html.P("Kein Pegel, keine Messwerte.", className="muted"))
    reasons = html.Ul([html.Li(reason) for reason in result.degraded_reasons])
    rows: list[tuple[str, Content]] = [
        ("Ankunft", arrival_words(view, now)),
        ("wahrscheinlich", _likely(view, now)),
        ("Berechnet aus", _gauge(view)),
        ("Art", PATH_WORDS.get(result.path_kind, result.path_kind)),
        ("Niederschlag" if speaks_by_rain(view) else "Messwert", age_of(result.data_at, now)),
        ("Vertrauen", result.confidence),
        ("Zustand seit", formats.moment(result.state_since, now)),
        (f"Chance auf {STATE_WORDS[result.level or LEVELS[0]]}", _chances(result.p_exceed)),
        ("Höchststand voraussichtlich", _peak(result, now)),
        ("Daten zeigen weniger", _lower(result, now)),
        ("Eingeschränkt", reasons if result.degraded_reasons else ""),
    ]
    walk = page_link(f"Laufzeitdiagramm {view.river_name}", f"{urls.WATER}?fluss={view.river_id}")
    return panel("Grundlage", [facts(rows), html.Div(walk, className="panel__foot")])


def _likely(view: VillageView, now: datetime) -> str:
    result = view.result
    if result is None or result.level is None or result.likely is None or result.likely <= now:
        return ""
    return f"{STATE_WORDS[result.level]} {formats.moment(result.likely, now)}"


def _peak(result: VillageResult, now: datetime) -> str:
    if result.peak_class is None:
        return ""
    when = f", {formats.moment(result.peak_at, now)}" if result.peak_at is not None else ""
    return f"{result.peak_class}{when} (vorläufige Stufe, keine Jährlichkeit)"


def _lower(result: VillageResult, now: datetime) -> str:
    if result.lower_state is None or result.lower_since is None:
        return ""
    shown = formats.moment(result.lower_since, now)
    word = STATE_WORDS[result.lower_state]
    return f"{word} seit {shown}; die höhere Stufe bleibt bis zur Bestätigung"


def _gauge(view: VillageView) -> Content:
    result = view.result
    if result is None or not result.driving_gauge:
        return ""
    name = gauge_name(view.driving_gauge_name or result.driving_gauge)
    return page_link(name, urls.gauge_url(result.driving_gauge))


def _chances(chances: object) -> str:
    if not isinstance(chances, dict) or not chances:
        return ""
    parts = [
        f"{formats.chance(share)} in {span.removesuffix('h')} Std."
        for span, share in chances.items()
    ]
    return " · ".join(parts)
