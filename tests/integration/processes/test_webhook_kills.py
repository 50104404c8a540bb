"""What a webhook has acknowledged is stored, whichever process is killed meanwhile."""

import json
import signal
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException

import psutil  # type: ignore[import-untyped]  # comes with dash[diskcache], without types
import pytest

from tests.contract.docs.markdown import blocks, text_of
from tests.integration.processes.running import Product, eventually, product

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
TOKEN = "nur-fuer-diesen-test"  # noqa: S105
MESSAGES = 120
KILLS = {30: "ingest", 60: "web", 90: "worker"}
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def running(tmp_path):
    """A cockpit in real operation, for the region that the docs teach to write."""
    pack = tmp_path / "pack"
    pack.mkdir()
    for name, body in blocks(text_of("region-packs.md")).items():
        (pack / name).write_text(body, encoding="utf-8")
    with product(tmp_path, COCKPIT_REGION_DIR=str(pack), COCKPIT_WEBHOOK_TOKEN=TOKEN) as made:
        yield made


def send(port: int, number: int) -> int:
    """Send one uplink and return the answer, 0 where nobody answers."""
    body = {
        "deduplicationId": f"uplink-{number}",
        "time": (BEGAN + timedelta(minutes=number)).isoformat(),
        "deviceInfo": {"devEui": "a84041000000aa02"},
        "devAddr": "01020304",
        "fCnt": number,
        "object": {"level_cm": 60 + number % 3},
    }
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connection = HTTPConnection("127.0.0.1", port, timeout=5.0)
    try:
        connection.request("POST", "/api/v1/uplinks/chirpstack", json.dumps(body), headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def send_until_taken(running: Product, number: int) -> None:
    eventually(lambda: send(running.port, number) == 202, 120, f"uplink {number} acknowledged")


def test_nothing_acknowledged_is_lost_and_a_closed_terminal_ends_everything(running):
    for number in range(MESSAGES):
        if number in KILLS:
            running.child(KILLS[number]).kill()
        send_until_taken(running, number)
    eventually(lambda: running.observations() >= MESSAGES, 120, "all acknowledged readings")
    assert running.observations() == MESSAGES
    assert running.number("select count(*) from rejected_messages") == 0
    assert {row[0] for row in running.query("select distinct origin from observations")} == {"live"}
    eventually(
        lambda: running.number(
            "select count(*) from runs where as_of > ?", int(BEGAN.timestamp() * 1e6)
        ),
        60,
        "runs after the restarts",
    )
    everything = running.tree()
    assert running.end(15, signal.SIGHUP) == 0
    assert psutil.wait_procs(everything, timeout=1)[1] == []
