"""The form "Neu berechnen / Was wäre wenn": bounded inputs, one button each."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, ctx, html, no_update
from dash.development.base_component import Component

from components import urls
from components.panel import panel
from components.shell import ids as shell
from pages.water import _ids as ids
from services.container import services
from services.errors import CockpitError
from services.situation.model import WhatIfRequest

RISE_CM = (1, 200)
"""Bounds of the rise in cm an hour: 2021 saw 30 cm/h on the Nette, 160 cm/h on the Ahr."""
HOURS = (1, 12)
DEFAULT_RISE_CM = 30
DEFAULT_HOURS = 3
CM_PER_M = 100
PUBLIC = "öffentlich"


def form() -> Component:
    """Ask for gauge, rise and duration."""
    fields = html.Div(
        [
            _field("Pegel", ids.WHAT_IF_GAUGE, dbc.Select(id=ids.WHAT_IF_GAUGE, options=[])),
            _field(
                "Anstieg in cm je Stunde",
                ids.WHAT_IF_RISE,
                _number(ids.WHAT_IF_RISE, RISE_CM, DEFAULT_RISE_CM),
                f"{RISE_CM[0]} bis {RISE_CM[1]}",
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
        " Das Ergebnis ist keine Lage und steht auf einer eigenen Seite."
    )
    note = html.Div(id=ids.WHAT_IF_NOTE, role="status")
    sentence = html.P(words, className="panel__sentence")
    return panel("Neu berechnen / Was wäre wenn", [sentence, fields, buttons, note])


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


def request_from(gauge_id: object, rise_cm: object, hours: object) -> WhatIfRequest | str:
    """Return the request, or the sentence that says which input is out of bounds."""
    if not isinstance(gauge_id, str) or not gauge_id:
        return "Bitte einen Pegel auswählen."
    if not _within(rise_cm, RISE_CM):
        return f"Der Anstieg muss zwischen {RISE_CM[0]} und {RISE_CM[1]} cm je Stunde liegen."
    if not _within(hours, HOURS):
        return f"Die Dauer muss zwischen {HOURS[0]} und {HOURS[1]} Stunden liegen."
    return WhatIfRequest(gauge_id, float(str(rise_cm)) / CM_PER_M, float(str(hours)))


def _within(value: object, bounds: tuple[int, int]) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and bounds[0] <= value <= bounds[1]
    )


def connect() -> None:
    """Register the callbacks of the form."""
    callback(
        Output(ids.WHAT_IF_GAUGE, "options"),
        Output(ids.WHAT_IF_GAUGE, "value"),
        Input(ids.WHAT_IF_GAUGE, "id"),
    )(offer_gauges)
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
        request = request_from(gauge_id, rise_cm, hours)
    return begin(request)


def begin(request: WhatIfRequest | str | None) -> tuple[Any, Any, str]:
    """Start the run of a request; a sentence instead of a request is shown as it is."""
    if isinstance(request, str):
        return no_update, no_update, request
    try:
        run_id = services().runs.start_what_if(request, PUBLIC)
    except CockpitError as error:
        return no_update, no_update, error.user_message
    return run_id, urls.run_url(run_id), ""
