"""Duplicates and rejoins by METHOD G.8."""

from datetime import UTC, datetime, timedelta
from typing import Any

from data.receipts import ReceiptRow
from services.ingestion.duplicates import SeenUplinks, Verdict
from services.ingestion.model import Uplink

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def uplink(**changes: Any) -> Uplink:
    fields: dict[str, Any] = {
        "dev_eui": "0102030405060708",
        "network": "chirpstack",
        "received_at": NOW,
        "dev_addr": "00d988b3",
        "f_cnt": 7,
    }
    return Uplink(**{**fields, **changes})


def verdicts(*uplinks: Uplink) -> list[Verdict]:
    seen = SeenUplinks([], [])
    return [seen.take(item)[0] for item in uplinks]


def test_the_same_frame_within_an_hour_is_a_duplicate():
    again = uplink(received_at=NOW + timedelta(minutes=59))
    assert verdicts(uplink(), again) == [Verdict.NEW, Verdict.DUPLICATE]


def test_the_same_counter_an_hour_later_is_new():
    again = uplink(received_at=NOW + timedelta(minutes=61))
    assert verdicts(uplink(), again) == [Verdict.NEW, Verdict.NEW]


def test_the_same_deduplication_id_is_a_duplicate_at_any_time():
    first = uplink(dedup_id="a")
    again = uplink(dedup_id="a", f_cnt=8, received_at=NOW + timedelta(days=2))
    assert verdicts(first, again) == [Verdict.NEW, Verdict.DUPLICATE]


def test_two_network_paths_of_one_frame_are_one_reading():
    first, second = uplink(dedup_id="a"), uplink(dedup_id="b")
    assert verdicts(first, second) == [Verdict.NEW, Verdict.DUPLICATE]


def test_a_counter_that_falls_under_a_new_address_is_a_rejoin():
    joined = uplink(dev_addr="00aaaaaa", f_cnt=0)
    assert verdicts(uplink(), joined) == [Verdict.NEW, Verdict.REJOIN]


def test_the_same_counter_under_a_new_address_is_no_duplicate():
    assert verdicts(uplink(), uplink(dev_addr="00aaaaaa"))[1] is not Verdict.DUPLICATE


def test_without_an_address_only_the_deduplication_id_tells():
    assert verdicts(uplink(dev_addr=""), uplink(dev_addr=""))[1] is Verdict.NEW
    assert verdicts(uplink(f_cnt=None), uplink(f_cnt=None))[1] is Verdict.NEW


def test_other_devices_do_not_matter():
    assert verdicts(uplink(), uplink(dev_eui="1111111111111111"))[1] is Verdict.NEW


def test_what_the_store_remembers_counts_too():
    receipt = ReceiptRow("0102030405060708", "00d988b3", 7, "a", NOW - timedelta(minutes=5))
    assert SeenUplinks([receipt], []).take(uplink())[0] is Verdict.DUPLICATE
    assert SeenUplinks([], ["x"]).take(uplink(dedup_id="x"))[0] is Verdict.DUPLICATE
    assert SeenUplinks([receipt], []).take(uplink(f_cnt=8))[0] is Verdict.NEW
