"""Production mode as real processes: two workers on PostgreSQL and Redis, and what is killed."""

import itertools
import json
import signal

import pytest
from pydantic import SecretStr

from components.shell import ids as shell
from config import Settings
from tests.integration.processes.installation import TOKEN, Installation
from tests.integration.processes.running import eventually
from wiring import wire
from wiring_services import make_services

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.xdist_group("processes"),
]
VERBS = ("web", "ingest", "worker", "worker", "jobs", "beat")


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    found = Installation(tmp_path_factory.mktemp("production"), VERBS)
    try:
        found.start()
        eventually(lambda: found.ask("/healthz/ready") == 200, 120, found.log())
        yield found
    finally:
        found.stop()


def test_cycles_of_two_workers_never_overlap_and_each_reading_is_computed_once(installation):
    eventually(lambda: len(installation.runs()) > 0, 120, installation.log())
    for number in range(6):
        assert installation.uplink(number) == 202
        eventually(lambda number=number: installation.heard() > number, 120, "its cycle")
    rows = [row for row in installation.runs() if row[2] is not None]
    assert all(later[1] >= earlier[2] for earlier, later in itertools.pairwise(rows))
    assert installation.heard() == 6
    eventually(
        lambda: installation.query(
            "select 1 from source_states where source like 'auftrag:%' "
            "and last_success_at is not null"
        ),
        60,
        "a job that ran from the queue",
    )


def background_callback(installation):
    """Return the dependency of the callback that executes a run, as the browser sees it."""
    body = installation.get("/_dash-dependencies")
    return next(
        item
        for item in json.loads(body)
        if item.get("background") and shell.RUN_DONE in item["output"]
    )


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
    eventually(lambda: installation.stored() == stored + 5, 120, "readings stored without Redis")
    before = installation.heard()
    installation.redis.start()
    eventually(lambda: installation.heard() > before, 120, installation.log())
    assert installation.ask("/healthz/ready") == 200
