"""`kill -9` of what sends, in the middle of sending: nothing is lost, repeats say so."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bench.receiver import enter_recipient
from bench.uplink import live_pack
from config import ROOT
from data.engine import make_engine, make_sessions
from services.alarms.keeper import AlarmKeeper
from services.alarms.model import Condition, Rule, Severity, Standing
from services.alarms.policy import make_policy
from services.notifications.outbox import Outbox
from services.region import open_region
from tests.integration.processes.running import eventually
from tests.support.gateways import HttpGateway, opened
from tests.support.sample_alarms import StandingClock

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
QUICK = """
[[limit]]
key = "standstill_s"
value = 4
source = "this test"
"""
PLACES = 28
OF_FLOOD = """
select t.number, t.outcome, t.is_repeat, t.digest_id from delivery_attempts t
join deliveries d on d.delivery_id = t.delivery_id
join outbox_messages m on m.message_id = d.message_id
join alarms a on a.alarm_id = m.alarm_id where a.rule = 'stufe'
"""
ATTEMPTS = "select number, outcome, is_repeat from delivery_attempts order by attempt_id"


class Sending:
    """Ingest alone: its watchdog misses the worker and calls, its sender sends."""

    def __init__(self, folder, port):
        pack = live_pack(folder / "pack")
        (pack / "alarms.toml").write_text(QUICK, encoding="utf-8")
        channels = folder / "channels.toml"
        url = f"json://127.0.0.1:{port}/?:to={{address}}"
        channels.write_text(
            f'[[channel]]\nkey = "bench"\nname = "SMS"\nform = "short"\nurl = "{url}"\n',
            encoding="utf-8",
        )
        self.folder, self.store = folder, folder / "state" / "cockpit.sqlite"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
            "COCKPIT_STATE_DIR": str(folder / "state"),
            "COCKPIT_REGION_DIR": str(pack),
            "COCKPIT_OFFLINE": "1",
            "COCKPIT_WEBHOOK_TOKEN": "nur-fuer-diesen-test",
            "COCKPIT_CHANNELS_FILE": str(channels),
        }
        self.process = None

    def start(self):
        with (self.folder / "ingest.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "ingest.py"], cwd=ROOT, env=self.environment, stdout=log,
                stderr=log,
            )  # fmt: skip

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(5)

    def query(self, sql):
        if not self.store.is_file():
            return []
        uri = f"file:{self.store}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=10)) as connection:
            try:
                return connection.execute(sql).fetchall()
            except sqlite3.OperationalError:
                return []

    def flood(self):
        """Let many places of one river go red in one look, as the worker would."""
        region = open_region(self.folder / "pack", simulated=False)
        engine = make_engine(f"sqlite:///{self.store}")
        policy, clock = make_policy(), StandingClock(datetime.now(UTC))
        outbox = Outbox(region.region_id, policy, 1000)
        keeper = AlarmKeeper(make_sessions(engine), region, clock, policy, outbox.put)
        level, holds = Severity.ALARM, Standing.HOLDS
        conditions = [
            Condition(Rule.LEVEL, f"ort{n}/nette", f"Ort {n}", level, holds, "Gefahr.", 30.0 + n)
            for n in range(PLACES)
        ]
        keeper.look(conditions, frozenset({Rule.LEVEL}))
        engine.dispose()

    def log(self):
        return (self.folder / "ingest.log").read_text()[-3000:]


@pytest.fixture
def gateway():
    with opened(HttpGateway) as made:
        yield made


@pytest.fixture
def sending(tmp_path, gateway):
    made = Sending(tmp_path, gateway.port)
    made.start()
    eventually(lambda: made.query("select 1 from leases where name = 'versand'"), 120, "a sender")
    engine = make_engine(f"sqlite:///{made.store}")
    enter_recipient(make_sessions(engine), "myk")
    engine.dispose()
    yield made
    made.kill()


def test_a_sender_killed_in_the_middle_repeats_and_the_message_says_so(sending, gateway):
    gateway.hangs = True
    eventually(lambda: gateway.got, 120, sending.log())
    assert sending.query(ATTEMPTS) == [(1, "started", 0)]
    sending.kill()
    gateway.hangs = False
    gateway.released.set()
    sending.start()
    eventually(lambda: len(gateway.got) > 1, 120, sending.log())
    found = eventually(
        lambda: [row for row in sending.query(ATTEMPTS) if row[:2] == (2, "accepted")],
        30, sending.log(),
    )  # fmt: skip
    assert found == [(2, "accepted", 1)]
    assert sending.query(ATTEMPTS)[0] == (1, "unknown", 0)
    first, second = gateway.got[0][1], gateway.got[1][1]
    assert "Wiederholung" not in first
    assert "Kann eine Wiederholung sein" in second, gateway.got


def test_a_sender_killed_with_a_flood_in_one_message_loses_no_alarm_of_it(sending, gateway):
    gateway.hangs = True
    sending.flood()
    eventually(lambda: len(sending.query(OF_FLOOD)) == PLACES, 120, sending.log())
    eventually(lambda: any("Nette" in text for _path, text in gateway.got), 120, sending.log())
    sending.kill()
    gateway.hangs = False
    gateway.released.set()
    sending.start()
    found = eventually(
        lambda: (rows := sending.query(OF_FLOOD)) and _accepted(rows) == PLACES and rows,
        60, sending.log(),
    )  # fmt: skip
    assert {row[:3] for row in found} == {(1, "unknown", 0), (2, "accepted", 1)}
    assert len({row[3] for row in found}) == 2
    first, second = [text for _path, text in gateway.got if "Nette" in text]
    assert f"Nette, {PLACES} Orte: Ort 0 30 Min." in first
    assert "weitere, siehe Link" in first
    assert "Wiederholung" not in first
    assert "Kann eine Wiederholung sein" in second


def _accepted(rows):
    return sum(outcome == "accepted" for _number, outcome, *_rest in rows)
