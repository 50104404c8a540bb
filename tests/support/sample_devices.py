"""Devices as pages get them, without a database."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from data.device_days import DeviceDayRow, HeardFrame
from data.device_log import NoteRow
from services.devices.commission_rows import Commission
from services.devices.errors import UnknownDeviceError
from services.devices.model import (
    BatteryView,
    DeviceDetail,
    DeviceState,
    DevicesView,
    DeviceView,
    Expectation,
    GatewayView,
    GaugeSlots,
    LinkView,
    PairView,
    PreviewView,
    ReadingView,
    SlotDay,
    UnknownDeviceView,
)
from services.errors import StoreUnavailableError
from services.people.identity import require
from services.people.model import Right

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = datetime(2026, 2, 28, 23, 0, tzinfo=UTC)
NITZ, THUER = "70b3d57ed0000001", "70b3d57ed0000004"


def device(dev_eui: str, name: str, state: DeviceState, age_min: float | None) -> DeviceView:
    base = DeviceView(
        dev_eui=dev_eui,
        gauge_id="iot-nitz",
        gauge_name=name,
        model="milesight-em500-udl",
        is_commissioned=False,
        state=state,
        seen_at=None,
        expectation=None,
        signal=None,
        uplinks=0,
        lost=0,
        rejoins=0,
        reading=None,
        battery=None,
        today=None,
    )
    if age_min is None:
        return base
    at = NOW - timedelta(minutes=age_min)
    return replace(
        base,
        seen_at=at,
        expectation=Expectation(at + timedelta(minutes=15), 15.0, is_learnt=True, is_event=False),
        signal=HeardFrame(dev_eui, at, "00000001", 7, 9, 868_100_000, -112.0, -3.5, 1),
        uplinks=95,
        lost=5,
        reading=ReadingView(1.23, "m", at),
        battery=BatteryView(88.0, "%", at, -0.05, 400.0),
        today=SlotDay(DAY, 52, 50, 49),
        depends_on=("gw-1",),
    )


def slots() -> tuple[GaugeSlots, ...]:
    days = tuple(
        SlotDay(DAY - timedelta(days=29 - number), 96, 96 - number % 9, 90) for number in range(27)
    )
    odd = (
        SlotDay(DAY - timedelta(days=2), 96, None, None),
        SlotDay(DAY - timedelta(days=1), 96, 20, 3),
        SlotDay(DAY, 52, 52, 52),
    )
    empty = tuple(replace(day, expected=0, delivered=None, valid=None) for day in (*days, *odd))
    return (GaugeSlots("iot-nitz", "Nitz", (*days, *odd)), GaugeSlots("iot-neu", "Neu", empty))


def view() -> DevicesView:
    return DevicesView(
        now=NOW,
        devices=(
            device(NITZ, "Nitz", DeviceState.DELIVERS, 4),
            device("70b3d57ed0000002", "Falkley", DeviceState.OVERDUE, 30),
            device("70b3d57ed0000003", "Bermel", DeviceState.SILENT, 300),
            device(THUER, "Thür", DeviceState.NEVER, None),
            device("70b3d57ed0000005", "Alt", DeviceState.REMOVED, 90_000),
        ),
        gateways=(
            GatewayView("gw-1", "Rathaus", 900, 5.4, 3, 0.0004, -110.0, NOW, ("Nitz", "Bermel")),
            GatewayView("gw-2", "gw-2", 100, 0.6, 1, 0.0, None, NOW - timedelta(hours=3), ()),
        ),
        pairs=(PairView(("Rathaus", "gw-2"), ("Falkley",)),),
        completeness=slots(),
        unknown=(
            UnknownDeviceView(
                "a8404194a1875ff3",
                "tts",
                12,
                NOW - timedelta(minutes=9),
                (PreviewView("dragino-ldds75", "distance 1234 mm"),),
            ),
            UnknownDeviceView("a8404194a1875ff4", "tts", 1, NOW, ()),
        ),
        kept={NITZ: 31},
    )


def detail(dev_eui: str) -> DeviceDetail:
    found = next((item for item in view().devices if item.dev_eui == dev_eui), None)
    if found is None:
        raise UnknownDeviceError(dev_eui)
    is_new = found.state is DeviceState.NEVER
    row = DeviceDayRow(dev_eui, DAY, 50, 2, 1, -112.0, None, 1.2, {"7": 40, "9": 10})
    link = LinkView("Rathaus", 95, 60, -112.0, -101.0, None, NOW)
    return DeviceDetail(
        now=NOW,
        device=found,
        days=() if is_new else (row,),
        links=() if is_new else (link,),
        notes=() if is_new else (NoteRow(dev_eui, NOW, "Bauhof", "Reinigung", ""),),
        slots=None if is_new else slots()[0],
        address=f"https://cockpit.example.org/daten/geraet/{dev_eui}",
    )


@dataclass
class FakeDevices:
    """Shows the sample, or nothing, or that the store does not answer."""

    found: DevicesView = field(default_factory=view)
    is_down: bool = False

    def gauges(self) -> tuple[tuple[str, str], ...]:
        return (("iot-nitz", "Nitz"), ("iot-thuer", "Thür"))

    def overview(self) -> DevicesView:
        if self.is_down:
            raise StoreUnavailableError
        return self.found

    def device(self, dev_eui: str) -> DeviceDetail:
        if self.is_down:
            raise StoreUnavailableError
        return detail(dev_eui)


@dataclass
class FakeMaintenance:
    """Keeps entries of who may curate."""

    written: list[tuple[str, str, str, str]] = field(default_factory=list)

    def note(self, dev_eui: str, kind: str, text: str) -> None:
        self.written.append((dev_eui, kind, text, require(Right.CURATE).actor))


@dataclass
class FakeCommissioning:
    """Keeps what was asked for by who may curate."""

    added: list[Commission] = field(default_factory=list)

    def add(self, asked: Commission) -> int:
        require(Right.CURATE)
        self.added.append(asked)
        return 31

    def catch_up(self, _dev_eui: str) -> int:
        require(Right.CURATE)
        return 31
