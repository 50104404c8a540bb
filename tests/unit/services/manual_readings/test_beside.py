"""Beside a device that speaks, a reading by hand takes no part: centimetres are no wave."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.flood.model import Flag
from services.manual_readings.beside import NEAR, without_doubles

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def row(minutes, origin="live", flag=Flag.GOOD, value=1.0):
    return NOW + timedelta(minutes=minutes), value, flag, origin


def test_a_reading_near_a_trusted_value_is_left_out_before_and_after_it():
    rows = [row(0), row(9, "manual"), row(30, "manual"), row(38)]
    assert [at for at, _, _ in without_doubles(rows)] == [row(0)[0], row(38)[0]]


def test_a_lost_gauge_or_one_nobody_believes_leaves_the_reading_its_place():
    rows = [row(0), row(11, "manual"), row(20, flag=Flag.FAIL), row(21, value=None)]
    assert len(without_doubles(rows)) == len(rows)
    assert len(without_doubles([row(20, flag=Flag.SUSPECT), row(21, "manual")])) == 2


@given(st.lists(st.tuples(st.integers(0, 600), st.sampled_from(["live", "manual"]))))
def test_no_value_of_a_device_is_ever_left_out_and_none_is_doubled(items):
    rows = [row(minutes, origin) for minutes, origin in sorted(items)]
    kept = without_doubles(rows)
    devices = [item[0] for item in rows if item[3] == "live"]
    assert [at for at in devices if at not in {item[0] for item in kept}] == []
    by_hand = [at for at, *_ in kept if at not in devices]
    assert all(abs(at - other) > NEAR for at in by_hand for other in devices)
