"""What a cycle, devices and the system's health become: missing data is never clear."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.alarms.from_cycle import Names, cycle_conditions
from services.alarms.from_devices import device_conditions
from services.alarms.from_health import Vitals, system_conditions, watchdog_conditions
from services.alarms.model import Rule, Severity, Standing
from services.alarms.policy import make_policy
from services.devices.model import BatteryView, DeviceState
from services.flood.model import GaugeResult, State, VillageResult
from services.health.model import SpoolHealth
from tests.support import sample_devices

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
POLICY = make_policy()
HOLDS, CLEAR, UNKNOWN = Standing.HOLDS, Standing.CLEAR, Standing.UNKNOWN
NAMES = Names(
    {("mayen", "nette"): "Mayen"},
    {"iot-nitz": "Nitz", "mosel": "Mosel"},
    {"iot-nitz": "nette", "mosel": "mosel"},
    frozenset({"iot-nitz"}),
)


def village(state=State.OK, **changes):
    values = {
        "place_id": "mayen", "river_id": "nette", "state": state, "level": None,
        "degraded": False, "degraded_reasons": (), "earliest": None, "likely": None,
        "latest": None, "usable_p10_min": None, "usable_p50_min": None, "p_exceed": {},
        "confidence": "gering", "driving_gauge": "iot-nitz", "path_kind": "gauge",
        "data_at": NOW, "state_since": NOW, "held_since": None, "has_gauge_above": True,
        "lower_cycles": 0, "sentence": "Satz.", **changes,
    }  # fmt: skip
    return VillageResult(**values)


def gauge(gauge_id="iot-nitz", **changes):
    values = {
        "gauge_id": gauge_id, "state": State.OK, "value": 0.6, "observed_at": NOW, "age_s": 0.0,
        "flag": 1, "trend_per_h": 0.0, "is_silent": False, "is_rising": False, **changes,
    }  # fmt: skip
    return GaugeResult(**values)


def found(villages=(), gauges=(), now=NOW):
    return {item.key: item for item in cycle_conditions(villages, gauges, NAMES, POLICY, now)}


@pytest.mark.parametrize(
    ("changes", "standing", "severity"),
    [
        ({"state": State.ALARM}, HOLDS, Severity.ALARM),
        ({"state": State.VORALARM}, HOLDS, Severity.VORALARM),
        ({"state": State.WARNUNG, "held_since": NOW}, HOLDS, Severity.WARNUNG),
        ({"state": State.OK}, CLEAR, Severity.VORALARM),
        ({"state": State.UNBEKANNT}, UNKNOWN, Severity.VORALARM),
        ({"state": State.OK, "data_at": NOW - timedelta(hours=2)}, UNKNOWN, Severity.VORALARM),
        ({"state": State.OK, "data_at": None}, UNKNOWN, Severity.VORALARM),
        ({"state": State.ALARM, "data_at": NOW - timedelta(hours=9)}, HOLDS, Severity.ALARM),
    ],
)
def test_a_level_holds_through_silence_and_calm_is_clear_only_on_data(changes, standing, severity):
    made = found([village(**changes)])["stufe:mayen/nette"]
    assert (made.standing, made.severity) == (standing, severity)


@pytest.mark.parametrize(
    ("changes", "lost", "silent", "rise"),
    [
        ({}, CLEAR, CLEAR, CLEAR),
        ({"trend_per_h": 0.5}, CLEAR, CLEAR, HOLDS),
        ({"trend_per_h": None}, CLEAR, CLEAR, UNKNOWN),
        ({"is_silent": True, "trend_per_h": 0.9}, UNKNOWN, HOLDS, UNKNOWN),
        ({"is_silent": True, "is_lost_while_rising": True}, HOLDS, UNKNOWN, UNKNOWN),
        ({"is_silent": True, "observed_at": None}, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_a_gauge_speaks_by_three_rules(changes, lost, silent, rise):
    made = found(gauges=[gauge(**changes)])
    standings = [made[f"{rule}:iot-nitz"].standing for rule in ("messausfall", "still", "anstieg")]
    assert standings == [lost, silent, rise]


def test_losing_a_rising_gauge_is_of_the_highest_severity_and_says_why():
    made = found(gauges=[gauge(is_silent=True, is_lost_while_rising=True)])["messausfall:iot-nitz"]
    assert made.severity is Severity.ALARM
    assert "stieg zuletzt" in made.text


def test_a_silent_gauge_is_graver_where_its_river_is_warned():
    calm = found([village()], [gauge(is_silent=True)])["still:iot-nitz"]
    flood = found([village(State.WARNUNG)], [gauge(is_silent=True)])["still:iot-nitz"]
    assert (calm.severity, flood.severity) == (Severity.HINWEIS, Severity.WARNUNG)


@pytest.mark.parametrize(
    ("m_per_h", "severity"), [(0.29, None), (0.3, "voralarm"), (0.79, "voralarm"), (0.8, "warnung")]
)
def test_the_rate_of_rise_has_the_severity_of_its_limit(m_per_h, severity):
    made = found(gauges=[gauge(trend_per_h=m_per_h)])["anstieg:iot-nitz"]
    assert (made.severity.value if made.standing is HOLDS else None) == severity


def test_a_discharge_is_not_compared_with_metres():
    assert found(gauges=[gauge("mosel", trend_per_h=80.0)])["anstieg:mosel"].standing is UNKNOWN


def device(state=DeviceState.DELIVERS, battery=None):
    return SimpleNamespace(dev_eui="aa01", gauge_name="Nitz", state=state, battery=battery)


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (DeviceState.DELIVERS, CLEAR),
        (DeviceState.OVERDUE, HOLDS),
        (DeviceState.SILENT, HOLDS),
        (DeviceState.NEVER, UNKNOWN),
    ],
)
def test_a_device_that_does_not_deliver_holds_and_one_never_heard_is_unknown(state, standing):
    [delivery, _] = device_conditions([device(state)], POLICY)
    assert delivery.standing is standing


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DeviceState.DELIVERS, "meldet wieder."),
        (DeviceState.SILENT, "ist stumm."),
        (DeviceState.NEVER, "hat sich noch nie gemeldet."),
    ],
)
def test_the_sentence_of_a_device_is_one(state, words):
    [delivery, _] = device_conditions([device(state)], POLICY)
    assert delivery.text.endswith(words)


def test_a_device_that_was_taken_out_has_no_conditions():
    assert device_conditions([device(DeviceState.REMOVED)], POLICY) == []


@pytest.mark.parametrize(
    ("battery", "standing"),
    [
        (None, UNKNOWN),
        (BatteryView(3.6, "V", NOW), UNKNOWN),
        (BatteryView(3.6, "V", NOW, -0.01, 10.0), HOLDS),
        (BatteryView(21.0, "%", NOW), CLEAR),
        (BatteryView(20.0, "%", NOW), HOLDS),
        (BatteryView(60.0, "%", NOW, -3.0, 13.0), HOLDS),
    ],
)
def test_a_battery_is_low_by_per_cent_or_days_and_volts_alone_say_nothing(battery, standing):
    [_, made] = device_conditions([device(battery=battery)], POLICY)
    assert made.standing is standing


def vitals(run_age_s=10.0, watched_s=1000.0, spool=None, disk=0.5):
    return Vitals(run_age_s, watched_s, spool or SpoolHealth(0, 0, 1000, None, 0), disk)


def system(**changes):
    return {item.rule: item for item in system_conditions(vitals(**changes), POLICY)}


@pytest.mark.parametrize(
    ("age_s", "watched_s", "standing"),
    [
        (179.0, 1000.0, CLEAR),
        (181.0, 1000.0, HOLDS),
        (181.0, 60.0, UNKNOWN),
        (None, 60.0, UNKNOWN),
        (None, 181.0, HOLDS),
    ],
)
def test_three_missed_cycles_are_a_standstill_unless_we_have_just_begun_to_look(
    age_s, watched_s, standing
):
    made = system(run_age_s=age_s, watched_s=watched_s)[Rule.STANDSTILL]
    assert made.standing is standing
    assert made.text.startswith("System steht")


@pytest.mark.parametrize(
    ("spool", "standing"),
    [
        (SpoolHealth(3, 100, 1000, 5.0, 0), CLEAR),
        (SpoolHealth(3, 100, 1000, 700.0, 0), HOLDS),
        (SpoolHealth(3, 900, 1000, 5.0, 0), HOLDS),
    ],
)
def test_messages_that_wait_too_long_or_fill_the_spool_hold(spool, standing):
    assert system(spool=spool)[Rule.BACKLOG].standing is standing


@pytest.mark.parametrize(("free", "standing"), [(0.06, CLEAR), (0.04, HOLDS)])
def test_a_disk_that_fills_up_holds(free, standing):
    assert system(disk=free)[Rule.DISK].standing is standing


@pytest.mark.parametrize(
    ("age_s", "watched_s", "standing"),
    [(5.0, 999.0, CLEAR), (None, 10.0, UNKNOWN), (None, 121.0, HOLDS), (300.0, 121.0, HOLDS)],
)
def test_the_watchdog_is_watched_as_well(age_s, watched_s, standing):
    [made] = watchdog_conditions(age_s, watched_s, POLICY)
    assert made.standing is standing


def test_silence_on_purpose_raises_nothing_and_is_an_alarm_again_without_the_plan():
    lost = gauge(is_silent=True, is_lost_while_rising=True)
    told = cycle_conditions([], [lost], NAMES, POLICY, NOW, {"iot-nitz": "außer Betrieb"})
    planned = {item.key: item for item in told}
    assert planned["messausfall:iot-nitz"].standing is CLEAR
    assert planned["still:iot-nitz"].standing is CLEAR
    assert planned["still:iot-nitz"].text == "außer Betrieb"
    assert found(gauges=[lost])["messausfall:iot-nitz"].standing is HOLDS


def test_a_device_out_of_service_may_be_silent_but_its_battery_is_watched():
    made = sample_devices.device("70b3d57ed0000001", "Nitz", DeviceState.SILENT, 300.0)
    plain, planned = (
        {item.rule: item for item in device_conditions([made], POLICY, out)}
        for out in ({}, {made.dev_eui: "Wartung"})
    )
    assert plain[Rule.DEVICE].standing is HOLDS
    assert planned[Rule.DEVICE].standing is CLEAR
    assert planned[Rule.BATTERY] == plain[Rule.BATTERY]


def test_a_level_carries_the_minutes_left_and_none_that_no_data_support():
    key = "stufe:mayen/nette"
    assert found([village(State.ALARM, usable_p10_min=38.0)])[key].usable_min == 38.0
    assert found([village(State.ALARM, usable_p10_min=None)])[key].usable_min is None
    held = village(State.ALARM, usable_p10_min=38.0, held_since=NOW)
    assert found([held])[key].usable_min is None
