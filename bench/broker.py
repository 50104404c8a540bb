"""A Mosquitto of a bench's own, set as `deploy/mosquitto/mosquitto.conf` sets the one in operation.

A broker as Debian installs it keeps at most 1,000 messages for a client and silently drops the
rest although it has acknowledged them to the publisher: the figures would be the broker's.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from bench.product import free_port
from config import ROOT

KEPT = ("autosave_interval", "max_queued_messages", "max_inflight_messages")
DROPPED = "$SYS/broker/publish/messages/dropped"
START_S, SYS_EVERY_S = 10.0, 1


@contextmanager
def private_broker() -> Iterator[int]:
    """Start the broker, give its port, and end it by its process.

    Raises
    ------
    FileNotFoundError
        When no Mosquitto is installed.
    """
    binary = shutil.which("mosquitto") or shutil.which("/usr/sbin/mosquitto")
    if binary is None:
        raise FileNotFoundError("mosquitto is not installed (Debian: apt install mosquitto)")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "mosquitto.conf"
        config.write_text("\n".join(_lines(port, folder)) + "\n", encoding="utf-8")
        process = subprocess.Popen([binary, "-c", str(config)], stderr=subprocess.DEVNULL)
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(START_S)


def dropped(port: int) -> float:
    """Return how many messages the broker has thrown away."""
    found: list[float] = []
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.on_message = lambda _client, _data, message: found.append(float(message.payload))
    client.connect("127.0.0.1", port)
    client.subscribe(DROPPED)
    client.loop_start()
    until = time.monotonic() + 3 * SYS_EVERY_S
    while not found and time.monotonic() < until:
        time.sleep(0.1)
    client.loop_stop()
    client.disconnect()
    return found[-1] if found else 0.0


def _lines(port: int, folder: str) -> list[str]:
    shipped = (ROOT / "deploy" / "mosquitto" / "mosquitto.conf").read_text(encoding="utf-8")
    kept = [line for line in shipped.splitlines() if line.startswith(KEPT)]
    own = [
        f"listener {port} 127.0.0.1",
        "allow_anonymous true",
        "persistence true",
        f"persistence_location {folder}/",
        f"sys_interval {SYS_EVERY_S}",
    ]
    return [*own, *kept, *(["user root"] if os.geteuid() == 0 else [])]


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            probe = paho.Client(CallbackAPIVersion.VERSION2)
            probe.connect("127.0.0.1", port)
            probe.disconnect()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the broker of the bench did not start")
