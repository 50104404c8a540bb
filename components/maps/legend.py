"""Legends in words: what shapes and colours on a map mean."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.states import WORDS, mark, state_class
from services.flood.model import State

SHOWN = (State.ALARM, State.WARNUNG, State.VORALARM, State.OK, State.UNBEKANNT)
MINUTES = "Zahl am Ort: mindestens noch nutzbare Zeit; 0 Min. heißt keine Zeit mehr"


def state_legend() -> Component:
    """Explain the five state shapes and the sign of a gauge."""
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
    return html.Ul(
        [*states, gauge, html.Li(MINUTES, className="muted")],
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
