"""Starting, stopping, surviving: the product as real processes in a folder of its own."""

import subprocess
import sys
from datetime import UTC, datetime

import psutil  # type: ignore[import-untyped]  # comes with dash[diskcache], without types
import pytest

from data.region_pack.loader import load_region
from data.region_pack.scenarios import load_scenarios
from services.simulation.sensors import virtual_readings
from services.simulation.truth import build_truth, run_truth
from tests.integration.processes.running import ROOT, Product, eventually, product

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
MYK = ROOT / "data" / "regions" / "myk"
LOCK = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
connection.execute("begin exclusive")
print("locked", flush=True)
time.sleep(5)
connection.execute("commit")
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with product(tmp_path_factory.mktemp("product")) as made:
        yield made


def fill(running: Product) -> None:
    """Wait until worker and ingest have done something that can be seen."""
    eventually(lambda: running.observations() > 500, 120, "stored observations")
    eventually(lambda: running.runs() > 0, 120, "a stored run")


def test_worker_and_ingest_fill_the_store_and_only_one_local_port_is_open(running):
    fill(running)
    assert running.listening() == {("127.0.0.1", running.port)}
    assert {running.child(name) is not None for name in ("web", "worker", "ingest")} == {True}
    assert {row[0] for row in running.query("select distinct origin from observations")} == {
        "simulated"
    }


def test_every_first_screen_answers(running):
    for path in ("/", "/gewaesser", "/siedlung", "/mobilitaet"):
        assert running.status(path) == 200, path


def test_a_second_start_on_the_same_port_is_refused_in_one_sentence(running):
    before = running.observations()
    second = running.verb("run")
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"Port {running.port} auf 127.0.0.1 ist schon belegt" in second.stderr
    assert f"COCKPIT_PORT={running.port + 1}" in second.stderr
    assert running.observations() >= before


@pytest.mark.parametrize("name", ["worker", "web"])
def test_a_killed_process_is_restarted_and_the_product_goes_on(running, name):
    fill(running)
    old = running.child(name)
    before, runs_before = running.observations(), running.runs()
    old.kill()
    new = eventually(
        lambda: (found := running.child(name)) and found.pid != old.pid and found, 30, "a restart"
    )
    eventually(lambda: running.status("/") == 200, 120, "the first page after the restart")
    eventually(lambda: running.observations() > before, 120, "observations after the restart")
    eventually(lambda: running.runs() > runs_before, 120, "runs after the restart")
    assert running.process.poll() is None
    assert running.child(name).pid == new.pid
    assert f"Der Prozess {name} ist mit -9 beendet" in running.log


def test_no_observation_is_lost_or_doubled_when_ingest_is_killed(running):
    fill(running)
    ingest = running.child("ingest")
    ingest.kill()
    eventually(
        lambda: (found := running.child("ingest")) and found.pid != ingest.pid, 30, "a restart"
    )
    until = event_now(running)
    expected = measured_until(until)
    eventually(lambda: expected <= stored(running), 120, "all readings of the event until then")
    twice = running.number(
        "select count(*) from (select 1 from observations "
        "group by datastream_id, phenomenon_time having count(*) > 1)"
    )
    assert twice == 0
    assert running.number("select count(*) from rejected_messages") == 0


def test_a_locked_database_is_waited_for(running):
    fill(running)
    before = running.observations()
    pids = {name: running.child(name).pid for name in ("web", "worker", "ingest")}
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(running.state_dir / "simulation.sqlite")],
        stdout=subprocess.PIPE,
        text=True,
    ) as locker:
        assert locker.stdout.readline().strip() == "locked"
        during = running.observations()
        assert running.status("/gewaesser") == 200
        assert locker.poll() is None
        assert running.observations() == during
    assert locker.returncode == 0
    eventually(lambda: running.observations() > max(before, during), 120, "writing goes on")
    assert {name: running.child(name).pid for name in pids} == pids


def test_another_scenario_replaces_what_is_stored_while_the_product_runs(running):
    fill(running)
    spring = micros(datetime(2026, 3, 1, tzinfo=UTC))
    show(running, "normal", "Ruhiger Tag")
    eventually(lambda: foreign(running, "<", spring) == 0, 120, "2021 is forgotten")
    newest = "select as_of from runs order by finished_at desc limit 1"
    eventually(lambda: running.number(newest) >= spring, 120, "a run of the calm day")
    show(running, "2021-07", "Juli 2021")
    eventually(lambda: foreign(running, ">", spring) == 0, 120, "2026 is forgotten")
    eventually(lambda: running.number(newest) < spring, 120, "a run of July 2021")


def show(running: Product, name: str, title: str) -> None:
    """Switch the running product to an event and wait for its first readings."""
    answer = running.verb("replay", name, "--speed", "600")
    assert answer.returncode == 0, answer.stderr
    assert f"Das laufende Cockpit zeigt jetzt „{title}“" in answer.stdout
    eventually(lambda: running.observations() > 200, 120, f"observations of {name}")


def foreign(running: Product, side: str, border: int) -> int:
    """Count observations and newest values of the event that is not shown any more."""
    question = {
        "<": "select (select count(*) from observations where phenomenon_time < ?1)"
        " + (select count(*) from latest where phenomenon_time < ?1)",
        ">": "select (select count(*) from observations where phenomenon_time > ?1)"
        " + (select count(*) from latest where phenomenon_time > ?1)",
    }
    return running.number(question[side], border)


def test_interrupting_ends_every_process_within_15_seconds(running):
    everything = running.tree()
    assert len(everything) >= 4
    assert running.end(15) == 0
    gone, alive = psutil.wait_procs(everything, timeout=1)
    assert alive == []
    assert len(gone) == len(everything)
    assert "Traceback" not in running.log


def micros(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


def event_now(running: Product) -> float:
    """Return the event time (epoch seconds) that the replay has reached."""
    start, began, speed = running.query(
        "select event_start, started_at, speed from replays order by replay_id desc limit 1"
    )[0]
    wall = datetime.now(UTC).timestamp()
    return float(start / 1e6 + (wall - began / 1e6) * speed)


def measured_until(until: float) -> set[tuple[str, int]]:
    """Return (gauge, microsecond) of what the virtual sensors had delivered by an event time."""
    pack = load_region(MYK)
    scenario = load_scenarios(MYK)["2021-07"]
    gauges = {row.gauge_id: row for row in pack.gauges}
    readings = virtual_readings(
        run_truth(build_truth(pack), scenario), scenario, gauges, pack.sensors
    )
    return {
        (reading.gauge_id, micros(reading.taken_at))
        for reading in readings
        if reading.received_at.timestamp() <= until
    }


def stored(running: Product) -> set[tuple[str, int]]:
    rows = running.query(
        "select d.thing_id, o.phenomenon_time from observations o "
        "join datastreams d on d.datastream_id = o.datastream_id "
        "where d.observed_property = 'stage'"
    )
    return {(str(gauge), int(at)) for gauge, at in rows}
