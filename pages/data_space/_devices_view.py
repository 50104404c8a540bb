"""Pieces of /daten/geraete: the message, the table of devices."""

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.charts.slots_svg import slot_words
from components.content import Content
from components.links import page_link
from components.panel import notice, panel
from components.sorting import Key, in_order
from components.table import Column, Row, data_table
from pages.data_space import _devices_words as words
from pages.data_space._devices_state import ALL, DevicesState
from services.devices.model import DeviceState, DevicesView, DeviceView

CHOSEN = {
    "liefert": {DeviceState.DELIVERS},
    "still": {DeviceState.OVERDUE, DeviceState.SILENT, DeviceState.UNREAD},
    "nie": {DeviceState.NEVER},
    "ausgebaut": {DeviceState.REMOVED},
}
URGENCY = (
    DeviceState.REMOVED,
    DeviceState.DELIVERS,
    DeviceState.NEVER,
    DeviceState.OVERDUE,
    DeviceState.UNREAD,
    DeviceState.SILENT,
)
NAMED = (DeviceState.SILENT, DeviceState.OVERDUE, DeviceState.UNREAD, DeviceState.NEVER)
MOST_NAMES = 4
EMPTY = (
    "Kein Gerät ist einem Pegel zugeordnet. Geräte stehen in sensors.csv des Regionsordners oder "
    "werden unten in Betrieb genommen."
)
LEAD = (
    "Überfällig heißt: die nächste Meldung steht länger aus als ein halber Abstand. Stumm heißt: "
    "vier Meldungen fehlen, mindestens seit einer Stunde."
)


def headline(found: DevicesView) -> str:
    """Say how many devices deliver, and which do not."""
    active = [view for view in found.devices if view.state is not DeviceState.REMOVED]
    if not active:
        return "Kein Gerät ist in Betrieb"
    good = sum(view.state is DeviceState.DELIVERS for view in active)
    noun = "Gerät" if len(active) == 1 else "Geräten"
    parts = [f"{formats.number(good)} von {formats.number(len(active))} {noun} liefern"]
    for state in NAMED:
        names = [view.gauge_name for view in active if view.state is state]
        if names:
            more = " und weitere" if len(names) > MOST_NAMES else ""
            parts.append(f"{state.value}: {', '.join(names[:MOST_NAMES])}{more}")
    return "; ".join(parts)


def lead_lines(found: DevicesView) -> list[Component]:
    """Explain the states; say where one gateway's failure would lose gauges."""
    if not found.devices:
        return [notice(EMPTY)]
    lines: list[Component] = [html.P(LEAD, className="intro__sub")]
    count = len({name for view in found.gateways for name in view.lost_gauges})
    if count:
        said = "ein Pegel hängt" if count == 1 else f"{count} Pegel hängen"
        lines.append(html.P(f"Am Funk: {said} an einem einzigen Gateway.", className="intro__meta"))
    return lines


def table(found: DevicesView, state: DevicesState) -> Component:
    """List the devices of the chosen states in the chosen order."""
    if not found.devices:
        return panel("Geräte", html.P(EMPTY, className="muted"))
    chosen = [
        view
        for view in found.devices
        if state.zustand == ALL or view.state in CHOSEN[state.zustand]
    ]
    if not chosen:
        return panel("Geräte", notice("Kein Gerät ist in diesem Zustand."))
    columns = [
        Column("Pegel und Gerät", sort_key="name"),
        Column("Zustand", card="right", sort_key="state"),
        Column("zuletzt gehört", card="wide", label="zuletzt gehört:", sort_key="seen"),
        Column("nächste Meldung", card="wide", label="nächste Meldung:"),
        Column("Signal", card="wide", label="Signal:", sort_key="rssi"),
        Column("verlorene Rahmen, 7 Tage", card="wide", label="verloren:", sort_key="lost"),
        Column("Batterie", card="wide", label="Batterie:", sort_key="battery"),
        Column("Viertelstunden heute", card="wide", label="heute:", sort_key="today"),
    ]
    ordered = in_order(chosen, _keys(found)[state.sortierung], descending=state.sorting.descending)
    rows = [_row(view, found) for view in ordered]
    caption = f"{len(chosen)} von {len(found.devices)} Geräten"
    return panel("Geräte", data_table(caption, columns, rows, state.sorting, "dense cards"))


def _row(view: DeviceView, found: DevicesView) -> Row:
    name: Content = [
        page_link(view.gauge_name, urls.device_url(view.dev_eui)),
        html.Br(),
        html.Span(f"{view.dev_eui}, {view.model}", className="muted small"),
    ]
    return Row(
        (
            name,
            words.badge(view.state),
            words.seen(view, found.now),
            words.expected(view.expectation, found.now),
            words.signal(view),
            words.lost(view),
            words.battery(view.battery),
            slot_words(view.today) if view.today else formats.MISSING,
        )
    )


def _keys(found: DevicesView) -> Mapping[str, Callable[[DeviceView], Key]]:
    return {
        "name": lambda view: view.gauge_name,
        "state": lambda view: float(URGENCY.index(view.state)),
        "seen": lambda view: (found.now - view.seen_at).total_seconds() if view.seen_at else None,
        "rssi": lambda view: view.signal.rssi if view.signal else None,
        "lost": lambda view: view.lost_share,
        "battery": lambda view: view.battery.value if view.battery else None,
        "today": lambda view: view.today.share if view.today else None,
    }
