"""The publisher of bench `ingest`, a process of its own: uplinks at a steady rate, QoS 1.

`python -m bench.ingest_load PORT PREFIX COUNT RATE` prints how many the broker has taken and how
long that took, as JSON.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from bench.ingest_pack import DEVICES, dev_eui

WINDOW = 2000
"""Messages that may be under way to the broker."""
TICK_S = 0.01
STEP = timedelta(seconds=20)
"""Between two readings of a device in the time that they carry; nothing is in the future."""
PATIENCE_S = 60.0


def uplinks(count: int, until: datetime) -> Iterator[tuple[str, bytes]]:
    """Give topic and body of each uplink: every device in turn, its readings in order of time."""
    rounds = -(-count // DEVICES)
    first = until - rounds * STEP
    for number in range(count):
        turn, device = divmod(number, DEVICES)
        eui = dev_eui(device)
        body = {
            "deduplicationId": f"{eui}-{turn}",
            "time": (first + turn * STEP).isoformat(),
            "deviceInfo": {"devEui": eui, "deviceName": f"Pegel {device}"},
            "devAddr": f"{device:08x}",
            "fCnt": turn,
            "fPort": 2,
            "object": {"level_cm": 60 + (turn * 7 + device) % 40, "battery": 90 - turn % 5},
            "rxInfo": [{"gatewayId": "a84041ffff240001", "rssi": -97, "snr": 6.5}],
        }
        yield f"application/a/device/{eui}/event/up", json.dumps(body).encode()


def publish(port: int, prefix: str, count: int, rate: float) -> dict[str, float]:
    """Publish and wait until the broker has acknowledged everything."""
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.max_inflight_messages_set(WINDOW)
    room = threading.Semaphore(WINDOW)
    taken = [0]

    def on_publish(*_details: object) -> None:
        taken[0] += 1
        room.release()

    client.on_publish = on_publish
    client.connect("127.0.0.1", port)
    client.loop_start()
    began = time.perf_counter()
    for number, (topic, body) in enumerate(uplinks(count, datetime.now(UTC))):
        while (early := number / rate - (time.perf_counter() - began)) > TICK_S:
            time.sleep(early)
        room.acquire()
        client.publish(f"{prefix}/{topic}", body, qos=1)
    until = time.perf_counter() + PATIENCE_S
    while taken[0] < count and time.perf_counter() < until:
        time.sleep(TICK_S)
    seconds = time.perf_counter() - began
    client.disconnect()
    client.loop_stop()
    return {"taken": taken[0], "seconds": seconds, "began": time.time() - seconds}


if __name__ == "__main__":
    port, prefix, count, rate = sys.argv[1:]
    print(json.dumps(publish(int(port), prefix, int(count), float(rate))))  # noqa: T201  # read by the bench
