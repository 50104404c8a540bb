"""A device is commissioned without code or restart, by rules, by name, and catches up."""

import base64
import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data import observations, things
from data.models import AuditEntry
from data.region_pack.sensor_rows import SensorRow
from services.clock import SystemClock
from services.devices.commission_rows import Commission
from services.devices.commissioning import CommissioningService
from services.devices.errors import DeviceRefusedError, UnknownDeviceError
from services.devices.maintenance import MaintenanceLog
from services.devices.model import DeviceState
from services.devices.service import DeviceService
from services.ingestion.assigned import AssignedDevices
from services.ingestion.mapping import rows_by_device
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.ingestion.writer import SpoolWriter
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import PUBLIC, Role
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from tests.support.sample_people import identity_of

pytestmark = pytest.mark.usefixtures("as_planner")

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NEW = "0011223344556677"
FREE = "26900400"
INVENTED = Commission(
    NEW, FREE, "bytes", "u16be offset=1 port=7 length=3 missing=65535", "mm", "5,0"
)


def uplink(number, distance_mm, device=NEW):
    at = NOW - timedelta(minutes=15 * (4 - number))
    payload = bytes([0xAB]) + distance_mm.to_bytes(2, "big")
    body = {
        "deviceInfo": {"devEui": device},
        "devAddr": "00000001",
        "fCnt": number,
        "fPort": 7,
        "time": at.isoformat(),
        "data": base64.b64encode(payload).decode(),
        "rxInfo": [{"gatewayId": "g1", "rssi": -100, "snr": 5.0}],
    }
    topic = f"application/a/device/{device}/event/up"
    return SpooledMessage("chirpstack", topic, at, json.dumps(body).encode())


class Bench:
    """Ingest and services of one store."""

    def __init__(self, sessions, region, folder, *, is_demo=True):
        self.sessions, self.seconds = sessions, 0.0
        clock = SystemClock(lambda: NOW)
        self.spool = Spool(folder, 10_000_000)
        self.service = CommissioningService(sessions, region, clock, self.spool, is_demo)
        self.log = MaintenanceLog(sessions, region, clock)
        self.devices = DeviceService(sessions, region, clock, "https://c.example.org", is_demo)
        self.writer = SpoolWriter(
            sessions,
            self.spool,
            AssignedDevices(
                sessions,
                region.region_id,
                rows_by_device(region.sensors),
                simulated=is_demo,
                seconds=lambda: self.seconds,
            ),
            ReceiptFlagger(make_rules(region.pack.gauges)),
            zone=region.timezone,
        )

    def send(self, *messages):
        self.spool.put(messages)
        return self.writer.drain()

    def stages(self):
        with self.sessions() as session:
            number = things.ids(session).get(f"{FREE}/stage")
            if number is None:
                return []
            rows = observations.window(session, number, NOW - timedelta(days=1), NOW)
        return [value for _, value, _ in rows]


@pytest.fixture
def free_region(region):
    gauge = next(row for row in region.pack.gauges if row.gauge_id == FREE)
    assert gauge.observes == "stage"
    assert FREE not in {row.gauge_id for row in region.pack.sensors}
    return region


@pytest.fixture
def bench(sessions, free_region, tmp_path):
    return Bench(sessions, free_region, tmp_path / "spool")


def test_a_new_model_needs_configuration_only_and_its_kept_messages_come_in(bench):
    bench.send(uplink(1, 3000), uplink(2, 2900))
    [sender] = bench.devices.overview().unknown
    assert (sender.dev_eui, sender.count) == (NEW, 2)
    assert bench.service.add(INVENTED) == 2
    bench.seconds += 31
    bench.send(uplink(3, 2500))
    assert bench.stages() == [2.5]
    assert bench.service.catch_up(NEW) == 2
    bench.writer.drain()
    assert bench.stages() == [2.0, 2.1, 2.5]
    bench.writer.drain()
    found = bench.devices.overview()
    assert (found.unknown, found.kept) == ((), {})
    assert found.gateways[0].frames == 3
    assert bench.service.catch_up(NEW) == 0


def test_ingest_looks_again_soon_for_a_device_it_does_not_know(bench):
    bench.send(uplink(1, 3000))
    bench.service.add(INVENTED)
    bench.seconds += 1
    assert bench.send(uplink(2, 3000))["rejected"] == 1
    bench.seconds += 2
    assert bench.send(uplink(3, 3000))["rejected"] == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dev_eui": "70b3d57ed0000001"}, "schon einem Pegel zugeordnet"),
        ({"dev_eui": "12"}, "DevEUI"),
        ({"gauge_id": "gibt-es-nicht"}, "gibt es in dieser Region nicht"),
        ({"gauge_id": "iot-nitz"}, "hat schon einen Sensor"),
        ({"model": "niemand-x1"}, "ist unbekannt"),
        ({"model": "dragino-ldds75", "place": ""}, "Einbauhöhe in m: fehlt"),
        ({"model": "dragino-ldds75", "place": "hoch"}, "Einbauhöhe in m"),
        ({"place": "u17be offset=1"}, "u17be"),
        ({"unit": "Ellen"}, "Ellen"),
    ],
)
def test_what_sensors_csv_refuses_is_refused_here_and_nothing_is_stored(bench, changes, words):
    from dataclasses import replace

    with pytest.raises(DeviceRefusedError) as refused:
        bench.service.add(replace(INVENTED, **changes))
    assert words in refused.value.user_message
    assert len(bench.service.export().splitlines()) == 1


def test_a_known_decoder_needs_four_fields_and_brings_its_battery(bench):
    asked = Commission("00-11-22-33-44-55-66-77", FREE, "dragino-ldds75", "4,2")
    bench.service.add(asked)
    rows = [
        SensorRow.model_validate(row) for row in csv.DictReader(io.StringIO(bench.service.export()))
    ]
    assert [(row.dev_eui, row.observed_property, row.path, row.unit) for row in rows] == [
        (NEW, "battery", "battery_voltage", "V"),
        (NEW, "stage", "distance", "mm"),
    ]
    assert rows[1].mount_height_m == 4.2
    assert bench.devices.device(NEW).notes[0].kind == "Einbau"
    assert bench.devices.device(NEW).device.state is DeviceState.NEVER


def test_every_write_is_audited_under_the_own_name(bench):
    bench.service.add(INVENTED)
    with pytest.raises(UnknownDeviceError):
        bench.log.note("ffffffffffffffff", "Notiz", "x")
    with pytest.raises(DeviceRefusedError, match="Worten"):
        bench.log.note(NEW, "Störung", " ")
    with pytest.raises(DeviceRefusedError, match="Art"):
        bench.log.note(NEW, "Urlaub", "x")
    bench.log.note(NEW, "Ausbau", "")
    assert bench.devices.device(NEW).device.state is DeviceState.REMOVED
    with bench.sessions() as session:
        actions = [(row.action, row.actor) for row in session.query(AuditEntry)]
    assert actions == [("device-add", "Dienst planner"), ("device-note", "Dienst planner")]


def test_only_who_may_curate_writes_in_real_operation_as_well(sessions, free_region, tmp_path):
    bench = Bench(sessions, free_region, tmp_path / "spool", is_demo=False)
    for write in (
        lambda: bench.service.add(INVENTED),
        lambda: bench.service.catch_up(NEW),
        lambda: bench.log.note(NEW, "Ausbau", ""),
    ):
        with acting(PUBLIC), pytest.raises(NotSignedInError):
            write()
        with acting(identity_of(Role.COUNCIL)), pytest.raises(NotAllowedError):
            write()
    bench.service.add(INVENTED)
    assert "false" in bench.service.export().splitlines()[1]


def test_the_gauge_of_a_device_that_was_taken_out_is_free_for_its_successor(bench):
    bench.service.add(INVENTED)
    successor = replace(INVENTED, dev_eui="0011223344556688")
    with pytest.raises(DeviceRefusedError, match="schon einen Sensor"):
        bench.service.add(successor)
    bench.log.note(NEW, "Ausbau", "defekt")
    bench.service.add(successor)
    with pytest.raises(DeviceRefusedError, match="schon einem Pegel zugeordnet"):
        bench.service.add(INVENTED)


def test_a_wrong_commissioning_is_taken_back_and_can_be_made_anew(bench):
    bench.service.add(INVENTED)
    bench.service.remove(NEW, "falscher Pegel")
    with pytest.raises(UnknownDeviceError):
        bench.service.remove(NEW, "")
    bench.service.add(INVENTED)
    with bench.sessions() as session:
        actions = [row.action for row in session.query(AuditEntry)]
    assert actions == ["device-add", "device-remove", "device-add"]
