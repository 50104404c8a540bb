"""The rules around devices: lost frames, time on air, next message, batteries, failing gateways."""

from datetime import UTC, datetime, timedelta

import pytest

from data.gateways import HeardRow
from services.devices.airtime import airtime_ms
from services.devices.battery import battery_trend
from services.devices.expected import expectation, state_of
from services.devices.failing import depends_on, pairs_lost
from services.devices.frames import Frame, count_frames
from services.devices.model import DeviceState

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def counted(*frames, before=None):
    found = count_frames([Frame(*frame) for frame in frames], before and Frame(*before))
    return found.uplinks, found.lost, found.rejoins


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([("a", 1), ("a", 2), ("a", 5)], (3, 2, 0)),
        ([("a", 1), ("a", 2), ("a", 2)], (2, 0, 0)),
        ([("a", 1), ("a", 4), ("a", 3)], (3, 1, 0)),
        ([("a", 1), ("a", 4), ("a", 3), ("a", 3)], (4, 1, 0)),
        ([("a", 700), ("b", 0), ("b", 2)], (3, 1, 1)),
        ([("a", 65_534), ("a", 1)], (2, 2, 0)),
        ([("a", 2**32 - 1), ("a", 0)], (2, 0, 0)),
        ([("a", 5_000), ("a", 0), ("a", 1)], (3, 0, 1)),
        ([("a", 1), ("a", 40_000)], (2, 0, 1)),
        ([("a", None), ("a", None)], (2, 0, 0)),
    ],
    ids=[
        "a gap is lost",
        "a duplicate does not count",
        "a late frame is not lost",
        "a second late frame takes back nothing",
        "a join is no loss",
        "16 bits wrap",
        "32 bits wrap",
        "a restart without a join",
        "a leap is a restart",
        "without counter",
    ],
)
def test_frames_are_counted(frames, expected):
    assert counted(*frames) == expected


def test_a_gap_over_midnight_counts_on_the_day_after_it():
    assert counted(("a", 13), before=("a", 10)) == (1, 2, 0)


def test_time_on_air_is_that_of_the_design_guide():
    # 23 bytes on the air (10 of payload): 61.7 ms at SF7, 1482.8 ms at SF12, CR 4/5, 125 kHz
    assert airtime_ms(7, 10) == pytest.approx(61.696)
    assert airtime_ms(12, 10) == pytest.approx(1482.752)


def every(minutes, count, end=NOW):
    return [end - timedelta(minutes=minutes * number) for number in range(count)][::-1]


def test_the_interval_is_learnt_and_a_lost_frame_does_not_spoil_it():
    times = every(15, 20)
    del times[7]
    found = expectation(times, 60.0)
    assert found.is_learnt
    assert (found.interval_min, found.at) == (15.0, NOW + timedelta(minutes=15))


def test_with_few_messages_the_gauge_says_the_interval():
    found = expectation(every(15, 2), 10.0)
    assert (found.interval_min, found.is_learnt) == (10.0, False)
    assert expectation([], 10.0) is None


def test_in_an_event_the_short_interval_counts_at_once():
    times = [*every(15, 18, NOW - timedelta(minutes=10)), NOW - timedelta(minutes=5), NOW]
    found = expectation(times, 15.0)
    assert (found.is_event, found.interval_min) == (True, 5.0)


@pytest.mark.parametrize(
    ("age_min", "state"),
    [
        (0, DeviceState.DELIVERS),
        (24, DeviceState.DELIVERS),
        (25, DeviceState.OVERDUE),
        (60, DeviceState.OVERDUE),
        (61, DeviceState.SILENT),
    ],
)
def test_waiting_becomes_a_state(age_min, state):
    times = every(15, 20, NOW - timedelta(minutes=age_min))
    assert state_of(NOW, times[-1], expectation(times, 15.0), None) is state


def test_removed_and_never_heard_and_forgotten_devices_have_their_own_states():
    times = every(15, 20)
    found = expectation(times, 15.0)
    assert state_of(NOW, None, None, None) is DeviceState.NEVER
    assert state_of(NOW, NOW - timedelta(days=30), None, None) is DeviceState.SILENT
    assert state_of(NOW, times[-1], found, NOW) is DeviceState.REMOVED
    before = NOW - timedelta(days=1)
    assert state_of(NOW, times[-1], found, before) is DeviceState.DELIVERS


def test_a_battery_is_told_in_days_only_where_the_line_is_honest():
    falling = [(float(day), 90.0 - 0.5 * day) for day in range(21)]
    assert battery_trend(falling, "%") == (pytest.approx(-0.5), pytest.approx(140.0))
    assert battery_trend(falling, "V") == (pytest.approx(-0.5), None)
    assert battery_trend(falling[:9], "%") == (None, None)
    noisy = [(float(day), 90.0 + (-1.0) ** day) for day in range(21)]
    assert battery_trend(noisy, "%") == (None, None)
    assert battery_trend([(float(day), 90.0) for day in range(21)], "%") == (None, None)


def heard(gateway, device, frames, alone):
    return HeardRow(
        gateway, device, NOW, frames, alone, -100.0 * frames, -90.0, 0.0, 1.0, frames, 0.0, NOW
    )


def test_a_gauge_depends_on_the_gateway_that_alone_hears_too_much_of_it():
    rows = [
        heard("g1", "d1", 90, 30),
        heard("g2", "d1", 70, 10),
        heard("g1", "d2", 10, 10),
    ]
    assert depends_on(rows, {"d1": 100, "d2": 10}) == {"d1": ("g1",)}


def test_a_pair_is_named_where_neither_gateway_alone_loses_the_gauge():
    rows = [heard("g1", "d1", 95, 10), heard("g2", "d1", 90, 5), heard("g3", "d1", 20, 0)]
    alone = depends_on(rows, {"d1": 100})
    assert alone == {}
    assert pairs_lost(rows, {"d1": 100}, alone) == {("g1", "g2"): ("d1",)}


def test_of_few_messages_nothing_is_said_about_a_gateway():
    from services.devices.failing import depends_on, is_judged

    row = heard("g1", "d1", frames=2, alone=2)
    assert depends_on([row], {"d1": 2}) == {}
    assert not is_judged(row, {"d1": 2})
    assert is_judged(row, {"d1": 20})
