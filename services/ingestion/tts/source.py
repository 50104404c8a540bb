"""The Things Stack v3 over MQTT: `v3/APPLICATION@TENANT/devices/DEVICE/EVENT`."""

import re

NAME = "tts"
TOPIC_FILTER = "v3/+/devices/+/up"
TOPIC = re.compile(r"(^|/)v3/[^/]+/devices/[^/]+/.+$")
WEBHOOK_TOPIC = "webhook/tts/up"
UP = "up"
_EVENT = re.compile(r"/devices/[^/]+/(.+)$")


def event_of(topic: str) -> str:
    """Return the event that a topic names; without one it counts as an uplink."""
    found = _EVENT.search(topic)
    return found.group(1) if found else UP
