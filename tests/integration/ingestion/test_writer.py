"""From spool to store: each reading once, each failure kept, nothing stops the others."""

import json
import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data import observations, rejected
from data.engine import make_engine, make_sessions
from data.models import Observation, RejectedMessage, UplinkReceipt
from data.region_pack.rows import GaugeRow
from data.region_pack.sensor_rows import SensorRow
from services.errors import StoreUnavailableError
from services.flood.model import Flag, Series
from services.ingestion import tidying, writer
from services.ingestion.mapping import map_uplink, rows_by_device
from services.ingestion.model import Reading
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.ingestion.writer import SpoolWriter
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from tests.support.flaggers import FunctionFlagger

EUI = "0102030405060708"
TOPIC = f"application/a/device/{EUI}/event/up"
SENSOR = {
    "dev_eui": EUI,
    "gauge_id": "nitz",
    "observed_property": "stage",
    "path": "level",
    "unit": "m",
    "simulated": False,
    "source": "test",
}
DEVICES = rows_by_device(
    [
        SensorRow.model_validate(SENSOR),
        SensorRow.model_validate(
            {**SENSOR, "observed_property": "battery", "path": "bat", "unit": "%"}
        ),
        SensorRow.model_validate({**SENSOR, "dev_eui": "1" * 16, "gauge_id": "nowhere"}),
    ]
)
GAUGE = GaugeRow.model_validate(
    {
        "gauge_id": "nitz",
        "name": "Nitz",
        "river_id": "nitzbach",
        "role": "target",
        "operator": "test",
        "observes": "stage",
        "range_min": 0,
        "range_max": 5,
        "sampling_min": 15,
        "radio_min": 1,
        "provisional": True,
        "source": "test",
        "confidence": "test",
    }
)


def plain_flagger(_key: str, _recent: Series, _reading: Reading) -> tuple[int, str]:
    return Flag.GOOD, ""


def event(
    at: datetime, level: object = 1.0, f_cnt: int = 1, eui: str = EUI, **changes: Any
) -> bytes:
    content = {
        "deduplicationId": f"{eui}-{f_cnt}",
        "time": at.isoformat(),
        "deviceInfo": {"devEui": eui},
        "devAddr": "00d988b3",
        "fCnt": f_cnt,
        "fPort": 2,
        "object": {"level": level},
    }
    return json.dumps({**content, **changes}).encode()


def message(body: bytes, received_at: datetime, **changes: Any) -> SpooledMessage:
    return SpooledMessage("chirpstack", TOPIC, received_at, body, **changes)


def make_writer(
    sessions: sessionmaker[Session], spool: Spool, flagger: Any = plain_flagger
) -> SpoolWriter:
    made = flagger if isinstance(flagger, ReceiptFlagger) else FunctionFlagger(flagger)
    return SpoolWriter(sessions, spool, DEVICES, made)


def stored(sessions: sessionmaker[Session]) -> list[Observation]:
    with sessions() as session:
        return list(session.scalars(select(Observation).order_by(Observation.phenomenon_time)))


def kept(sessions: sessionmaker[Session]) -> list[RejectedMessage]:
    with sessions() as session:
        return list(session.scalars(select(RejectedMessage).order_by(RejectedMessage.rejected_id)))


def test_a_reading_goes_from_spool_to_store_and_leaves_the_spool(sessions, spool, now):
    spool.put([message(event(now, 1.25), now, origin="simulated")])
    counts = make_writer(sessions, spool).drain()
    (row,) = stored(sessions)
    assert (row.value, row.raw_value, row.flag, row.origin) == (1.25, 1.25, 1, "simulated")
    assert row.phenomenon_time == row.result_time == now
    assert (counts["messages"], counts["readings"], counts["changed"]) == (1, 1, 1)
    assert spool.waiting() == 0
    with sessions() as session:
        (latest,) = observations.latest(session)
    assert (latest.key, latest.value) == ("nitz/stage", 1.25)


def test_copies_of_an_uplink_are_stored_once(sessions, spool, now):
    minute = timedelta(minutes=1)
    spool.put([message(event(now), now), message(event(now), now)])
    spool.put([message(event(now, deduplicationId="other path"), now + minute)])
    target = make_writer(sessions, spool)
    first = target.drain()
    spool.put([message(event(now), now + 2 * minute)])
    second = target.drain()
    assert len(stored(sessions)) == 1
    assert (first["duplicates"], second["duplicates"]) == (2, 1)
    with sessions() as session:
        assert len(session.scalars(select(UplinkReceipt)).all()) == 1


def test_a_counter_that_starts_again_after_a_rejoin_is_a_new_reading(sessions, spool, now):
    later = now + timedelta(minutes=15)
    spool.put([message(event(now, f_cnt=40), now)])
    spool.put([message(event(later, f_cnt=0, devAddr="00aaaaaa", deduplicationId="x"), later)])
    counts = make_writer(sessions, spool).drain()
    assert counts["rejoins"] == 1
    assert len(stored(sessions)) == 2


def test_broken_neighbours_are_kept_with_reasons_and_stop_nothing(sessions, spool, now):
    bodies = [
        b'{"deviceInfo": ',
        b"\xff\xfe\x00",
        b"[" * 50_000,
        b'{"object": {"level": NaN}}',
        event(now, eui="f" * 16),
        event(now, "No Sensor", f_cnt=2),
        event(now + timedelta(hours=1), f_cnt=3),
        event(now, eui="1" * 16),
        b'{"deviceInfo": {"devEui": "\\u0000\\ud800"}}',
        event(now, 1.5, f_cnt=9),
    ]
    spool.put([message(body, now) for body in bodies])
    counts = make_writer(sessions, spool).drain()
    (row,) = stored(sessions)
    assert row.value == 1.5
    found = kept(sessions)
    assert counts["rejected"] == len(found) == 9
    assert {item.reason_code for item in found} == {
        "bad_json",
        "not_finite",
        "unknown_device",
        "bad_value",
        "time_in_future",
        "no_datastream",
        "bad_envelope",
    }
    assert found[0].body == bodies[0]
    assert all(item.reason for item in found)
    assert spool.waiting() == 0
    with sessions() as session:
        assert rejected.counts(session, now)["bad_json"] == 3


def test_a_body_cut_off_by_the_receiver_is_kept_as_too_large(sessions, spool, now):
    spool.put([message(b"{" * 1000, now, full_size=10_000_000)])
    make_writer(sessions, spool).drain()
    (row,) = kept(sessions)
    assert row.reason_code == "too_large"
    assert "10000000" in row.reason


def test_late_and_unordered_readings_find_their_place(sessions, spool, now):
    quarter = timedelta(minutes=15)
    seen: dict[float, list[float | None]] = {}

    def flagger(_key: str, recent: Series, reading: Reading) -> tuple[int, str]:
        seen[reading.value] = recent.values.tolist()
        return Flag.GOOD, ""

    target = make_writer(sessions, spool, flagger)
    spool.put(
        [
            message(event(now + 3 * quarter, 4.0, f_cnt=4), now + 3 * quarter),
            message(event(now, 1.0, f_cnt=1), now + 3 * quarter),
        ]
    )
    target.drain()
    spool.put([message(event(now + 2 * quarter, 3.0, f_cnt=3), now + 4 * quarter)])
    spool.put([message(event(now + quarter, 2.0, f_cnt=2), now + 4 * quarter)])
    target.drain()
    assert [row.value for row in stored(sessions)] == [1.0, 2.0, 3.0, 4.0]
    assert seen == {1.0: [], 4.0: [1.0], 2.0: [1.0], 3.0: [1.0, 2.0]}
    with sessions() as session:
        assert observations.latest(session)[0].value == 4.0


def test_quality_flags_come_with_their_reason(sessions, spool, now):
    target = make_writer(sessions, spool, ReceiptFlagger(make_rules([GAUGE])))
    spool.put([message(event(now, 1.0), now)])
    target.drain()
    later = now + timedelta(minutes=15)
    spool.put([message(event(later, 9.0, f_cnt=2, object={"level": 9.0, "bat": 80}), later)])
    target.drain()
    by_value = {row.value: row for row in stored(sessions)}
    assert by_value[1.0].flag == Flag.GOOD
    assert by_value[9.0].flag == Flag.FAIL
    assert by_value[9.0].flag_reason
    assert by_value[9.0].flag_reason == "Messbereich: außerhalb des Messbereichs"
    assert by_value[80].flag == Flag.GOOD


def test_a_very_old_reading_is_kept_and_suspect(sessions, spool, now):
    spool.put([message(event(now - timedelta(days=40), 1.0), now)])
    make_writer(sessions, spool).drain()
    (row,) = stored(sessions)
    assert row.flag == Flag.SUSPECT
    assert "30 Tage" in row.flag_reason


def test_a_flagger_that_breaks_does_not_lose_the_reading(sqlite_sessions, spool, now, caplog):
    def broken(*_arguments: object) -> tuple[int, str]:
        raise ZeroDivisionError

    spool.put([message(event(now, 1.0), now)])
    make_writer(sqlite_sessions, spool, broken).drain()
    (row,) = stored(sqlite_sessions)
    assert row.flag == Flag.NOT_EVALUATED
    assert "Prüfung" in caplog.text


def test_a_bug_in_one_message_costs_only_that_message(
    sqlite_sessions, spool, now, monkeypatch, caplog
):
    real = map_uplink

    def buggy(uplink: Any, rows: Any, origin: str) -> Any:
        if uplink.f_cnt == 1:
            raise KeyError("bug")
        return real(uplink, rows, origin)

    monkeypatch.setattr("services.ingestion.intake.map_uplink", buggy)
    spool.put([message(event(now, f_cnt=1), now), message(event(now, 2.0, f_cnt=2), now)])
    make_writer(sqlite_sessions, spool).drain()
    assert [row.value for row in stored(sqlite_sessions)] == [2.0]
    assert [row.reason_code for row in kept(sqlite_sessions)] == ["internal"]
    assert "bug" in caplog.text


def test_a_message_that_the_store_refuses_does_not_hold_up_the_others(
    sqlite_sessions, spool, now, monkeypatch
):
    real = observations.upsert

    def refusing(
        session: Session, rows: Sequence[observations.ObservationRow], *, actor: str
    ) -> int:
        if any(row.value == 2.0 for row in rows):
            raise IntegrityError("insert", {}, Exception("refused"))
        return int(real(session, rows, actor=actor))

    monkeypatch.setattr(observations, "upsert", refusing)
    for number in (1, 2, 3):
        at = now + timedelta(minutes=number)
        spool.put([message(event(at, float(number), f_cnt=number), at)])
    counts = make_writer(sqlite_sessions, spool).drain()
    assert [row.value for row in stored(sqlite_sessions)] == [1.0, 3.0]
    assert [row.reason_code for row in kept(sqlite_sessions)] == ["store"]
    assert counts["messages"] == 3
    assert spool.waiting() == 0


def test_what_cannot_be_stored_at_all_is_set_aside_and_not_lost(
    sqlite_sessions, spool, now, monkeypatch
):
    def refusing(*_arguments: object, **_names: object) -> int:
        raise IntegrityError("insert", {}, Exception("refused"))

    monkeypatch.setattr(observations, "upsert", refusing)
    spool.put([message(event(now), now)])
    make_writer(sqlite_sessions, spool).drain()
    assert (spool.waiting(), spool.set_aside()) == (0, 1)


def test_while_the_database_is_away_everything_waits_in_the_spool(tmp_path, spool, now):
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")  # no table yet
    spool.put([message(event(now), now)])
    with pytest.raises(StoreUnavailableError):
        make_writer(make_sessions(engine), spool).drain()
    assert spool.waiting() == 1
    engine.dispose()


def test_the_loop_tries_again_and_stores_what_waited(
    sqlite_sessions, spool, now, monkeypatch, caplog
):
    real = observations.upsert
    stop = threading.Event()
    calls = []

    def flaky(session: Session, rows: Sequence[observations.ObservationRow], *, actor: str) -> int:
        calls.append(len(rows))
        if len(calls) == 1:
            raise OperationalError("insert", {}, Exception("database is locked"))
        stop.set()
        return int(real(session, rows, actor=actor))

    monkeypatch.setattr(observations, "upsert", flaky)
    monkeypatch.setattr(writer, "RETRY_FIRST_S", 0.01)
    monkeypatch.setattr(writer, "POLL_S", 0.01)
    spool.put([message(event(now, 1.5), now)])
    with caplog.at_level(logging.WARNING):
        make_writer(sqlite_sessions, spool).run(stop)
    assert [row.value for row in stored(sqlite_sessions)] == [1.5]
    assert "Datenbank antwortet nicht, 1 Dateien warten" in caplog.text
    assert "database is locked" in caplog.text


def test_a_crash_between_commit_and_spool_stores_nothing_twice(sessions, spool, now, monkeypatch):
    spool.put([message(event(now, 1.0), now), message(b"rubbish", now)])
    target = make_writer(sessions, spool)
    with monkeypatch.context() as patch:
        patch.setattr(spool, "done", lambda _batch: None)
        target.drain()
    counts = target.drain()
    assert counts["duplicates"] == 1
    assert len(stored(sessions)) == 1


def test_a_large_batch_is_split_into_transactions(sessions, spool, now, monkeypatch):
    monkeypatch.setattr(writer, "MESSAGES_PER_TRANSACTION", 10)
    spool.put(
        [
            message(event(now + timedelta(seconds=number), 1.0, f_cnt=number), now)
            for number in range(35)
        ]
    )
    counts = make_writer(sessions, spool).drain()
    assert counts["messages"] == counts["readings"] == 35
    assert len(stored(sessions)) == 35


def test_old_receipts_are_forgotten_and_young_ones_are_not(sessions, spool, now):
    target = make_writer(sessions, spool)
    for days, number in ((0, 1), (8, 2)):
        at = now + timedelta(days=days)
        spool.put([message(event(at, f_cnt=number), at)])
        target.drain()
    target.tidy()
    with sessions() as session:
        assert session.scalars(select(UplinkReceipt.f_cnt)).all() == [2]
        assert session.execute(text("select count(*) from observations")).scalar() == 2


def test_rejected_messages_are_bounded_in_age_and_number(sessions, spool, now, monkeypatch):
    monkeypatch.setattr(tidying, "MOST_REJECTED", 3)
    target = make_writer(sessions, spool)
    spool.put([message(b"old", now - timedelta(days=91))])
    spool.put([message(b"%d" % number, now) for number in range(5)])
    target.drain()
    target.tidy()
    assert [row.body for row in kept(sessions)] == [b"2", b"3", b"4"]


def test_after_an_outage_the_newest_readings_are_stored_first_and_the_rest_in_order(
    sqlite_sessions, spool, now, monkeypatch
):
    hour_ns = 3600 * 10**9
    for number in range(8):
        at = now + timedelta(minutes=15 * number)
        monkeypatch.setattr(
            "services.ingestion.spool.time.time_ns", lambda number=number: number * hour_ns // 4
        )
        spool.put([message(event(at, float(number), f_cnt=number), at)])
    order = []

    def flagger(_key: str, _recent: Series, reading: Reading) -> tuple[int, str]:
        order.append(reading.value)
        return Flag.GOOD, ""

    monkeypatch.setattr("services.ingestion.writer.MESSAGES_PER_TRANSACTION", 1)
    make_writer(sqlite_sessions, spool, flagger).drain()
    assert order == [6.0, 7.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    assert [row.value for row in stored(sqlite_sessions)] == [float(n) for n in range(8)]


def test_late_readings_are_judged_among_what_is_stored(sqlite_sessions, spool, now):
    quarter = timedelta(minutes=15)
    seen: dict[float, list[float]] = {}

    def flagger(_key: str, recent: Series, reading: Reading) -> tuple[int, str]:
        seen[reading.value] = recent.values.tolist()
        return Flag.GOOD, ""

    target = make_writer(sqlite_sessions, spool, flagger)
    for number in (0, 2, 4):
        at = now + number * quarter
        spool.put([message(event(at, float(number), f_cnt=number + 1), at)])
    target.drain()
    late = [now + number * quarter for number in (1, 3, 5)]
    spool.put(
        [
            message(event(at, float(number), f_cnt=number + 1), at)
            for number, at in zip((1, 3, 5), late, strict=True)
        ]
    )
    target.drain()
    assert seen[1.0] == [0.0]
    assert seen[3.0] == [0.0, 1.0, 2.0]
    assert seen[5.0] == [0.0, 1.0, 2.0, 3.0, 4.0]
