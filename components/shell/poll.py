"""The light poll: asks only whether something new exists, and says when the server is silent."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html
from dash.development.base_component import Component

from components.shell import ids

POLL_MS = 5000
"""Nothing shown as "now" is older than this poll plus the age written beside it."""


def poll() -> list[Component]:
    """Place the timer and the store of the version that pages listen to."""
    return [
        dcc.Interval(id=ids.POLL, interval=POLL_MS),
        dcc.Store(id=ids.VERSION),
        dcc.Store(id=ids.SINK),
    ]


def stale_banner() -> Component:
    """Place the banner that appears when the server does not answer."""
    words = html.Div(id=ids.STALE_WORDS, className="shell__inner stale-banner__row", role="alert")
    return html.Div(words, id=ids.STALE, className="stale-banner", hidden=True)


clientside_callback(
    ClientsideFunction("shell", "poll"),
    Output(ids.VERSION, "data"),
    Input(ids.POLL, "n_intervals"),
    State(ids.VERSION, "data"),
    prevent_initial_call=True,
)
