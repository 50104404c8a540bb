"""Production mode for tests: each process started by its verb, on servers of the test's own."""

import json
import os
import signal
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg

from tests.contract.docs.markdown import blocks, text_of
from tests.integration.processes.running import ROOT, free_port
from tests.support.mqtt_tap import MqttTap
from tests.support.private_servers import PrivateServer, mosquitto, postgres, redis_server

TOKEN = "nur-fuer-diesen-test"  # noqa: S105


class Installation:
    """The processes of production, each started by its verb, on private servers."""

    def __init__(self, folder: Path, verbs, *, has_broker=False):
        self.folder = folder
        self.verbs = verbs
        self.database = postgres(made(folder / "pg"))
        self.redis = redis_server(made(folder / "redis"))
        self.broker = mosquitto(made(folder / "mosquitto")) if has_broker else None
        self.tap = None
        pack = made(folder / "pack")
        for name, body in blocks(text_of("region-packs.md")).items():
            (pack / name).write_text(body, encoding="utf-8")
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.database.port}/postgres"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
            "COCKPIT_STATE_DIR": str(made(folder / "state")),
            "COCKPIT_REGION_DIR": str(pack),
            "COCKPIT_PORT": str(self.port),
            "COCKPIT_OFFLINE": "1",
            "COCKPIT_FLOOD_MEMBERS": "100",
            "COCKPIT_CYCLE_SECONDS": "5",
            "COCKPIT_WEBHOOK_TOKEN": TOKEN,
            "COCKPIT_DATABASE_URL": self.url.replace("postgresql", "postgresql+psycopg"),
            "COCKPIT_BROKER_URL": f"redis://127.0.0.1:{self.redis.port}/0",
            "COCKPIT_WEB_WORKERS": "2",
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self):
        self.database.start()
        self.redis.start()
        if self.broker is not None:
            self.broker.start()
            self.tap = MqttTap(self.broker.port)
            self.environment["COCKPIT_MQTT_URL"] = f"mqtt://127.0.0.1:{self.tap.port}"
        self.verb("db", "upgrade")
        self.processes = [self._spawn(number) for number in range(len(self.verbs))]

    def _spawn(self, number):
        verb = self.verbs[number]
        with (self.folder / f"{number}-{verb}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "cli.py", verb], cwd=ROOT, env=self.environment,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self, name):
        """End a process with all its children, or a server, as `kill -9` does."""
        server = self.servers().get(name)
        if server is not None:
            server.kill()
            return
        process = self.processes[self.verbs.index(name)]
        if process.poll() is not None:
            return
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)

    def revive(self, name):
        """Start again what was killed, as systemd would."""
        server = self.servers().get(name)
        if server is not None:
            server.start()
            return
        number = self.verbs.index(name)
        self.processes[number] = self._spawn(number)

    def keep_up(self):
        """Start again what has ended by itself, as systemd would: a database was starting up."""
        for number, process in enumerate(self.processes):
            if process.poll() is not None:
                self.processes[number] = self._spawn(number)

    def servers(self) -> dict[str, PrivateServer]:
        named = {"postgres": self.database, "redis": self.redis, "mosquitto": self.broker}
        return {name: server for name, server in named.items() if server is not None}

    def verb(self, *arguments):
        subprocess.run(
            [sys.executable, "cli.py", *arguments], cwd=ROOT, env=self.environment, check=True,
            capture_output=True, timeout=60,
        )  # fmt: skip

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(5)
        if self.tap is not None:
            self.tap.close()
        for server in self.servers().values():
            server.stop()

    def query(self, sql):
        with psycopg.connect(self.url, connect_timeout=5) as connection:
            return connection.execute(sql).fetchall()

    def runs(self):
        return self.query("select run_id, started_at, finished_at from runs order by started_at")

    def heard(self):
        """Return how many different newest readings the cycles knew."""
        [(number,)] = self.query(
            "select count(distinct parameters->>'heard_at') from runs "
            "where parameters->>'heard_at' <> ''"
        )
        return number

    def stored(self):
        return self.query("select count(*) from observations")[0][0]

    def ask(self, path, body=None):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5.0)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        try:
            connection.request("POST" if body else "GET", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return 0
        else:
            return answer.status
        finally:
            connection.close()

    def get(self, path):
        return self._body("GET", path, None)

    def post(self, path, body):
        return self._body("POST", path, json.dumps(body))

    def _body(self, method, path, body):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10.0)
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        found = answer.read()
        connection.close()
        assert answer.status == 200, found[:500]
        return found

    def uplink(self, number):
        body = {
            "deduplicationId": str(uuid.uuid4()),
            "time": datetime.now(UTC).isoformat(),
            "deviceInfo": {"devEui": "a84041000000aa02"},
            "devAddr": "01020304",
            "fCnt": number,
            "object": {"level_cm": 60 + number},
        }
        return self.ask("/api/v1/uplinks/chirpstack", json.dumps(body))

    def log(self):
        return "\n".join(
            f"== {path.name}\n{path.read_text(errors='replace')[-1500:]}"
            for path in sorted(self.folder.glob("*.log"))
        )


def made(folder):
    folder.mkdir()
    return folder
