"""`kill -9` of the worker is an alarm, of the watchdog as well, in both ways of running it."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from bench.uplink import live_pack
from config import ROOT
from tests.integration.processes.installation import Installation
from tests.integration.processes.running import eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
QUICK = """
[[limit]]
key = "standstill_s"
value = 8
source = "this test"

[[limit]]
key = "watchdog_s"
value = 12
source = "this test"

[[rule]]
key = "steht"
source = "this test"
severity = "alarm"
clear_min = 0.05
"""
FOUND = (
    "select standing, severity, ended_at is not null from alarms "
    "where rule = '{rule}' and closed_at is null"
)


class Pair:
    """Ingest and worker of one host, started without a supervisor that would revive them."""

    def __init__(self, folder):
        pack = live_pack(folder / "pack")
        (pack / "alarms.toml").write_text(QUICK, encoding="utf-8")
        self.folder = folder
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
            "COCKPIT_STATE_DIR": str(folder / "state"),
            "COCKPIT_REGION_DIR": str(pack),
            "COCKPIT_OFFLINE": "1",
            "COCKPIT_FLOOD_MEMBERS": "100",
            "COCKPIT_CYCLE_SECONDS": "2",
            "COCKPIT_WEBHOOK_TOKEN": "nur-fuer-diesen-test",
        }
        self.running = {}

    def start(self, name):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, f"{name}.py"], cwd=ROOT, env=self.environment, stdout=log,
                stderr=log,
            )  # fmt: skip

    def kill(self, name):
        self.running[name].send_signal(signal.SIGKILL)
        self.running[name].wait(5)

    def stop(self):
        for process in self.running.values():
            process.kill()
            process.wait(5)

    def query(self, sql):
        path = self.folder / "state" / "cockpit.sqlite"
        if not path.is_file():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
            try:
                return connection.execute(sql).fetchall()
            except sqlite3.OperationalError:
                return []

    def log(self):
        return "\n".join(path.read_text()[-1500:] for path in self.folder.glob("*.log"))


@pytest.fixture
def pair(tmp_path):
    found = Pair(tmp_path)
    yield found
    found.stop()


def cycles(pair):
    return pair.query("select count(*) from runs where status = 'fertig'")


def test_a_killed_worker_is_an_alarm_of_the_watchdog_and_ends_when_it_computes_again(pair):
    pair.start("worker")
    pair.start("ingest")
    eventually(lambda: cycles(pair) and cycles(pair)[0][0] > 1, 120, "the first cycles")
    assert pair.query(FOUND.format(rule="steht")) == []
    pair.kill("worker")
    [(standing, severity, has_ended)] = eventually(
        lambda: pair.query(FOUND.format(rule="steht")), 40, pair.log()
    )
    assert (standing, severity, has_ended) == ("holds", "alarm", 0)
    [(group,)] = pair.query("select text from alarm_log where kind = 'escalated' limit 1")
    assert group == "bereitschaft"
    pair.start("worker")
    eventually(lambda: pair.query(FOUND.format(rule="steht"))[0][2], 120, pair.log())


def test_a_killed_watchdog_is_an_alarm_of_the_calculation(pair):
    pair.start("worker")
    pair.start("ingest")
    eventually(lambda: cycles(pair) and cycles(pair)[0][0] > 1, 120, "the first cycles")
    pair.kill("ingest")
    [(standing, severity, _)] = eventually(
        lambda: pair.query(FOUND.format(rule="waechter")), 50, pair.log()
    )
    assert (standing, severity) == ("holds", "warnung")


@pytest.mark.postgres
@pytest.mark.redis
def test_in_production_the_watchdog_sees_a_killed_worker_and_cycles_raise_alarms(tmp_path):
    found = Installation(tmp_path, ("web", "ingest", "worker", "beat"))
    (tmp_path / "pack" / "alarms.toml").write_text(QUICK, encoding="utf-8")
    try:
        found.start()
        eventually(lambda: len(found.runs()) > 0, 120, found.log())
        for number in range(0, 200, 40):
            assert eventually(lambda n=number: found.uplink(n) == 202, 120, found.log())
        levels = "select severity from alarms where rule in ('stufe', 'anstieg')"
        eventually(lambda: found.query(levels), 40, found.log())
        found.kill("worker")
        eventually(lambda: found.query(FOUND.format(rule="steht")), 120, found.log())
    finally:
        found.stop()
