"""Devices as pages and verbs see them: states, figures, gateways, quarter hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.device_days import DeviceDayRow, HeardFrame
from data.device_log import NoteRow

DayView = DeviceDayRow
"""A day of a device as pages see it."""


class DeviceState(StrEnum):
    """How a device stands, by what was heard of it."""

    DELIVERS = "liefert"
    OVERDUE = "überfällig"
    UNREAD = "sendet ohne Wert"
    SILENT = "stumm"
    NEVER = "nie gehört"
    REMOVED = "ausgebaut"


class NoteKind(StrEnum):
    """Kinds of entries in the maintenance log."""

    INSTALLED = "Einbau"
    BATTERY = "Batterie"
    CLEANING = "Reinigung"
    FAULT = "Störung"
    REMOVED = "Ausbau"
    NOTE = "Notiz"


@dataclass(frozen=True, slots=True)
class SlotDay:
    """Quarter hours of one gauge on one local day; None where nothing was expected or counted."""

    start_at: datetime
    expected: int
    delivered: int | None
    valid: int | None

    @property
    def share(self) -> float | None:
        """Return the delivered share."""
        if self.delivered is None or not self.expected:
            return None
        return self.delivered / self.expected


@dataclass(frozen=True, slots=True)
class GaugeSlots:
    """The days of one gauge, oldest first."""

    gauge_id: str
    name: str
    days: tuple[SlotDay, ...]

    @property
    def share(self) -> float | None:
        """Return the delivered share of all days that count."""
        counted = [day for day in self.days if day.delivered is not None]
        expected = sum(day.expected for day in counted)
        return sum(day.delivered or 0 for day in counted) / expected if expected else None


@dataclass(frozen=True, slots=True)
class Expectation:
    """When the next message should come, and by which interval that is told."""

    at: datetime
    interval_min: float
    is_learnt: bool
    is_event: bool


@dataclass(frozen=True, slots=True)
class BatteryView:
    """A battery: newest value, trend by day and days left, both only where a fit is honest."""

    value: float
    unit: str
    at: datetime
    per_day: float | None = None
    days_left: float | None = None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The newest value of the device's gauge."""

    value: float | None
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device; figures of seven days."""

    dev_eui: str
    gauge_id: str
    gauge_name: str
    model: str
    is_commissioned: bool
    state: DeviceState
    seen_at: datetime | None
    expectation: Expectation | None
    signal: HeardFrame | None
    uplinks: int
    lost: int
    rejoins: int
    reading: ReadingView | None
    battery: BatteryView | None
    today: SlotDay | None
    depends_on: tuple[str, ...] = ()
    is_judged: bool = True
    """Whether enough of it was heard to say which gateway it depends on."""

    @property
    def lost_share(self) -> float | None:
        """Return the share of frames that were sent and not heard."""
        sent = self.uplinks + self.lost
        return self.lost / sent if sent else None


@dataclass(frozen=True, slots=True)
class GatewayView:
    """One gateway over seven days; `lost_gauges` would be lost without it."""

    gateway_id: str
    name: str
    frames: int
    per_hour: float
    devices: int
    airtime_share: float
    rssi_mean: float | None
    newest_at: datetime
    lost_gauges: tuple[str, ...]
    unjudged: int = 0
    """Devices that it hears and of which too little was heard to say anything."""


@dataclass(frozen=True, slots=True)
class PairView:
    """Two gateways whose failing together loses more than each alone."""

    names: tuple[str, str]
    lost_gauges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What one decoder reads in the last payload of an unknown device."""

    decoder: str
    words: str


@dataclass(frozen=True, slots=True)
class UnknownDeviceView:
    """A device that sends already and belongs to no gauge."""

    dev_eui: str
    network: str
    count: int
    newest_at: datetime
    previews: tuple[PreviewView, ...]


@dataclass(frozen=True, slots=True)
class DevicesView:
    """All devices of a region as they stand now."""

    now: datetime
    devices: tuple[DeviceView, ...]
    gateways: tuple[GatewayView, ...]
    pairs: tuple[PairView, ...]
    completeness: tuple[GaugeSlots, ...]
    unknown: tuple[UnknownDeviceView, ...]
    kept: Mapping[str, int]
    """By commissioned device the messages that were kept before and may be taken in."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """How well one gateway hears the device, seven days."""

    name: str
    frames: int
    alone: int
    rssi_mean: float | None
    rssi_best: float | None
    snr_mean: float | None
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceDetail:
    """One device with its days, gateways and log."""

    now: datetime
    device: DeviceView
    days: tuple[DayView, ...]
    links: tuple[LinkView, ...]
    notes: tuple[NoteRow, ...]
    slots: GaugeSlots | None
    address: str
    """Absolute address of the device's page, for its label."""
