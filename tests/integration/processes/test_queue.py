"""Production mode as real processes: two workers on PostgreSQL and Redis, and what is killed."""

import itertools
import json
import os
import signal
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from http.client import HTTPConnection

import psycopg
import pytest
from pydantic import SecretStr

from components.shell import ids as shell
from config import Settings
from tests.contract.docs.markdown import blocks, text_of
from tests.integration.processes.running import ROOT, eventually, free_port
from tests.support.private_servers import postgres, redis_server
from wiring import make_services, wire

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.xdist_group("processes"),
]
TOKEN = "nur-fuer-diesen-test"  # noqa: S105
VERBS = ("web", "ingest", "worker", "worker", "jobs", "beat")


class Installation:
    """The processes of production, each started by its verb, on private servers."""

    def __init__(self, folder):
        self.folder = folder
        self.database = postgres(made(folder / "pg"))
        self.redis = redis_server(made(folder / "redis"))
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
        self.processes = []

    def start(self):
        self.database.start()
        self.redis.start()
        self.verb("db", "upgrade")
        for number, verb in enumerate(VERBS):
            log = (self.folder / f"{number}-{verb}.log").open("wb")
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "cli.py", verb], cwd=ROOT, env=self.environment,
                    stdout=log, stderr=log, start_new_session=True,
                )
            )  # fmt: skip
            log.close()

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
        self.redis.stop()
        self.database.stop()

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
        except OSError:
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


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    found = Installation(tmp_path_factory.mktemp("production"))
    try:
        found.start()
        eventually(lambda: found.ask("/healthz/ready") == 200, 90, found.log())
        yield found
    finally:
        found.stop()


def test_cycles_of_two_workers_never_overlap_and_each_reading_is_computed_once(installation):
    eventually(lambda: len(installation.runs()) > 0, 60, installation.log())
    for number in range(6):
        assert installation.uplink(number) == 202
        eventually(lambda number=number: installation.heard() > number, 20, "its cycle")
    rows = [row for row in installation.runs() if row[2] is not None]
    assert all(later[1] >= earlier[2] for earlier, later in itertools.pairwise(rows))
    assert installation.heard() == 6
    eventually(
        lambda: installation.query(
            "select 1 from source_states where source like 'auftrag:%' "
            "and last_success_at is not null"
        ),
        20,
        "a job that ran from the queue",
    )


def background_callback(installation):
    """Return the dependency of the callback that executes a run, as the browser sees it."""
    body = installation.get("/_dash-dependencies")
    return next(item for item in json.loads(body) if item.get("background"))


def test_a_background_callback_runs_in_the_jobs_process_and_its_answer_comes_back(installation):
    settings = Settings(
        state_dir=installation.folder / "asking",
        region_dir=installation.folder / "pack",
        database_url=installation.environment["COCKPIT_DATABASE_URL"],
        webhook_token=SecretStr(TOKEN),
        flood_members=100,
    )
    wired = wire(settings)
    run_id = make_services(wired).runs.start_what_if(None, "test")
    wired.engine.dispose()
    found = background_callback(installation)
    body = {
        "output": found["output"],
        "outputs": {"id": shell.RUN_DONE, "property": "data"},
        "inputs": [{"id": shell.RUN, "property": "data", "value": run_id}],
        "changedPropIds": [f"{shell.RUN}.data"],
        "state": [],
    }
    started = json.loads(installation.post("/_dash-update-component", body))
    place = f"/_dash-update-component?cacheKey={started['cacheKey']}&job={started['job']}"

    def answer():
        told = json.loads(installation.post(place, body))
        return told.get("response")

    got = eventually(answer, 40, "the answer of the background callback")
    assert got[shell.RUN_DONE]["data"] == run_id
    [(status,)] = installation.query(f"select status from runs where run_id = '{run_id}'")  # noqa: S608
    assert status == "fertig"


def test_when_a_worker_is_killed_the_other_goes_on(installation):
    victim = installation.processes[2]
    victim.send_signal(signal.SIGKILL)
    victim.wait(5)
    before = installation.heard()
    assert installation.uplink(100) == 202
    eventually(lambda: installation.heard() > before, 40, "a cycle of the other worker")


def test_when_redis_is_killed_cycles_go_on_after_its_return_and_no_reading_is_lost(installation):
    installation.redis.kill()
    assert installation.ask("/healthz/ready") == 503
    assert installation.ask("/healthz/live") == 200
    stored = installation.stored()
    for number in range(200, 205):
        assert installation.uplink(number) == 202
    eventually(lambda: installation.stored() == stored + 5, 20, "readings stored without Redis")
    before = installation.heard()
    installation.redis.start()
    eventually(lambda: installation.heard() > before, 60, installation.log())
    assert installation.ask("/healthz/ready") == 200
