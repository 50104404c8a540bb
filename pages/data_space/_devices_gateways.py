"""Gateways on /daten/geraete: load, signal, and which gauges are lost without them."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.panel import notice, panel
from components.table import Column, Row, data_table
from services.devices.model import DevicesView, GatewayView

TITLE = "Gateways und ihr Ausfall"
EMPTY = (
    "Zu keiner Meldung ist bekannt, welches Gateway sie hörte. ChirpStack und The Things Stack "
    "melden das mit jedem Uplink (rxInfo, rx_metadata)."
)
HOW = (
    "Verloren heißt: Ohne dieses Gateway kämen weniger als 80 % der Meldungen der letzten sieben "
    "Tage an (Schwelle geschätzt). Sendezeit nach Semtech AN1200.13 aus Spreizfaktor und "
    "Nutzlast; was der Netzserver schon decodiert hat, zählt dabei nicht mit."
)
TOO_FEW = "keine Aussage, zu wenige Meldungen"
NONE_LOST = "keinen Pegel"


def gateways_panel(found: DevicesView) -> Component:
    """Show each gateway, and what its failure would cost."""
    if not found.gateways:
        return panel(TITLE, notice(EMPTY))
    columns = [
        Column("Gateway"),
        Column("fällt es aus, verlieren wir", card="wide", label="fällt es aus, verlieren wir:"),
        Column("Meldungen je Stunde", "number", card="wide", label="Meldungen je Stunde:"),
        Column("Geräte", "number", card="wide", label="Geräte:"),
        Column("gehörte Sendezeit", "number", card="wide", label="gehörte Sendezeit:"),
        Column("mittlere Stärke", "number", card="wide", label="mittlere Stärke:"),
        Column("zuletzt gehört", card="wide", label="zuletzt gehört:"),
    ]
    rows = [_row(view, found) for view in found.gateways]
    parts: list[Component] = [
        data_table("Gateways, letzte sieben Tage", columns, rows, variant="dense cards")
    ]
    if found.pairs:
        pairs = [
            html.Li(f"{' und '.join(pair.names)}: dazu {', '.join(pair.lost_gauges)}")
            for pair in found.pairs
        ]
        parts += [html.H3("Fallen zwei zugleich aus"), html.Ul(pairs)]
    return panel(TITLE, [*parts, html.P(HOW, className="muted small")])


def _lost(view: GatewayView) -> str:
    if view.unjudged == view.devices:
        return TOO_FEW
    words = ", ".join(view.lost_gauges) or NONE_LOST
    rest = "1 Gerät" if view.unjudged == 1 else f"{view.unjudged} Geräten"
    return f"{words}; zu {rest} zu wenige Meldungen" if view.unjudged else words


def _row(view: GatewayView, found: DevicesView) -> Row:
    age = formats.age(formats.minutes_between(view.newest_at, found.now))
    rssi = formats.number(view.rssi_mean)
    name: Content = view.name
    if view.name != view.gateway_id:
        name = [view.name, html.Br(), html.Span(view.gateway_id, className="muted small")]
    return Row(
        (
            name,
            _lost(view),
            formats.number(view.per_hour, 1),
            formats.number(view.devices),
            f"{formats.number(view.airtime_share * 100, 3)}{formats.NBSP}%",
            rssi if view.rssi_mean is None else f"{rssi}{formats.NBSP}dBm",
            f"{formats.moment(view.newest_at, found.now)} ({age})",
        )
    )
