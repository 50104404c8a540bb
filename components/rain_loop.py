"""The loop of the rain radar: pictures over the small map, played by the script beside."""

import json
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.freshness import age_of
from components.inline_svg import inline_svg
from components.maps.small_map_svg import Ring, ground_svg
from services.rain_pictures.service import RainLoop

NONE = "Kein Radarbild: Es liegt keines der letzten Stunde vor. Das sagt nichts über den Regen."
STALE = "Radarbild veraltet: Es sagt nichts über den Regen jetzt."
WET = 0.005
"""Share of the region from which on a sentence speaks of rain (estimate: about 10 km²)."""


def rain_loop(loop: RainLoop, rings: tuple[Ring, ...], key: str) -> Component:
    """Show the loop with its sentence; without pictures there are words, not a dry map."""
    if not loop.frames:
        return html.P(NONE, className="rain-loop__none")
    labels = [_label(frame.ends_at, loop, is_forecast=frame.is_forecast) for frame in loop.frames]
    newest = max((i for i, each in enumerate(loop.frames) if not each.is_forecast), default=0)
    source = f"{urls.RAIN_PICTURES}?v={loop.version}"
    screen = html.Div(
        [
            inline_svg(ground_svg(loop.frame, rings, f"{key}-ground"), "rain-loop__ground"),
            html.Div(
                className="rain-loop__rain",
                **attributes(
                    data_rain_loop=json.dumps(labels), data_still=str(newest), data_source=source
                ),
            ),
        ],
        className="rain-loop__screen",
        style={"--aspect": loop.frame.aspect},
        **attributes(role="img", aria_label=describe(loop)),
    )
    line = html.Div(
        [
            html.Span(labels[newest], className="rain-loop__label number"),
            html.Button(
                "Anhalten", type="button", className="btn btn-sm btn-quiet rain-loop__stop"
            ),
        ],
        className="rain-loop__line",
    )
    room = html.Div(screen, className="rain-loop__room")
    words: list[Component | str] = [describe(loop)]
    if loop.analysed_at:
        words += [" Analyse ", age_of(loop.analysed_at, loop.now), ", Deutscher Wetterdienst."]
    return html.Div(
        [room, line, html.P(words, className="rain-loop__words")], className="rain-loop"
    )


def describe(loop: RainLoop) -> str:
    """Say where the rain stands, without a picture."""
    if not loop.frames:
        return NONE
    if loop.is_stale:
        return STALE
    past = [frame for frame in loop.frames if not frame.is_forecast]
    share = past[-1].wet_share if past else 0.0
    words = (
        f"Regen über {formats.number(share * 100)}{formats.NBSP}% der Karte."
        if share >= WET
        else "Zurzeit kein Regen auf der Karte."
    )
    return f"{words} {_ahead(loop)}"


def _ahead(loop: RainLoop) -> str:
    shares = [frame.wet_share for frame in loop.frames if frame.is_forecast]
    if not shares:
        return "Eine Vorhersage liegt nicht vor."
    if max(shares) < WET:
        return "In den nächsten zwei Stunden ist keiner vorhergesagt."
    return f"Vorhergesagt sind bis zu {formats.number(max(shares) * 100)}{formats.NBSP}%."


def _label(at: datetime, loop: RainLoop, *, is_forecast: bool) -> str:
    words = formats.brief(at, loop.now)
    return f"{words} · Vorhersage" if is_forecast else words
