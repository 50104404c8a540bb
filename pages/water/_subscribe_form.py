"""The form on pages of places and gauges: be told by e-mail, without an account."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, html
from dash.development.base_component import Component
from flask import request

from components import urls
from components.field import select_field, text_field
from components.links import page_link
from components.panel import disclosure, notice
from components.states import WORDS
from services.container import services
from services.errors import CockpitError
from services.flood.model import LEVELS
from services.flood.model import State as Level
from services.people.model import Right
from services.subscriptions.model import GAUGE, PLACE, Wish
from services.subscriptions.service import NOT_POSSIBLE

RIGHT = Right.READ
"""Subscribing needs no account."""
TITLE = "Per E-Mail benachrichtigen lassen"
HINT = (
    "Ohne Konto. Sie bekommen eine E-Mail, wenn die Stufe steigt, und eine, wenn sie nach den"
    " Messwerten vorbei ist. Das ersetzt keine amtliche Warnung."
)
DRILL = "Übung: Hier geht keine E-Mail hinaus; sie liegt im Übungspostfach unter Lage, Meldungen."
ADDRESS_MAX = 200
DEFAULT_LEVEL = Level.WARNUNG.value


def part(kind: str, name: str) -> str:
    """Return the id of a part of the form of a place or a gauge."""
    return f"water-subscribe-{kind}-{name}"


def form(kind: str) -> Component:
    """Lay out the form; where no mail can be sent it says so instead."""
    found = services().subscriptions
    if not found.is_possible:
        return disclosure(TITLE, notice(NOT_POSSIBLE))
    wanted = _level() if kind == PLACE else _threshold()
    button = html.Button(
        "Link zum Bestätigen senden",
        id=part(kind, "send"),
        className="btn btn-sm btn-primary",
        type="button",
    )
    return disclosure(
        TITLE,
        [
            notice(DRILL) if found.is_drill else None,
            html.P(HINT, className="muted"),
            wanted,
            text_field("E-Mail-Adresse", part(kind, "address"), ADDRESS_MAX),
            html.Div(button, className="actions"),
            html.Div(id=part(kind, "said"), role="status"),
            html.P(page_link("Was mit der Adresse geschieht", urls.PRIVACY)),
        ],
    )


def _level() -> Component:
    options = [(level.value, WORDS[level]) for level in LEVELS]
    return select_field("Ab Stufe", part(PLACE, "wanted"), options, DEFAULT_LEVEL)


def _threshold() -> Component:
    control: Component = dbc.Input(
        id=part(GAUGE, "wanted"), type="text", inputmode="decimal", maxlength=8, value=""
    )
    label = html.Label(
        "Ab Wert (in der Einheit des Pegels, z. B. 1,20)",
        htmlFor=part(GAUGE, "wanted"),
        className="form-label",
    )
    return html.Div([label, control])


def connect(kind: str, target_store: str) -> None:
    """Register the callback of the form; `target_store` holds the place or gauge of the page."""
    callback(
        Output(part(kind, "said"), "children"),
        Output(part(kind, "address"), "value"),
        Input(part(kind, "send"), "n_clicks"),
        State(part(kind, "wanted"), "value"),
        State(part(kind, "address"), "value"),
        State(target_store, "data"),
        prevent_initial_call=True,
    )(ask_for_gauge if kind == GAUGE else ask_for_place)


def ask_for_place(
    _clicks: int | None, level: str | None, address: str | None, place_id: str | None
) -> tuple[Any, Any]:
    """Ask for mails about a place."""
    return _ask(Wish(address or "", PLACE, place_id or "", level=level or ""))


def ask_for_gauge(
    _clicks: int | None, threshold: str | None, address: str | None, gauge_id: str | None
) -> tuple[Any, Any]:
    """Ask for mails about a gauge with an own threshold."""
    return _ask(Wish(address or "", GAUGE, gauge_id or "", threshold=_number(threshold)))


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").strip().replace(",", "."))
    except ValueError:
        return None


def _ask(wish: Wish) -> tuple[Any, Any]:
    try:
        said = services().subscriptions.request(wish, request.remote_addr or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), wish.address
    return notice(said), ""
