"""The form "Neu berechnen / Was wäre wenn": bounded inputs, one button each."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, ctx, html, no_update
from dash.development.base_component import Component

from components import urls
from components.panel import panel
from components.shell import ids as shell
from pages.water import _ids as ids
from pages.water._what_if_request import HOURS, RISE_CM, RISE_HINT, checked
from pages.water._what_if_words import RAIN, present_lines
from services.container import services
from services.errors import CockpitError
from services.people.identity import current
from services.people.model import Right
from services.runs import NOBODY
from services.situation.model import WhatIfRequest

DEFAULT_RISE_CM = 30
RIGHT = Right.READ
"""Everybody may ask what would be: it is bounded and shown as what it is."""
DEFAULT_HOURS = 3


def form() -> Component:
    """Ask for gauge, rise and duration."""
    fields = html.Div(
        [
            _field(
                "Pegel",
                ids.WHAT_IF_GAUGE,
                dbc.Select(id=ids.WHAT_IF_GAUGE, options=[]),
                "mit Sensor",
            ),
            _field(
                "Anstieg in cm je Stunde",
                ids.WHAT_IF_RISE,
                _number(ids.WHAT_IF_RISE, RISE_CM, DEFAULT_RISE_CM),
                RISE_HINT,
            ),
            _field(
                "Dauer in Stunden",
                ids.WHAT_IF_HOURS,
                _number(ids.WHAT_IF_HOURS, HOURS, DEFAULT_HOURS),
                f"{HOURS[0]} bis {HOURS[1]}",
            ),
        ],
        className="form-row",
    )
    buttons = html.Div(
        [
            html.Button(
                "Was wäre wenn berechnen",
                id=ids.WHAT_IF_START,
                className="btn btn-primary",
                type="button",
            ),
            html.Button(
                "Jetzige Lage neu berechnen",
                id=ids.WHAT_IF_RECOMPUTE,
                className="btn btn-quiet",
                type="button",
            ),
        ],
        className="actions",
    )
    words = (
        "Nimmt an, dass ein Pegel ab jetzt so steigt, und rechnet die Ankunft unterhalb."
        f" {RAIN} Das Ergebnis ist keine Lage und steht auf einer eigenen Seite."
    )
    present = html.Div(id=ids.WHAT_IF_PRESENT, role="status")
    note = html.Div(id=ids.WHAT_IF_NOTE, role="status")
    sentence = html.P(words, className="panel__sentence")
    return panel("Neu berechnen / Was wäre wenn", [sentence, fields, present, buttons, note])


def _field(label: str, field_id: str, control: Component, hint: str = "") -> Component:
    parts = [html.Label(label, htmlFor=field_id, className="form-label"), control]
    if hint:
        parts.append(html.Span(hint, className="field__hint"))
    return html.Div(parts)


def _number(field_id: str, bounds: tuple[int, int], value: int) -> Component:
    field: Component = dbc.Input(
        id=field_id,
        type="number",
        min=bounds[0],
        max=bounds[1],
        step=1,
        value=value,
        required=True,
        inputmode="numeric",
    )
    return field


def connect() -> None:
    """Register the callbacks of the form."""
    callback(
        Output(ids.WHAT_IF_GAUGE, "options"),
        Output(ids.WHAT_IF_GAUGE, "value"),
        Input(ids.WHAT_IF_GAUGE, "id"),
    )(offer_gauges)
    callback(
        Output(ids.WHAT_IF_PRESENT, "children"),
        Input(ids.WHAT_IF_GAUGE, "value"),
        Input(ids.WHAT_IF_RISE, "value"),
        Input(ids.WHAT_IF_HOURS, "value"),
        Input(shell.VERSION, "data"),
    )(show_present)
    callback(
        Output(shell.RUN, "data"),
        Output(shell.LOCATION, "href"),
        Output(ids.WHAT_IF_NOTE, "children"),
        Input(ids.WHAT_IF_START, "n_clicks"),
        Input(ids.WHAT_IF_RECOMPUTE, "n_clicks"),
        State(ids.WHAT_IF_GAUGE, "value"),
        State(ids.WHAT_IF_RISE, "value"),
        State(ids.WHAT_IF_HOURS, "value"),
        prevent_initial_call=True,
    )(start_run)


def offer_gauges(_id: str) -> tuple[list[dict[str, str]], str | None]:
    """Offer the gauges that have a connection and measure in metres."""
    gauges = services().situation.situation().gauges
    options = [
        {"value": gauge.gauge_id, "label": f"{gauge.name} ({gauge.river_name})"}
        for gauge in gauges
        if gauge.is_connected and gauge.unit == "m"
    ]
    return options, options[0]["value"] if options else None


def show_present(
    gauge_id: object, rise_cm: object, hours: object, _version: str | None
) -> list[Component]:
    """Show what the gauge measures now, and where the assumed rise leads."""
    try:
        situation = services().situation.situation()
    except CockpitError as error:
        return [html.P(error.user_message)]
    gauge = next((gauge for gauge in situation.gauges if gauge.gauge_id == gauge_id), None)
    if gauge is None:
        return []
    wanted = checked(gauge_id, rise_cm, hours, situation.gauges)
    return present_lines(gauge, wanted, situation.clock.now)


def start_run(
    start: int | None, recompute: int | None, gauge_id: object, rise_cm: object, hours: object
) -> tuple[Any, Any, str]:
    """Queue the calculation and go to its page.

    Dash also calls this when the buttons appear, because its outputs live in the shell.
    """
    if not start and not recompute:
        return no_update, no_update, ""
    request: WhatIfRequest | str | None = None
    if ctx.triggered_id == ids.WHAT_IF_START:
        request = _wanted(gauge_id, rise_cm, hours)
    return begin(request)


def _wanted(gauge_id: object, rise_cm: object, hours: object) -> WhatIfRequest | str:
    try:
        gauges = services().situation.situation().gauges
    except CockpitError as error:
        return error.user_message
    return checked(gauge_id, rise_cm, hours, gauges)


def asker() -> str:
    """Return under which name a run is stored: only who began it may end it."""
    who = current()
    return who.actor if who.is_signed_in else NOBODY


def begin(request: WhatIfRequest | str | None) -> tuple[Any, Any, str]:
    """Start the run of a request; a sentence instead of a request is shown as it is."""
    if isinstance(request, str):
        return no_update, no_update, request
    try:
        run_id = services().runs.start_what_if(request, asker())
    except CockpitError as error:
        return no_update, no_update, error.user_message
    return run_id, urls.run_url(run_id), ""
