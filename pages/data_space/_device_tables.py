"""Tables of /daten/geraet: who hears the device, its days, its maintenance log."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import notice, panel
from components.table import Column, Row, data_table
from services.devices.model import DayView, DeviceDetail, DeviceView, LinkView

LINKS, DAYS, LOG = "Wer hört dieses Gerät?", "Die letzten Tage", "Wartungsbuch"
NO_SIGNAL = "Zu den Meldungen ist kein Gateway bekannt."
ALONE = "Ein Gateway trägt diesen Pegel allein: fällt es aus, ist er verloren."
TOO_FEW = "Es sind zu wenige Meldungen da, um zu sagen, ob ein Gateway diesen Pegel allein trägt."
SHARED = "Kein einzelnes Gateway trägt diesen Pegel allein."


def _dependence(device: DeviceView) -> str:
    if not device.is_judged:
        return TOO_FEW
    return ALONE if device.depends_on else SHARED


def links_panel(found: DeviceDetail) -> Component:
    """Show which gateways hear the device, and whether one alone carries it."""
    if not found.links:
        return panel(LINKS, notice(NO_SIGNAL))
    columns = [
        Column("Gateway"),
        Column("gehört", "number", card="right"),
        Column("nur dieses", "number", card="wide", label="nur dieses:"),
        Column("mittlere Stärke", "number", card="wide", label="mittlere Stärke:"),
        Column("mittlerer SNR", "number", card="wide", label="mittlerer SNR:"),
        Column("zuletzt", card="wide", label="zuletzt:"),
    ]
    rows = [_link(link, found) for link in found.links]
    table = data_table("Gateways, letzte sieben Tage", columns, rows, variant="dense cards")
    return panel(LINKS, [html.P(_dependence(found.device)), table])


def days_panel(found: DeviceDetail) -> Component:
    """Show the days of the week: frames, losses, signal, spreading factors."""
    if not found.days:
        return panel(DAYS, notice("Noch kein Tag ist gezählt."))
    columns = [
        Column("Tag"),
        Column("Meldungen", "number", card="right"),
        Column("verloren", "number", card="wide", label="verloren:"),
        Column("Stärke", "number", card="wide", label="Stärke:"),
        Column("SNR", "number", card="wide", label="SNR:"),
        Column("Gateways je Meldung", "number", card="wide", label="Gateways je Meldung:"),
        Column("Spreizfaktoren", card="wide", label="Spreizfaktoren:"),
    ]
    rows = [_day(row) for row in reversed(found.days)]
    return panel(DAYS, data_table("Tage, neuester zuerst", columns, rows, variant="dense cards"))


def log_panel(found: DeviceDetail) -> Component:
    """List the entries of the log, newest first."""
    if not found.notes:
        return panel(LOG, html.P("Noch kein Eintrag.", className="muted"))
    columns = [
        Column("Zeit"),
        Column("Art", card="right"),
        Column("Eintrag", card="wide"),
        Column("von", card="wide", label="von:"),
    ]
    rows = [
        Row((formats.stamp(note.at), note.kind, note.text or formats.MISSING, note.actor))
        for note in found.notes
    ]
    return panel(LOG, data_table("Einträge, neuester zuerst", columns, rows, variant="dense cards"))


def _link(link: LinkView, found: DeviceDetail) -> Row:
    return Row(
        (
            link.name,
            formats.number(link.frames),
            formats.number(link.alone),
            _with_unit(link.rssi_mean, "dBm"),
            _with_unit(link.snr_mean, "dB", 1),
            formats.age(formats.minutes_between(link.newest_at, found.now)),
        )
    )


def _day(row: DayView) -> Row:
    spreading = ", ".join(f"SF{name}: {count}" for name, count in row.spreading.items())
    return Row(
        (
            formats.day(row.start_at),
            formats.number(row.uplinks),
            formats.number(row.lost),
            _with_unit(row.rssi_mean, "dBm"),
            _with_unit(row.snr_mean, "dB", 1),
            formats.number(row.gateways_mean, 1),
            spreading or formats.MISSING,
        )
    )


def _with_unit(value: float | None, unit: str, digits: int = 0) -> str:
    found = formats.number(value, digits)
    return found if value is None else f"{found}{formats.NBSP}{unit}"
