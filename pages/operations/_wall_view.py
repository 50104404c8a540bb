"""Regions of the wall and what fills them."""

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.charts.river_walk import river_walk_drawing
from components.charts.river_walk_svg import WALL
from components.content import Content
from components.freshness import stand_of
from components.inline_svg import inline_svg
from components.maps.small_map_svg import ground_svg, state_map_svg
from components.official_warnings import official_warnings
from components.panel import loading_line
from components.rain_loop import rain_loop
from pages.operations._wall_alarms import alarms, quiet
from pages.operations._wall_clears import clears
from pages.operations._wall_measures import measures
from pages.operations._wall_places import map_words, ordered, place_tiles
from services.wall.model import WallView

STILL = "Die Berechnung steht: Es kam lange kein neuer Lauf."
RAW = "Rohdaten, ungeprüft. Keine amtliche Warnung."
NO_WALK = "Kein Gewässer hat einen angebundenen Pegel."


def region(title: str, body_id: str, name: str, *, is_plain: bool = False) -> Component:
    """Place one region of the wall; a plain one says in its first line what it is about."""
    return html.Section(
        [
            html.H2(title, className="sr-only" if is_plain else None),
            html.Div(loading_line(), id=body_id, className="wall-region__body"),
        ],
        className=f"wall-region wall-region--{name}",
    )


def clock() -> Component:
    """Show the time of the values, to the second: who sees it stand knows that the page stands."""
    return html.Div(
        html.Time("–", className="number", **attributes(data_tick="second")),
        className="wall__clock",
        **attributes(aria_label="Uhrzeit"),
    )


def controls(link: Component) -> Component:
    """Offer sound, flashing and the whole screen; all off at first."""
    switches = [("ton", "Ton"), ("blinken", "Blinken"), ("vollbild", "Vollbild")]
    buttons = [
        html.Button(
            f"{word}: aus" if key != "vollbild" else word,
            type="button",
            className="btn btn-sm btn-quiet",
            **attributes(data_wall_switch=key, aria_pressed="false"),
        )
        for key, word in switches
    ]
    return html.Div([*buttons, link, html.Span(RAW)], className="wall__controls")


def regions(found: WallView, *, may_act: bool) -> tuple[Content, ...]:
    """Return the content of all regions in the order of their ids."""
    situation, now = found.situation, found.situation.clock.now
    return (
        situation.headline,
        _lead(found),
        clears(found.clears, found.note, situation.villages, now),
        place_tiles(situation),
        _map(found),
        _walk(found),
        alarms(found.board, may_act=may_act),
        quiet(situation),
        measures(found.measures),
        [official_warnings(found), _rain(found)],
    )


def _lead(found: WallView) -> list[Component]:
    situation = found.situation
    duty = ", ".join(
        f"Dienst „{role}“: {who or 'niemand eingetragen'}"
        for role, who in sorted(found.board.on_duty.items())
    )
    words = html.P([situation.subline, " · ", stand_of(situation.run_at, situation.clock.now)])
    lines: list[Component] = [words]
    if duty:
        lines.append(html.P(duty, className="wall__duty"))
    if situation.is_stale:
        lines.append(html.P(STILL, className="wall__still", role="alert"))
    return lines


def _map(found: WallView) -> Component:
    frame = found.rain.frame
    about = map_words(found.situation)
    drawing = state_map_svg(
        frame, found.rivers, ordered(found.situation), found.situation.gauges, about
    )
    return html.Div(
        [
            inline_svg(ground_svg(frame, found.rings, "wall-ground"), "small-map__ground"),
            inline_svg(drawing, "small-map__states"),
        ],
        className="small-map",
    )


def _walk(found: WallView) -> Component:
    if found.walk is None:
        return html.P(NO_WALK)
    return html.Div([html.H3(found.walk.river_name), river_walk_drawing(found.walk, WALL)])


def _rain(found: WallView) -> Component:
    return rain_loop(found.rain, found.rings, "wall-rain")
