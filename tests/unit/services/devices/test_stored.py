"""From messages to days, gateways and quarter hours, on both databases."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data import device_days, gateways, observations, things
from data.engine import writing
from data.observation_rows import ObservationRow
from services.devices.completeness import slot_days
from services.devices.counter import DayCounter
from services.ingestion.mapping import rows_by_device
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.ingestion.writer import SpoolWriter
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from services.series.roller import Roller

BERLIN = ZoneInfo("Europe/Berlin")
NITZ = "70b3d57ed0000001"
START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def uplink(number, at, heard_by=("g1",), device=NITZ):
    body = {
        "deviceInfo": {"devEui": device},
        "devAddr": "00000001",
        "fCnt": number,
        "fPort": 85,
        "time": at.isoformat(),
        "data": "AXVkA4IQBA==",
        "rxInfo": [
            {"gatewayId": name, "rssi": -100 - order, "snr": 5.0}
            for order, name in enumerate(heard_by)
        ],
        "txInfo": {"frequency": 868100000, "modulation": {"lora": {"spreadingFactor": 9}}},
    }
    topic = f"application/a/device/{device}/event/up"
    return SpooledMessage("chirpstack", topic, at, json.dumps(body).encode())


@pytest.fixture
def store(sessions, region, tmp_path):
    spool = Spool(tmp_path / "spool", 10_000_000)
    writer = SpoolWriter(
        sessions,
        spool,
        rows_by_device(region.sensors),
        ReceiptFlagger(make_rules(region.pack.gauges)),
        zone=BERLIN,
    )
    with sessions.begin() as session:
        wanted = [
            things.stream(row.gauge_id, row.gauge_id, "gauge", row.observed_property, row.unit)
            for row in region.sensors
        ]
        things.ensure(writing(session), region.region_id, wanted)

    def take(*messages):
        spool.put(messages)
        counts = writer.drain()
        writer.drain()  # without new messages all sums are stored
        return counts

    return take


def test_gateways_add_up_over_batches_and_duplicates_count_once(store, sessions):
    messages = [
        uplink(1, START, ("g1", "g2")),
        uplink(2, START + timedelta(minutes=15)),
        uplink(3, START + timedelta(hours=11)),
    ]
    store(*messages)
    store(*messages, uplink(4, START + timedelta(hours=12), ("g2", "g1")))
    with sessions() as session:
        rows = {row.gateway_id: row for row in gateways.since(session, START - timedelta(days=2))}
        days = gateways.since(session, START + timedelta(hours=10))
    assert (rows["g1"].frames, rows["g1"].alone) == (4, 2)
    assert (rows["g2"].frames, rows["g2"].alone) == (2, 0)
    assert (rows["g1"].rssi_best, rows["g1"].newest_at) == (-100.0, START + timedelta(hours=12))
    # 23:00 UTC is the next local day, which begins at midnight in Berlin
    assert [row.frames for row in days] == [2, 1]


def test_a_day_is_counted_whole_whenever_late_frames_come(store, sessions):
    counter = DayCounter(sessions, BERLIN)
    store(uplink(10, START), uplink(13, START + timedelta(minutes=45)))
    counter.step()
    assert counter.step() == 0
    day = datetime(2026, 1, 4, 23, tzinfo=UTC)
    with sessions() as session:
        [row] = device_days.days(session, day)
    assert (row.start_at, row.uplinks, row.lost, row.spreading) == (day, 2, 2, {"9": 2})
    store(uplink(12, START + timedelta(minutes=30)), uplink(15, START + timedelta(hours=12)))
    counter.step()
    with sessions() as session:
        first, second = device_days.days(session, day, NITZ)
    assert (first.uplinks, first.lost, first.rssi_mean) == (3, 1, -100.0)
    assert (second.uplinks, second.lost) == (1, 1)


def fill(sessions, region, times):
    with sessions.begin() as session:
        wanted = [things.stream("iot-nitz", "Nitz", "gauge", "stage", "m")]
        things.ensure(writing(session), region.region_id, wanted)
        number = things.ids(session)["iot-nitz/stage"]
        rows = [
            ObservationRow(number, at, at, value, value, flag, "", "live")
            for at, value, flag in times
        ]
        observations.upsert(session, rows)
    roller = Roller(sessions, BERLIN)
    while roller.step():
        pass
    return number


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime(2026, 3, 29, tzinfo=BERLIN), 92),
        (datetime(2026, 3, 30, tzinfo=BERLIN), 96),
        (datetime(2026, 10, 25, tzinfo=BERLIN), 100),
    ],
)
def test_a_local_day_has_as_many_quarters_as_it_has(sessions, region, day, expected):
    start = day.astimezone(UTC)
    times = [
        (start + timedelta(minutes=15 * number), 1.0, 4 if number == 3 else 1)
        for number in range(expected)
        if number != 7
    ]
    missing = [(start + timedelta(minutes=15 * 7), None, 9)]
    number = fill(sessions, region, [*times, *missing])
    now = start + timedelta(hours=30)
    with sessions() as session:
        past = slot_days(session, number, now, BERLIN, days=2)[0]
    assert (past.expected, past.delivered, past.valid) == (expected, expected - 1, expected - 2)


def test_today_counts_past_quarters_only_and_a_silent_day_is_none_delivered(sessions, region):
    start = datetime(2026, 3, 1, 23, tzinfo=UTC)
    number = fill(sessions, region, [(start + timedelta(minutes=20), 1.0, 1)])
    now = start + timedelta(minutes=44)
    with sessions() as session:
        yesterday, today = slot_days(session, number, now, BERLIN, days=2)
        later = slot_days(session, number, now + timedelta(days=2), BERLIN, days=3)
    assert (yesterday.expected, yesterday.delivered) == (0, None)
    assert (today.expected, today.delivered) == (2, 1)
    assert [(day.expected, day.delivered) for day in later[:2]] == [(96, 1), (96, 0)]
