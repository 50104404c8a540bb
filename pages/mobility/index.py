"""Mobilität: how many public transport stops each municipality has."""

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

from components.maps.map_view import pick_id, spec_id
from components.panel import lead, loading_line, notice
from components.shell.query_text import follow_query, query_text, query_text_id
from components.sorted_state import sort_by_heads
from pages.mobility import _ids as ids
from pages.mobility import _map as area_map
from pages.mobility import _view as view
from pages.mobility._state import MobilityState
from services.container import services
from services.errors import CockpitError

NAME = "Mobilität"
register_page(
    __name__,
    path="/mobilitaet",
    name=NAME,
    title="Mobilität: Haltestellen der Gemeinden",
    order=3,
    in_nav=True,
    has_map=True,
)
follow_query(ids.PAGE)
sort_by_heads(ids.SORTING, MobilityState)


def layout(**query: str) -> Component:
    """Lay out map, chart and table."""
    state = MobilityState.from_query(query)
    return html.Div(
        [
            dcc.Store(id=ids.SORTING, data=state.as_request()),
            lead("Mobilität · Haltestellen", ids.HEADLINE, "Mobilität", ids.LEAD),
            html.Div(
                [view.map_panel(), html.Div(loading_line(), id=ids.CHART, className="column")],
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
    Output(ids.CHART, "children"),
    Output(ids.LEGEND, "children"),
    Output(spec_id(ids.MAP), "data"),
    Input(ids.CHART, "id"),
)
def show_supply(_id: str) -> tuple[Any, ...]:
    """Show message, chart and map."""
    found = services()
    supply = found.mobility.stops()
    if not supply:
        words = notice("Es sind keine Haltestellen eingetragen.", "warn")
        return "Keine Zahlen", words, None, None, no_update
    try:
        boundaries = found.settlement.boundaries()
    except CockpitError as error:
        return "Keine Karte", notice(error.user_message, "warn"), None, None, no_update
    municipalities = found.settlement.municipalities()
    return (
        view.headline(supply),
        view.lead_lines(supply, found.mobility.attribution),
        view.charts(supply, municipalities),
        area_map.legend(boundaries),
        area_map.supply_spec(supply, municipalities, boundaries),
    )


@callback(
    Output(ids.TABLE, "children"),
    Output(query_text_id(ids.PAGE), "data"),
    Input(ids.SORTING, "data"),
)
def show_table(request: dict[str, str]) -> tuple[Component, str]:
    """Show every municipality in the chosen order."""
    state = MobilityState.from_query(request)
    return view.table(services().mobility.stops(), state), state.as_query()


@callback(Output(ids.SELECTION, "children"), Input(pick_id(ids.MAP), "data"))
def show_selection(picked: dict[str, str] | None) -> Component:
    """Show the municipality that was clicked on the map."""
    return view.selection(services().mobility.stops(), picked)
