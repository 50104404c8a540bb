"""A map on a page: canvas, labels, buttons, scale and the stores that feed it (all-in-one)."""

import json

from dash import MATCH, ClientsideFunction, Input, Output, State, clientside_callback, dcc, html
from dash.development.base_component import Component

from components.attributes import attributes
from components.maps.deck import bundle_url

COMPONENT = "MapView"


def spec_id(key: object) -> dict[str, object]:
    """Return the id of the store that holds what the map shows."""
    return {"component": COMPONENT, "part": "spec", "key": key}


def pick_id(key: object) -> dict[str, object]:
    """Return the id of the store that holds what was clicked: {"kind", "id"}."""
    return {"component": COMPONENT, "part": "pick", "key": key}


def _drawn_id(key: object) -> dict[str, object]:
    return {"component": COMPONENT, "part": "drawn", "key": key}


def map_view(key: str, label: str, note: str = "") -> Component:
    """Place an empty map; the page fills its spec. `label` names it for screen readers."""
    return html.Div(
        [
            html.Div(className="map__canvas"),
            html.Div(className="map__labels", **attributes(aria_hidden="true")),
            html.Div(
                [
                    _button("+", "1", "Karte vergrößern"),
                    _button("−", "-1", "Karte verkleinern"),
                    _button("⌂", "home", "Ganzen Ausschnitt zeigen"),
                ],
                className="map__controls",
            ),
            html.Div(
                [
                    html.Div(className="map__scale-text"),
                    html.Div(className="map__scale-bar"),
                ],
                className="map__scale",
                **attributes(aria_hidden="true"),
            ),
            html.Div(note, className="map__note"),
            html.Div(className="map__failure", hidden=True, role="status"),
            dcc.Store(id=spec_id(key)),
            dcc.Store(id=pick_id(key)),
            dcc.Store(id=_drawn_id(key)),
        ],
        className="map",
        role="group",
        **attributes(
            data_map=key,
            data_bundle=bundle_url(),
            data_pick_id=json.dumps(pick_id(key)),
            aria_label=label,
        ),
    )


def _button(sign: str, action: str, label: str) -> Component:
    return html.Button(
        sign,
        type="button",
        className="map__button",
        title=label,
        **attributes(data_zoom=action, aria_label=label),
    )


clientside_callback(
    ClientsideFunction("map", "draw"),
    Output(_drawn_id(MATCH), "data"),
    Input(spec_id(MATCH), "data"),
    State(spec_id(MATCH), "id"),
)
