"""Devices: which deliver, how they are heard, what a gateway's failure costs; commissioning."""

from typing import Any

from dash import (
    ALL,
    Input,
    Output,
    State,
    callback,
    ctx,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component

from components import urls
from components.choice import choice
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from components.sorted_state import sort_by_heads
from pages.data_space import _devices_entry as entry
from pages.data_space import _devices_gateways as gateways
from pages.data_space import _devices_ids as ids
from pages.data_space import _devices_slots as slots
from pages.data_space import _devices_view as view
from pages.data_space._devices_state import FILTERS, DevicesState
from pages.data_space._sections import sections
from services.container import services
from services.errors import CockpitError

register_page(
    __name__,
    path=urls.DEVICES,
    name="Geräte",
    title="Geräte und Gateways",
    order=43,
    in_nav=False,
)
follow_query(ids.PAGE)
sort_by_heads(ids.SORTING, DevicesState)
TITLE = "Welche Geräte liefern?"
FIELDS = (ids.EUI, ids.GAUGE, ids.MODEL, ids.PLACE, ids.UNIT, ids.HEIGHT)


def layout(**query: str) -> Component:
    """Lay out filter, table, pictures and the form."""
    state = DevicesState.from_query(query)
    return html.Div(
        [
            dcc.Store(id=ids.SORTING, data=state.as_request()),
            dcc.Store(id=ids.ENTERED),
            lead(
                crumbs((("Überblick", urls.HOME), ("Daten", urls.DATA)), "Geräte"),
                ids.HEADLINE,
                TITLE,
                ids.LEAD,
            ),
            sections(urls.DEVICES),
            choice("Zustand", ids.FILTER, list(FILTERS.items()), state.zustand),
            html.Div(loading_line(), id=ids.TABLE),
            html.Div(id=ids.BODY, className="page__part"),
            entry.entry_panel(services().devices.gauges(), urls.DEVICES + state.as_query()),
            html.Div(id=ids.UNKNOWN),
            *query_text(ids.PAGE),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.TABLE, "children"),
    Output(ids.BODY, "children"),
    Output(ids.UNKNOWN, "children"),
    Output(query_text_id(ids.PAGE), "data"),
    Input(ids.FILTER, "value"),
    Input(ids.SORTING, "data"),
    Input(ids.ENTERED, "data"),
    Input(shell.VERSION, "data"),
)
def show_devices(
    chosen: str, request: dict[str, str], _entered: str | None, _version: str | None
) -> tuple[Any, ...]:
    """Show how all devices stand, or why that can't be told."""
    state = DevicesState.from_query({**request, "zustand": chosen})
    try:
        found = services().devices.overview()
    except CockpitError as error:
        words = notice(error.user_message, "warn")
        return TITLE, words, None, None, None, state.as_query()
    return (
        view.headline(found),
        view.lead_lines(found),
        view.table(found, state),
        [slots.slots_panel(found.completeness), gateways.gateways_panel(found)],
        entry.unknown_panel(found),
        state.as_query(),
    )


@callback(
    Output(ids.NOTE, "children"),
    Output(ids.ENTERED, "data"),
    Input(ids.ADD, "n_clicks"),
    Input(entry.catch_up_id(ALL), "n_clicks"),
    *[State(field, "value") for field in FIELDS],
    prevent_initial_call=True,
)
def enter(
    added: int | None,
    caught_up: list[int | None],
    *fields: Any,  # noqa: ANN401  # one value per field
) -> tuple[Any, Any]:
    """Commission a device, or take in its kept messages; new buttons alone do nothing."""
    clicked = ctx.triggered_id
    is_add = clicked == ids.ADD
    if not (added if is_add else any(caught_up)):
        return no_update, no_update
    commissioning = services().commissioning
    try:
        if is_add:
            asked = entry.asked(fields)
            kept = commissioning.add(asked)
            return notice(entry.added_words(asked, kept)), f"add {asked.dev_eui} {added}"
        device = str(clicked["device"])
        count = commissioning.catch_up(device)
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    return notice(f"{count} Meldungen von {device} werden nachgeholt."), f"catch-up {device}"
