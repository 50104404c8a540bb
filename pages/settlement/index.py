"""Siedlung: how the population of each municipality changed."""

from typing import Any

from dash import (
    Input,
    Output,
    callback,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component

from components.choice import choice
from components.maps.map_view import pick_id, spec_id
from components.panel import lead, loading_line, notice
from components.population import PERIODS, ranked
from components.shell.query_text import follow_query, query_text, query_text_id
from components.sorted_state import sort_by_heads
from pages.settlement import _ids as ids
from pages.settlement import _map as area_map
from pages.settlement import _view as view
from pages.settlement._state import SettlementState
from services.container import services
from services.errors import CockpitError

NAME = "Siedlung"
register_page(
    __name__,
    path="/siedlung",
    name=NAME,
    title="Siedlung: Bevölkerung der Gemeinden",
    order=2,
    in_nav=True,
    has_map=True,
)
follow_query(ids.PAGE)
sort_by_heads(ids.SORTING, SettlementState)


def layout(**query: str) -> Component:
    """Lay out period, map, charts and table."""
    state = SettlementState.from_query(query)
    periods = [(key, f"{first} bis {last}") for key, (first, last) in PERIODS.items()]
    return html.Div(
        [
            dcc.Store(id=ids.SORTING, data=state.as_request()),
            lead("Siedlung · Bevölkerung", ids.HEADLINE, "Siedlung", ids.LEAD),
            choice("Zeitraum", ids.PERIOD, periods, state.zeitraum),
            html.Div(
                [view.map_panel(), html.Div(loading_line(), id=ids.CHARTS, className="column")],
                className="grid grid--picture",
            ),
            html.Div(id=ids.TABLE),
            *query_text(ids.PAGE),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.CHARTS, "children"),
    Output(ids.LEGEND, "children"),
    Output(spec_id(ids.MAP), "data"),
    Input(ids.PERIOD, "value"),
)
def show_period(period: str) -> tuple[Any, ...]:
    """Show message, charts and map of a period."""
    state = SettlementState(period)
    settlement = services().settlement
    municipalities = settlement.municipalities()
    if not municipalities:
        words = notice("Es sind keine Gemeinden eingetragen.", "warn")
        return "Keine Zahlen", words, None, None, no_update
    changes = ranked(municipalities, state.zeitraum)
    try:
        boundaries = settlement.boundaries()
    except CockpitError as error:
        return "Keine Karte", notice(error.user_message, "warn"), None, None, no_update
    spec = area_map.population_spec(changes, state.zeitraum, boundaries)
    return (
        view.headline(changes, state.zeitraum),
        view.lead_lines(changes, state.zeitraum, boundaries),
        view.charts(changes, state.zeitraum),
        area_map.legend(state.zeitraum, boundaries),
        spec,
    )


@callback(
    Output(ids.TABLE, "children"),
    Output(query_text_id(ids.PAGE), "data"),
    Input(ids.PERIOD, "value"),
    Input(ids.SORTING, "data"),
)
def show_table(period: str, request: dict[str, str]) -> tuple[Component, str]:
    """Show every municipality in the chosen order."""
    state = SettlementState.from_query({**request, "zeitraum": period})
    settlement = services().settlement
    table = view.table(ranked(settlement.municipalities(), state.zeitraum), state)
    return table, state.as_query()


@callback(
    Output(ids.SELECTION, "children"), Input(pick_id(ids.MAP), "data"), Input(ids.PERIOD, "value")
)
def show_selection(picked: dict[str, str] | None, period: str) -> Component:
    """Show the municipality that was clicked on the map."""
    state = SettlementState(period)
    return view.selection(ranked(services().settlement.municipalities(), state.zeitraum), picked)
