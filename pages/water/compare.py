"""Waves of a gauge compared: how high, how steep, how long from the threshold to the peak."""

from typing import Any

from dash import Input, NoUpdate, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.charts.waves_frame import BY_BEGIN, BY_PEAK
from components.choice import choice, choices
from components.crumbs import crumbs
from components.field import select_field
from components.panel import lead, loading_line, notice, panel
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from components.sorted_state import sort_by_heads
from pages.water import _compare_read as reading
from pages.water import _compare_view as view
from pages.water import _ids as ids
from pages.water._state import CompareState
from services.container import services
from services.errors import CockpitError

register_page(
    __name__,
    path=urls.COMPARE,
    name="Ereignisse vergleichen",
    title="Hochwasserwellen eines Pegels im Vergleich",
    order=18,
    in_nav=False,
)
follow_query(ids.PAGE_COMPARE)
sort_by_heads(ids.COMPARE_SORTING, CompareState)
ALIGNMENTS = ((BY_BEGIN, "an der ersten Überschreitung"), (BY_PEAK, "am Scheitel"))


def layout(**query: str) -> Component:
    """Lay out the skeleton."""
    state = CompareState.from_query(query)
    gauges = [(state.pegel, state.pegel)] if state.pegel else []
    chosen = [
        select_field("Pegel", ids.COMPARE_GAUGE, gauges, state.pegel),
        choices(view.WAVES_LEGEND, ids.COMPARE_WAVES, (), state.keys),
        choice("Übereinanderlegen", ids.COMPARE_ALIGNMENT, ALIGNMENTS, state.ausrichtung),
    ]
    return html.Div(
        [
            dcc.Store(id=ids.COMPARE_SORTING, data=state.as_request()),
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Vergleich"),
                ids.COMPARE_HEADLINE,
                "Wellen eines Pegels im Vergleich",
                ids.COMPARE_LEAD,
            ),
            panel("Auswahl", html.Div(chosen, className="form-stack")),
            html.Div(loading_line(), id=ids.COMPARE_BODY, className="page__part"),
            *query_text(ids.PAGE_COMPARE),
        ],
        className="page",
    )


@callback(
    Output(ids.COMPARE_GAUGE, "options"),
    Output(ids.COMPARE_GAUGE, "value"),
    Input(ids.COMPARE_GAUGE, "id"),
    State(ids.COMPARE_GAUGE, "value"),
)
def offer_gauges(_id: str, chosen: str | None) -> tuple[Any, Any]:
    """Offer the gauges; without one in the address the worst off is shown."""
    try:
        gauges = services().situation.situation().gauges
    except CockpitError:
        return no_update, chosen or ""
    return reading.gauge_options(gauges, chosen or "")


@callback(
    Output(ids.COMPARE_WAVES, "options"),
    Output(ids.COMPARE_WAVES, "value"),
    Input(ids.COMPARE_GAUGE, "value"),
    Input(shell.VERSION, "data"),
    State(ids.COMPARE_SORTING, "data"),
)
def offer_waves(
    gauge_id: str | None, _version: str | None, request: dict[str, str]
) -> tuple[Any, Any]:
    """Offer the waves of the gauge; a new run adds some, and what is ticked stays ticked."""
    try:
        options, ticked = reading.wave_options(services(), gauge_id or "", request)
    except CockpitError:
        return no_update, no_update  # what is ticked stays; the body says what is wrong
    return options, kept(ticked)


def kept(ticked: list[str]) -> list[str] | NoUpdate:
    """Return what is to be ticked, or nothing new where only time went on."""
    return no_update if ctx.triggered_id == shell.VERSION else ticked


@callback(
    Output(ids.COMPARE_HEADLINE, "children"),
    Output(ids.COMPARE_LEAD, "children"),
    Output(ids.COMPARE_BODY, "children"),
    Output(query_text_id(ids.PAGE_COMPARE), "data"),
    Input(ids.COMPARE_GAUGE, "value"),
    Input(ids.COMPARE_WAVES, "value"),
    Input(ids.COMPARE_ALIGNMENT, "value"),
    Input(ids.COMPARE_SORTING, "data"),
    Input(shell.VERSION, "data"),
)
def show_comparison(
    gauge_id: str | None,
    ticked: list[str] | None,
    alignment: str,
    request: dict[str, str],
    _version: str | None,
) -> tuple[Any, Any, Any, Any]:
    """Show the ticked waves laid over one another, and their figures."""
    wanted = {**request, "pegel": gauge_id or "", "ausrichtung": alignment}
    try:
        shown = reading.read(services(), ticked or [], CompareState.from_query(wanted))
    except CockpitError as error:
        return "Kein Vergleich", notice(error.user_message, "warn"), None, no_update
    return view.headline(shown), view.lead_lines(shown), view.body(shown), shown.state.as_query()
