"""Conditions of devices: one that does not deliver, a battery that ends."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.alarms.model import Condition, Rule, Standing
from services.alarms.policy import Policy
from services.devices.model import BatteryView, DeviceState, DeviceView

_SILENT = frozenset({DeviceState.OVERDUE, DeviceState.SILENT})
PERCENT = "%"
STATE_WORDS: Mapping[DeviceState, str] = {
    DeviceState.DELIVERS: "meldet wieder",
    DeviceState.OVERDUE: "ist überfällig",
    DeviceState.UNREAD: "sendet, aber ohne lesbaren Wert",
    DeviceState.SILENT: "ist stumm",
    DeviceState.NEVER: "hat sich noch nie gemeldet",
}


def device_conditions(
    devices: Iterable[DeviceView], policy: Policy, planned: Mapping[str, str] | None = None
) -> list[Condition]:
    """Return the conditions of all devices that are in use; one taken out has none.

    `planned` says by device that it is out of service on purpose: its silence is no alarm then.
    """
    found, out = [], planned or {}
    for device in devices:
        if device.state is DeviceState.REMOVED:
            continue
        delivery = _delivery(device, policy)
        if device.dev_eui in out:
            delivery = replace(delivery, standing=Standing.CLEAR, text=out[device.dev_eui])
        found += [delivery, _battery(device, policy)]
    return [condition for condition in found if condition.rule not in policy.disabled]


def _delivery(device: DeviceView, policy: Policy) -> Condition:
    standing = Standing.CLEAR
    if device.state in _SILENT:
        standing = Standing.HOLDS
    elif device.state is DeviceState.NEVER:
        standing = Standing.UNKNOWN
    text = f"Das Gerät {device.dev_eui} am Pegel {device.gauge_name} {STATE_WORDS[device.state]}."
    return Condition(
        Rule.DEVICE,
        device.dev_eui,
        device.gauge_name,
        policy.severity(Rule.DEVICE),
        standing,
        text,
    )


def _battery(device: DeviceView, policy: Policy) -> Condition:
    battery = device.battery
    standing, words = Standing.UNKNOWN, "meldet keinen Stand"
    if battery is not None and (_is_percent(battery) or battery.days_left is not None):
        standing = Standing.HOLDS if _is_low(battery, policy) else Standing.CLEAR
        words = _words(battery)
    return Condition(
        Rule.BATTERY,
        device.dev_eui,
        device.gauge_name,
        policy.severity(Rule.BATTERY),
        standing,
        f"Die Batterie des Geräts {device.dev_eui} am Pegel {device.gauge_name} {words}.",
    )


def _is_percent(battery: BatteryView) -> bool:
    return battery.unit == PERCENT


def _is_low(battery: BatteryView, policy: Policy) -> bool:
    is_few = _is_percent(battery) and battery.value <= policy.limits["battery_percent"]
    days = battery.days_left
    return is_few or (days is not None and days <= policy.limits["battery_days"])


def _words(battery: BatteryView) -> str:
    level = f"steht bei {battery.value:.0f} %" if _is_percent(battery) else "lässt nach"
    if battery.days_left is None:
        return level
    return f"{level}, es bleiben etwa {battery.days_left:.0f} Tage"
