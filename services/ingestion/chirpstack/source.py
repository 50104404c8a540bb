"""ChirpStack v4 over MQTT: `application/APPLICATION/device/DEVEUI/event/EVENT`."""

import re

NAME = "chirpstack"
TOPIC_FILTER = "application/+/device/+/event/up"
TOPIC = re.compile(r"(^|/)application/[^/]+/device/[^/]+/event/[^/]+$")
WEBHOOK_TOPIC = "webhook/chirpstack/event/"
UP = "up"
_EVENT = re.compile(r"/event/([a-z]+)$")


def event_of(topic: str) -> str:
    """Return the event that a topic names; without one it counts as an uplink."""
    found = _EVENT.search(topic)
    return found.group(1) if found else UP
