"""Legends in words: what shapes and colours on a map mean."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.states import WORDS, mark, state_class
from services.flood.model import State

SHOWN = (State.ALARM, State.WARNUNG, State.VORALARM, State.OK, State.UNBEKANNT)
MINUTES = "Zahl am Ort: mindestens noch nutzbare Zeit; 0 Min. heißt keine Zeit mehr"


OBJECT = "Objekt, das abgeschnitten werden kann"


def state_legend(*, with_objects: bool = False) -> Component:
    """Explain the five state shapes, the sign of a gauge, and that of an object if there is one."""
    states = [
        html.Li(
            html.Span([mark(state), WORDS[state]], className=f"state-word {state_class(state)}")
        )
        for state in SHOWN
    ]
    gauge = html.Li(
        [
            html.Span(className="map-legend__gauge", **attributes(aria_hidden="true")),
            "Pegel (im Ring)",
        ]
    )
    house = html.Span(className="map-legend__object", **attributes(aria_hidden="true"))
    objects = [html.Li([house, OBJECT])] if with_objects else []
    return html.Ul(
        [*states, gauge, *objects, html.Li(MINUTES, className="muted")],
        className="map-legend",
    )


def swatch_legend(label: str, classes: Sequence[tuple[str, str]]) -> Component:
    """Explain colour classes: (token, words) from low to high; "" is "no figure"."""
    items = [
        html.Li(
            [
                html.Span(
                    className="swatch" if token else "swatch swatch--none",
                    style={"--swatch": f"var({token})"} if token else None,
                    **attributes(aria_hidden="true"),
                ),
                words,
            ]
        )
        for token, words in classes
    ]
    return html.Ul(items, className="swatches", **attributes(aria_label=label))
