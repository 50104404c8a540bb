"""A gauge: its value and age in large, the hydrograph, thresholds, what lies below."""

from datetime import timedelta
from typing import Any

from dash import (
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component

from components import urls
from components.charts.explorer import CONFIG, explorer_figure
from components.charts.hydrograph import notes_of
from components.choice import choice, choices
from components.content import Content
from components.crumbs import crumbs
from components.gauge_context_words import LAYER_WORDS
from components.links import page_link
from components.panel import lead, loading_line, notice, panel
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from components.short_name import gauge_name
from pages.water import _gauge_chart as drawn
from pages.water import _gauge_view as view
from pages.water import _ids as ids
from pages.water import _subscribe_form as subscribe
from pages.water._state import WINDOW_WORDS, GaugeState
from services.container import services
from services.errors import CockpitError, UnknownGaugeError
from services.subscriptions.model import GAUGE

EXPLORED_DAYS = 30
EXPLORED_POINTS = 3000
"""A month at 15 minutes is 2,880 readings: so far every reading is shown as it is."""


def title(gauge_id: str = "", **_path: str) -> str:
    """Name the gauge in the title where it exists."""
    name = view.name_of(services().situation.situation().gauges, gauge_id)
    return f"{name}"


register_page(
    __name__,
    path_template="/gewaesser/pegel/<gauge_id>",
    path="/gewaesser/pegel/none",
    name="Pegel",
    title=title,
    order=11,
    in_nav=False,
)
follow_query(ids.PAGE_GAUGE)
subscribe.connect(GAUGE, ids.GAUGE_ID)


def layout(page_path: str = "", **query: str) -> Component:
    """Lay out the skeleton of a gauge page."""
    state = GaugeState.from_query(query)
    window = choice("Zeitraum", ids.GAUGE_WINDOW, WINDOW_WORDS, state.fenster)
    layers = choices("Zusätzlich zeigen", ids.GAUGE_LAYERS, LAYER_WORDS, state.layers)
    explore = html.Button(
        "Interaktiv erkunden", id=ids.GAUGE_EXPLORE, className="btn btn-quiet", type="button"
    )
    gauge_id = urls.last_segment(page_path, urls.GAUGE)
    compare = page_link("Ereignisse vergleichen", urls.compare_url(gauge_id))
    return html.Div(
        [
            dcc.Store(id=ids.GAUGE_ID, data=gauge_id),
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Pegel"),
                ids.GAUGE_HEADLINE,
                "Pegel",
                ids.GAUGE_LEAD,
            ),
            html.Div(
                [
                    panel(
                        "Ganglinie",
                        [
                            window,
                            layers,
                            html.Div(loading_line(), id=ids.GAUGE_CHART),
                            html.Div([explore, compare], className="actions"),
                            html.Div(id=ids.GAUGE_EXPLORER),
                            dcc.Store(id=ids.GAUGE_THEME),
                        ],
                    ),
                    html.Div(id=ids.GAUGE_BODY, className="page__part"),
                    subscribe.form(GAUGE),
                ],
                id=ids.GAUGE_PARTS,
                className="page__part",
            ),
            *query_text(ids.PAGE_GAUGE),
        ],
        className="page",
    )


@callback(
    Output(ids.GAUGE_HEADLINE, "children"),
    Output(ids.GAUGE_LEAD, "children"),
    Output(ids.GAUGE_CHART, "children"),
    Output(ids.GAUGE_BODY, "children"),
    Output(query_text_id(ids.PAGE_GAUGE), "data"),
    Output(ids.GAUGE_PARTS, "hidden"),
    Input(ids.GAUGE_ID, "data"),
    Input(ids.GAUGE_WINDOW, "value"),
    Input(ids.GAUGE_LAYERS, "value"),
    Input(shell.VERSION, "data"),
)
def show_gauge(
    gauge_id: str, window: str, layers: list[str], _version: str | None
) -> tuple[Any, ...]:
    """Show the gauge, or say why there is none: one that does not exist has no other parts."""
    state = GaugeState.of(window, layers)
    try:
        shown = drawn.read(services(), gauge_id, state.hours)
    except CockpitError as error:
        said = view.missing(error.user_message)
        is_unknown = isinstance(error, UnknownGaugeError)
        return "Pegel nicht gefunden", said, None, None, no_update, is_unknown
    chart = drawn.chart(shown, state.layers)
    lines = view.lead_lines(shown.detail, shown.now)
    name, parts = gauge_name(shown.detail.gauge.name), drawn.parts(shown)
    return name, lines, chart, parts, state.as_query(), False


clientside_callback(
    ClientsideFunction("shell", "currentTheme"),
    Output(ids.GAUGE_THEME, "data"),
    Input(ids.GAUGE_EXPLORE, "n_clicks"),
    prevent_initial_call=True,
)


@callback(
    Output(ids.GAUGE_EXPLORER, "children"),
    Input(ids.GAUGE_THEME, "data"),
    State(ids.GAUGE_ID, "data"),
    prevent_initial_call=True,
)
def explore(theme: str, gauge_id: str) -> Content:
    """Load the interactive figure, with a month of readings."""
    found = services().situation
    try:
        detail = found.gauge(gauge_id, EXPLORED_DAYS * 24)
        now = found.situation().clock.now
        start = now - timedelta(days=EXPLORED_DAYS)
        points = found.history(gauge_id, start, now, EXPLORED_POINTS)
    except CockpitError as error:
        return notice(error.user_message, "warn")
    gauge, notes = detail.gauge, notes_of(detail.quality)
    figure = explorer_figure(points, gauge.unit, gauge.thresholds, theme, notes)
    hint = "Bereich aufziehen vergrößert, Doppelklick setzt zurück."
    return [
        html.P(hint, className="muted"),
        dcc.Graph(figure=figure, config=CONFIG, className="graph-host"),
    ]
