"""Pieces of /daten/geraet: on a phone first value, age, signal and next message; then the rest."""

from urllib.parse import urlsplit

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.charts.code_svg import code_svg
from components.charts.slots_svg import slot_words
from components.content import Content
from components.hero import facts
from components.inline_svg import inline_svg
from components.links import page_link
from components.panel import notice, panel
from pages.data_space import _devices_words as words
from pages.data_space._devices_state import LABEL
from services.devices.model import DeviceDetail, DeviceState

ONLY_HERE = (
    "Diesen QR-Code kann kein Telefon öffnen: Die Adresse gilt nur auf dem Rechner des Cockpits. "
    "Bitte vor dem Drucken COCKPIT_PUBLIC_URL auf die öffentliche Adresse setzen."
)
SAID = {
    DeviceState.DELIVERS: "liefert",
    DeviceState.UNREAD: "sendet, aber noch kein Wert war lesbar",
    DeviceState.NEVER: "wurde nie gehört",
}


def headline(found: DeviceDetail) -> str:
    """Say which device it is and how it stands."""
    state = found.device.state
    return f"Gerät am Pegel {found.device.gauge_name} {SAID.get(state, f'ist {state.value}')}"


def now_panel(found: DeviceDetail) -> Component:
    """Show what a person in the field needs first."""
    view = found.device
    rows: list[tuple[str, Content]] = [
        ("letzter Wert", _value(found)),
        ("zuletzt gehört", words.seen(view, found.now)),
        ("Signal", words.signal(view)),
        ("nächste Meldung", words.expected(view.expectation, found.now)),
        ("Zustand", words.badge(view.state)),
        ("Batterie", words.battery(view.battery)),
    ]
    return panel("Jetzt", facts(rows))


def about_panel(found: DeviceDetail) -> Component:
    """Show what the device is, and its week."""
    view = found.device
    origin = "hier in Betrieb genommen" if view.is_commissioned else "im Regionsordner eingetragen"
    rows: list[tuple[str, Content]] = [
        ("Pegel", page_link(view.gauge_name, urls.gauge_url(view.gauge_id))),
        ("DevEUI", html.Code(view.dev_eui)),
        ("Modell", f"{view.model}, {origin}"),
        ("verlorene Rahmen, 7 Tage", words.lost(view)),
        ("Neuanmeldungen, 7 Tage", formats.number(view.rejoins)),
        ("Viertelstunden heute", slot_words(view.today) if view.today else formats.MISSING),
        ("Etikett", page_link("QR-Code zum Drucken", urls.device_url(view.dev_eui, LABEL))),
    ]
    return panel("Gerät", facts(rows))


def label(found: DeviceDetail) -> Component:
    """Show the label alone: code, gauge, DevEUI, address in letters."""
    lines = [
        html.P(f"Pegel {found.device.gauge_name}", className="device-label__name"),
        html.P(f"DevEUI {found.device.dev_eui}"),
        html.P(found.address, className="device-label__address"),
    ]
    code = inline_svg(code_svg(found.address), "device-label__code")
    printed = html.Div([code, html.Div(lines)], className="device-label")
    button = html.Button(
        "Drucken", type="button", className="btn btn-primary", **attributes(data_print="")
    )
    parts: list[Component] = [printed, html.Div(button, className="actions panel__after")]
    return html.Div(parts if _is_reachable(found.address) else [notice(ONLY_HERE, "warn"), *parts])


def _is_reachable(address: str) -> bool:
    """Tell whether a phone can open an address: not one that only this machine knows."""
    host = urlsplit(address).hostname or ""
    return not (host in {"localhost", "::1", "0.0.0.0"} or host.startswith("127."))  # noqa: S104  # compared


def _value(found: DeviceDetail) -> str:
    reading = found.device.reading
    if reading is None:
        return "noch kein Wert"
    value = formats.quantity(reading.value, reading.unit)
    return f"{value}, {formats.stand(reading.at, found.now)}"
