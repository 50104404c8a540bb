"""Pieces of /lage around the alarms: lead, places by usable minutes, silent gauges, duty."""

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.freshness import age_of, stand_of
from components.links import page_link
from components.official_warnings import official_warnings
from components.outage_words import outage_words
from components.panel import notice, panel
from components.rain_loop import rain_loop
from components.short_name import gauge_name
from components.silence import NO_ALL_CLEAR, calm_sentence
from components.states import WARNED
from components.village_parts import ORDER_WORDS
from components.village_tile import tiles
from pages.operations._figures import planned_gauges, silent_gauges
from pages.operations._notified import notification_line
from services.alarms.views import Board
from services.situation.model import Situation
from services.situation.urgency import urgency
from services.wall.model import WallView

MOST_TILES = 12
DRILL = "Nachstellung: Diese Alarme sind eine Übung und gehen an niemanden außerhalb."


def lead_lines(situation: Situation, board: Board) -> list[Component]:
    """Continue the headline: the rest of the sentence, its age, who has the duty."""
    now = situation.clock.now
    lines: list[Component] = [
        html.P(situation.subline, className="intro__sub"),
        html.P([stand_of(situation.run_at, now), f" · {_duty(board)}"], className="intro__meta"),
    ]
    if situation.is_stale:
        lines.append(notice("Die Berechnung steht: Es kam lange kein neuer Lauf.", "warn"))
    lines.append(notification_line())
    if situation.clock.is_simulated:
        lines.append(notice(DRILL, "whatif"))
    return lines


def _duty(board: Board) -> str:
    if not board.on_duty:
        return "kein Dienstplan eingetragen"
    return ", ".join(
        f"Dienst „{role}“: {who or 'niemand eingetragen'}"
        for role, who in sorted(board.on_duty.items())
    )


def places(situation: Situation) -> Component:
    """Show the endangered places by the time that is left."""
    warned = [v for v in situation.villages if v.state in WARNED and v.exposed]
    if not warned:
        words = calm_sentence(situation.villages)
        return panel("Gefährdete Orte", html.P(words, className="panel__sentence"))
    now, as_of = situation.clock.now, situation.run_at or situation.clock.now
    ordered = sorted(warned, key=urgency(now))
    content: list[Component] = [tiles(ordered[:MOST_TILES], now, as_of)]
    if len(ordered) > MOST_TILES:
        more = f"und {len(ordered) - MOST_TILES} weitere unter Gewässer"
        content.append(html.Div(page_link(more, urls.WATER), className="panel__foot"))
    return panel("Gefährdete Orte", content, hint=ORDER_WORDS)


def silent(situation: Situation) -> Component:
    """List the gauges that don't report, with the age of what they last said."""
    found, planned = silent_gauges(situation), planned_list(situation)
    if not found:
        others = "Alle anderen angebundenen" if planned else "Alle angebundenen"
        return panel("Stille Pegel", [html.P(f"{others} Pegel melden."), *planned])
    now = situation.clock.now
    rows = [
        html.Li(
            [
                page_link(gauge_name(gauge.name), urls.gauge_url(gauge.gauge_id)),
                html.Span(
                    [
                        f"zuletzt {formats.quantity(gauge.value, gauge.unit)}, ",
                        age_of(gauge.observed_at, now),
                    ]
                ),
            ]
        )
        for gauge in found
    ]
    content = [html.P(NO_ALL_CLEAR), html.Ul(rows, className="plain-list line-list"), *planned]
    return panel("Stille Pegel", content)


def planned_list(situation: Situation) -> list[Component]:
    """List the gauges that are out of service on purpose: their silence is no alarm."""
    rows = [
        html.Li(
            [
                page_link(gauge_name(gauge.name), urls.gauge_url(gauge.gauge_id)),
                html.Span(outage_words(gauge.outage, situation.clock.now)),
            ]
        )
        for gauge in planned_gauges(situation)
        if gauge.outage is not None
    ]
    return [html.Ul(rows, className="plain-list line-list")] if rows else []


def surroundings(wall: WallView) -> Component:
    """Show weather warnings and the rain radar."""
    content = [
        official_warnings(wall),
        rain_loop(wall.rain, wall.rings, "room-rain"),
    ]
    return panel("Wetter und Regen", content)
