"""German words for devices: state as shape and word, signal, next message, battery, losses."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.states import state_badge
from services.devices.model import BatteryView, DeviceState, DeviceView, Expectation
from services.flood.model import State

BADGES = {
    DeviceState.DELIVERS: State.OK,
    DeviceState.OVERDUE: State.VORALARM,
    DeviceState.UNREAD: State.VORALARM,
    DeviceState.SILENT: State.WARNUNG,
}
"""States with a colour of their own; the others are no finding and have a ring."""
LONG_DAYS = 730
SIGNAL_FAIR_DB, SIGNAL_GOOD_DB = -10.0, 0.0
"""SNR steps for words (estimates): the slowest LoRa rate still works at -20 dB."""


def badge(state: DeviceState) -> Component:
    """Show a state as shape and word."""
    known = BADGES.get(state)
    if known is not None:
        return state_badge(known, state.value)
    ring = html.Span("○ ", **attributes(aria_hidden="true"))
    return html.Span([ring, state.value], className="muted nowrap")


def seen(view: DeviceView, now: datetime) -> str:
    """Say when a device was last heard."""
    if view.seen_at is None:
        return "nie"
    age = formats.age(formats.minutes_between(view.seen_at, now))
    return f"{formats.moment(view.seen_at, now)} ({age})"


def expected(found: Expectation | None, now: datetime) -> str:
    """Say when the next message should come, or since when it is due."""
    if found is None:
        return "nicht vorherzusagen"
    late = formats.minutes_between(found.at, now)
    rhythm = f"alle {formats.number(found.interval_min)}{formats.NBSP}Min."
    learnt = "gelernt" if found.is_learnt else "laut Pegel"
    how = "im Ereignistakt" if found.is_event else learnt
    if late >= 1.0:
        return f"seit {formats.duration(late)} fällig ({rhythm}, {how})"
    return f"{formats.moment(found.at, now)} ({rhythm}, {how})"


def signal(view: DeviceView) -> str:
    """Say how well the newest frame was heard."""
    frame = view.signal
    if frame is None or frame.rssi is None:
        return formats.MISSING
    parts = [f"{formats.number(frame.rssi)}{formats.NBSP}dBm"]
    if frame.snr is not None:
        parts.append(f"SNR {formats.number(frame.snr, 1)}{formats.NBSP}dB")
    if frame.spreading_factor is not None:
        parts.append(f"SF{frame.spreading_factor}")
    if frame.gateways:
        parts.append("1 Gateway" if frame.gateways == 1 else f"{frame.gateways} Gateways")
    return f"{strength(frame.snr)}: {', '.join(parts)}"


def strength(snr: float | None) -> str:
    """Grade a signal by its distance from the noise."""
    if snr is None:
        return "Stärke"
    if snr >= SIGNAL_GOOD_DB:
        return "gut"
    return "ausreichend" if snr >= SIGNAL_FAIR_DB else "schwach"


def battery(found: BatteryView | None) -> str:
    """Say the battery's level; trend and days left only where a line fits."""
    if found is None:
        return formats.MISSING
    digits = 0 if found.unit == "%" else 2
    words = f"{formats.number(found.value, digits)}{formats.NBSP}{found.unit}"
    if found.per_day is not None:
        words += f", {formats.signed(found.per_day, 3)}{formats.NBSP}{found.unit} am Tag"
    if found.days_left is not None:
        is_long = found.days_left > LONG_DAYS
        words += ", noch über 2 Jahre" if is_long else f", noch etwa {round(found.days_left)} Tage"
    return words


def lost(view: DeviceView) -> str:
    """Say how many frames were lost in seven days."""
    share = view.lost_share
    if share is None:
        return formats.MISSING
    percent = f"{formats.number(share * 100, 1)}{formats.NBSP}%"
    return f"{formats.number(view.lost)} von {formats.number(view.uplinks + view.lost)} ({percent})"
