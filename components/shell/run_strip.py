"""The strip at the bottom while a calculation of this visitor runs: on every page, with cancel."""

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import attributes
from components.shell import ids


def run_strip() -> list[Component]:
    """Place the strip and the stores that start a calculation and tell of its end."""
    row = html.Div(
        [
            html.Strong("Berechnung läuft"),
            html.Progress(
                id=ids.RUN_BAR,
                value="0",
                max="100",
                **attributes(aria_label="Fortschritt der Berechnung"),
            ),
            html.Span("", id=ids.RUN_STEP, className="soft"),
            dcc.Link("Zur Berechnung", href="/gewaesser", id=ids.RUN_LINK),
            html.Button(
                "Abbrechen", id=ids.RUN_CANCEL, className="btn btn-quiet btn-sm", type="button"
            ),
        ],
        className="shell__inner run-strip__row",
    )
    return [
        dcc.Store(id=ids.RUN),
        dcc.Store(id=ids.RUN_DONE),
        html.Div(row, id=ids.RUN_STRIP, className="run-strip", hidden=True),
    ]
