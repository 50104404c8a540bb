"""A device: value, age, signal and next message first, then its week, gateways, log and label."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.data_space import _device_log as log
from pages.data_space import _device_tables as tables
from pages.data_space import _device_view as view
from pages.data_space import _devices_ids as ids
from pages.data_space import _devices_slots as slots
from pages.data_space._devices_state import LABEL, DevicePageState
from pages.data_space._sections import sections
from services.container import services
from services.devices.errors import UnknownDeviceError
from services.errors import CockpitError

register_page(
    __name__,
    path_template="/daten/geraet/<dev_eui>",
    path="/daten/geraet/none",
    name="Gerät",
    title="Gerät",
    order=44,
    in_nav=False,
)
TITLE = "Gerät"
WAY = (("Überblick", urls.HOME), ("Daten", urls.DATA), ("Geräte", urls.DEVICES))


def layout(page_path: str = "", **query: str) -> Component:
    """Lay out the skeleton of a device's page."""
    state = DevicePageState.from_query(query)
    dev_eui = urls.last_segment(page_path, urls.DEVICE)
    form = log.log_form(urls.device_url(dev_eui))
    return html.Div(
        [
            dcc.Store(id=ids.DEVICE, data=dev_eui),
            dcc.Store(id=ids.DEVICE_VIEW, data=state.ansicht),
            dcc.Store(id=ids.LOG_WRITTEN),
            lead(crumbs(WAY, TITLE), ids.DEVICE_HEADLINE, TITLE, ids.DEVICE_LEAD),
            sections(""),
            html.Div(loading_line(), id=ids.DEVICE_BODY, className="page__part"),
            html.Div(form, id=ids.DEVICE_FORM, hidden=True),
        ],
        className="page",
    )


@callback(
    Output(ids.DEVICE_HEADLINE, "children"),
    Output(ids.DEVICE_LEAD, "children"),
    Output(ids.DEVICE_BODY, "children"),
    Output(ids.DEVICE_FORM, "hidden"),
    Input(ids.DEVICE, "data"),
    Input(ids.DEVICE_VIEW, "data"),
    Input(ids.LOG_WRITTEN, "data"),
    Input(shell.VERSION, "data"),
)
def show_device(
    dev_eui: str, shown: str | None, _written: str | None, _version: str | None
) -> tuple[Any, Any, Any, bool]:
    """Show the device or its label, or say that there is none."""
    try:
        found = services().devices.device(dev_eui)
    except UnknownDeviceError as error:
        return "Gerät nicht gefunden", notice(error.user_message, "warn"), None, True
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn"), None, True
    if shown == LABEL:
        return f"Etikett für Pegel {found.device.gauge_name}", None, view.label(found), True
    body = [
        html.Div([view.now_panel(found), view.about_panel(found)], className="grid grid--halves"),
        slots.slots_panel((found.slots,) if found.slots else ()),
        tables.links_panel(found),
        tables.days_panel(found),
        tables.log_panel(found),
    ]
    return view.headline(found), None, body, False


@callback(
    Output(ids.LOG_SAID, "children"),
    Output(ids.LOG_WRITTEN, "data"),
    Output(ids.LOG_TEXT, "value"),
    Input(ids.LOG_ADD, "n_clicks"),
    State(ids.DEVICE, "data"),
    State(ids.LOG_KIND, "value"),
    State(ids.LOG_TEXT, "value"),
    prevent_initial_call=True,
)
def write(
    clicks: int | None, dev_eui: str, kind: str | None, text: str | None
) -> tuple[Any, Any, Any]:
    """Append an entry to the log."""
    if not clicks:
        return no_update, no_update, no_update
    try:
        services().maintenance.note(dev_eui, kind or "", text or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    return notice("Eingetragen."), f"{dev_eui} {clicks}", ""
