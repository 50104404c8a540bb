"""Gewässer: which place, in how many minutes, how sure, how old is the data."""

from typing import Any

from dash import Input, Output, State, callback, html, no_update, register_page
from dash.development.base_component import Component

from components.maps.map_view import pick_id, spec_id
from components.maps.water_map import water_spec
from components.panel import lead, notice
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.water import _endangered as endangered
from pages.water import _ids as ids
from pages.water import _index_view as view
from pages.water import _places as places
from pages.water import _run_job as run_job
from pages.water import _selection as selection
from pages.water import _what_if as what_if
from pages.water._state import NO, YES, IndexState
from services.container import services
from services.errors import CockpitError

NAME = "Gewässer"
register_page(
    __name__,
    path="/gewaesser",
    name=NAME,
    title="Gewässer: Vorwarnzeiten",
    order=1,
    in_nav=True,
    has_map=True,
)
follow_query(ids.PAGE_INDEX)
what_if.connect()
run_job.connect()


def layout(**query: str) -> Component:
    """Lay out map, Laufzeitdiagramm, tables and the what-if form."""
    state = IndexState.from_query(query)
    return html.Div(
        [
            lead("Gewässer · Vorwarnzeiten", ids.INDEX_HEADLINE, "Gewässer", ids.INDEX_LEAD),
            view.picture(state),
            html.Div(id=ids.INDEX_ENDANGERED),
            view.below(),
            *query_text(ids.PAGE_INDEX),
        ],
        className="page",
    )


@callback(
    Output(ids.INDEX_HEADLINE, "children"),
    Output(ids.INDEX_LEAD, "children"),
    Output(ids.INDEX_ENDANGERED, "children"),
    Output(ids.INDEX_GAUGES, "children"),
    Output(ids.INDEX_REST, "children"),
    Output(spec_id(ids.INDEX_MAP), "data"),
    Input(ids.INDEX_OBJECTS, "value"),
    Input(shell.VERSION, "data"),
)
def show_situation(shown: list[str], _version: str | None) -> tuple[Any, ...]:
    """Show the message, the endangered places, the rest, and the map of the same state."""
    found = services()
    try:
        situation = found.situation.situation()
    except CockpitError as error:
        return "Lage unbekannt", notice(error.user_message, "warn"), None, None, None, no_update
    objects = found.objects.objects(situation) if YES in shown else ()
    ags_codes = [row.ags for row in found.settlement.municipalities()]
    spec = water_spec(situation, found.situation.river_lines(), ags_codes, objects)
    lines = view.lead_lines(situation)
    tables = [endangered.table_panel(situation), *view.object_panel(objects, situation)]
    gauges, rest = places.gauges(situation), places.rest(situation)
    return situation.headline, lines, tables, gauges, rest, spec


@callback(
    Output(ids.INDEX_RIVER, "options"),
    Output(ids.INDEX_RIVER, "value"),
    Input(ids.INDEX_RIVER, "id"),
    State(ids.INDEX_RIVER, "value"),
)
def offer_rivers(_id: str, chosen: str | None) -> tuple[list[dict[str, str]], str]:
    """Offer the rivers; the one in the address, else the one with the worst state."""
    found = services().situation
    rivers = found.walk_rivers()
    options = [{"value": river_id, "label": name} for river_id, name in rivers]
    known = {river_id for river_id, _ in rivers}
    worst = view.worst_river(found.situation(), [river_id for river_id, _ in rivers])
    return options, chosen if chosen in known else worst


@callback(
    Output(ids.INDEX_WALK, "children"),
    Output(query_text_id(ids.PAGE_INDEX), "data"),
    Input(ids.INDEX_RIVER, "value"),
    Input(ids.INDEX_OBJECTS, "value"),
    Input(shell.VERSION, "data"),
    prevent_initial_call=True,
)
def show_walk(river_id: str | None, objects: list[str], _version: str | None) -> tuple[Any, Any]:
    """Show the Laufzeitdiagramm of the chosen river."""
    if not river_id:
        return notice("Es ist kein Gewässer eingetragen."), no_update
    try:
        state = IndexState(river_id, YES if YES in objects else NO)
        return view.walk(services().situation.walk(river_id)), state.as_query()
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update


@callback(
    Output(ids.INDEX_SELECTION, "children"),
    Input(pick_id(ids.INDEX_MAP), "data"),
    Input(shell.VERSION, "data"),
)
def show_selection(picked: dict[str, str] | None, _version: str | None) -> Component:
    """Show what was clicked on the map."""
    try:
        situation = services().situation.situation()
        return selection.selection(situation, picked, services().objects.objects(situation))
    except CockpitError as error:
        return notice(error.user_message, "warn")


@callback(
    Output(ids.INDEX_RUNS, "children"), Input(shell.VERSION, "data"), Input(shell.RUN_DONE, "data")
)
def show_runs(_version: str | None, _done: str | None) -> Component:
    """List the last calculations."""
    found = services()
    return view.run_list(found.runs.recent(view.MOST_RUNS))
