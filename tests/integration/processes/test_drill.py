"""A drill beside real operation, with real processes: nothing of one comes into the other."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection

import psutil  # type: ignore[import-untyped]  # comes with dash[diskcache], without types
import pytest

from bench.uplink import live_pack
from services.simulation.sensors import VirtualReading
from services.simulation.uplinks import simulated_messages
from tests.integration.processes.running import ROOT, eventually, free_port, product

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
TOKEN = "nur-fuer-diesen-test"  # noqa: S105
ASKED = (
    "insert into drills (region_id, title, event, speed, port, status, message, asked_by, asked_at)"
    " values (?, 'Juli 2021', ?, 600, ?, 'angefordert', '', 'Dienst', ?)"
)
STAGES = (
    "select count(*) from observations o join datastreams d using (datastream_id)"
    " where d.key like '%/stage'"
)


def real(folder, port):
    """Start a real installation whose gauges have real sensors that speak by webhook."""
    return product(
        folder,
        COCKPIT_REGION_DIR=str(live_pack(folder / "pack")),
        COCKPIT_WEBHOOK_TOKEN=TOKEN,
        COCKPIT_CYCLE_SECONDS="5",
        COCKPIT_FLOOD_MEMBERS="100",
        COCKPIT_DRILL_PORT=str(port),
    )


def read(path, sql):
    if not path.is_file():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return []


def number(path, sql):
    rows = read(path, sql)
    return int(rows[0][0]) if rows else 0


def ask(running, port):
    """Ask for a drill as the page does."""
    path = running.state_dir / "cockpit.sqlite"
    event = json.dumps({"arguments": ["2021-07", "--speed", "600"]})
    at = int(datetime.now(UTC).timestamp() * 1_000_000)
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        connection.execute(ASKED, ("myk", event, port, at))
        connection.commit()


def uplink(running, region, frame):
    """Let a real sensor speak."""
    now = datetime.now(UTC)
    reading = VirtualReading("iot-nitz", now, now, 0.5, 90.0, frame)
    [message] = simulated_messages([reading], region.sensors)
    assert message.source == "chirpstack"
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connection = HTTPConnection("127.0.0.1", running.port, timeout=10)
    connection.request("POST", "/api/v1/uplinks/chirpstack", message.body, headers)
    assert connection.getresponse().status in {200, 202, 204}
    connection.close()


def get(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode()
    except OSError:
        return 0, {}, ""
    finally:
        connection.close()


def drill_processes(folder):
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("COCKPIT_STATE_DIR") == str(folder):
                found.append(process)
        except psutil.Error:
            continue
    return found


def begin(running, port):
    """Ask for a drill as soon as somebody would start it, and wait for its first page."""
    store = running.state_dir / "cockpit.sqlite"
    eventually(lambda: running.runs() > 0, 120, "the first real cycle")
    leader = "select 1 from source_states where source = 'uebungsleitung'"
    eventually(lambda: read(store, leader), 120, "somebody who starts drills")
    ask(running, port)
    eventually(lambda: get(port, "/")[0] == 200, 150, "the first page of the drill")


def real_is_clean(store):
    """Say what of a drill is in the real store; nothing may be."""
    questions = (
        "select count(*) from alarms where is_drill = 1",
        "select count(*) from alarms where rule = 'stufe'",
        "select count(*) from drill_injections",
        "select count(*) from drill_messages where alarm_id != ''",
        "select count(*) from replays",
        "select count(*) from runs where clock = 'replay'",
    )
    assert [number(store, question) for question in questions] == [0] * len(questions)


@pytest.mark.timeout(420)
def test_real_operation_goes_on_beside_a_drill_and_when_the_drill_is_killed(tmp_path, region):
    port = free_port()
    with real(tmp_path, port) as running:
        store, own = running.state_dir / "cockpit.sqlite", running.state_dir / "uebung"
        drill_store = own / "simulation.sqlite"
        begin(running, port)
        cycles = running.runs()
        called = "select count(*) from alarms where is_drill = 1 and rule = 'stufe'"
        eventually(lambda: number(drill_store, called) > 0, 150, "an alarm of the drill")
        _, headers, page = get(port, "/")
        assert headers["X-Cockpit-Drill"] == "uebung"
        assert "<title>ÜBUNG" in page
        assert {address for address, _ in running.listening()} == {"127.0.0.1"}
        uplink(running, region, 1)
        eventually(lambda: number(store, STAGES) == 1, 120, "the reading of a real sensor")
        eventually(lambda: running.runs() > cycles, 120, "a real cycle beside the drill")
        real_is_clean(store)
        assert number(drill_store, "select count(*) from runs where clock = 'live'") == 0
        assert number(drill_store, "select count(*) from recipients") == 0
        assert number(drill_store, "select count(*) from outbox_messages") == 0
        known = [value for each in drill_processes(own) for value in each.environ().values()]
        assert TOKEN not in known
        next(each for each in running.tree() if "drill" in each.cmdline()).kill()
        eventually(lambda: not drill_processes(own), 120, "the end of the drill's processes")
        cycles = running.runs()
        eventually(lambda: running.runs() > cycles, 120, "a real cycle after the drill")
        ended = "select status from drills"
        eventually(lambda: read(store, ended) == [("gescheitert",)], 120, "a word on its end")
        real_is_clean(store)


@pytest.mark.timeout(420)
def test_a_drill_ends_with_its_cockpit_and_leaves_its_evaluation(tmp_path):
    port = free_port()
    with real(tmp_path, port) as running:
        begin(running, port)
        running.end(90)
        assert drill_processes(running.state_dir / "uebung") == []
        store = running.state_dir / "cockpit.sqlite"
        assert read(store, "select status from drills") == [("beendet",)]
        [report] = (running.state_dir / "uebungen").glob("uebung-*.csv")
        assert report.read_text(encoding="utf-8").startswith("ÜBUNG")


def test_an_unknown_event_is_refused_in_one_sentence(tmp_path):
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
        "COCKPIT_STATE_DIR": str(tmp_path / "state"),
    }
    done = subprocess.run(
        [sys.executable, "cli.py", "drill", "start", "sintflut", "--port", str(free_port())],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Das Ereignis „sintflut“ gibt es nicht" in done.stderr
    assert "Traceback" not in done.stderr
