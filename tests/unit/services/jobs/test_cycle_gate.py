"""When a cycle runs, what a failure costs, and that of two hosts one computes."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from data import leases, operation, runs
from data.engine import writing
from data.models import Lease, Run
from services.clock import wall_now
from services.cycles import HEARD_AT, heard_text
from services.jobs import cycle_gate
from services.jobs.cycle_gate import REST_S, WORKER, CycleGate
from tests.support.sample_runs import REGION, run_row

TICK_S = 60.0
SOON_S = 2 * REST_S


class Cycles:
    """Counts cycles and stores them as the real service does; fails as told."""

    def __init__(self, sessions):
        self.sessions = sessions
        self.region = SimpleNamespace(region_id=REGION)
        self.count = 0
        self.faults = []
        self.at_work = threading.Lock()
        self.overlapped = False

    def run(self):
        self.overlapped |= not self.at_work.acquire(blocking=False)
        try:
            return self._run()
        finally:
            self.at_work.release()

    def _run(self):
        self.count += 1
        if self.faults:
            raise self.faults.pop(0)
        with self.sessions() as session:
            heard_at = operation.last_success(session, operation.INGEST)
        at = wall_now()
        heard = {HEARD_AT: heard_text(heard_at)}
        row = run_row(f"run-{self.count}", at, parameters=heard)
        with self.sessions.begin() as session:
            runs.add(writing(session), row)
        return row


class Bench:
    """Gates over a real store with a clock of their own and counted cycles."""

    def __init__(self, sessions):
        self.sessions = sessions
        self.cycles = Cycles(sessions)
        self.seconds = 1000.0
        self.epoch = None
        self.gate = self.host("a")

    def host(self, name):
        clock = SimpleNamespace(epoch=lambda: self.epoch)
        return CycleGate(
            self.sessions, self.cycles, clock, TICK_S, name, seconds=lambda: self.seconds
        )

    def ingest(self):
        with self.sessions.begin() as session:
            operation.report(writing(session), operation.INGEST, wall_now(), ok=True)

    def after(self, seconds):
        self.seconds += seconds
        return self.gate.step()

    def state(self):
        with self.sessions() as session:
            return {row.source: row for row in operation.sources(session)}[WORKER]


@pytest.fixture
def bench(sessions):
    found = Bench(sessions)
    assert found.gate.step()
    return found


def test_a_new_reading_starts_a_cycle_at_once(bench):
    bench.ingest()
    assert bench.after(SOON_S)
    assert not bench.after(SOON_S)
    assert bench.cycles.count == 2


def test_readings_that_come_together_share_a_cycle(bench):
    bench.ingest()
    assert not bench.after(REST_S / 2)
    bench.ingest()
    assert bench.after(SOON_S)
    assert bench.cycles.count == 2


def test_another_replay_starts_a_cycle_at_once(bench):
    bench.epoch = wall_now()
    assert bench.after(SOON_S)
    assert not bench.after(SOON_S)


def test_without_anything_new_only_the_tick_starts_a_cycle(bench, monkeypatch):
    assert not bench.after(TICK_S - 1.0)
    later = wall_now() + timedelta(seconds=TICK_S)
    monkeypatch.setattr(cycle_gate, "wall_now", lambda: later)
    assert bench.after(1.0)
    assert bench.cycles.count == 2
    assert bench.state().message == "run-2"


def test_a_failed_cycle_is_reported_and_the_next_reading_is_computed(bench, caplog):
    bench.cycles.faults = [ValueError("kaputt")]
    bench.ingest()
    assert bench.after(SOON_S)
    failed = bench.state()
    assert failed.message == "ValueError: kaputt"
    assert failed.last_failure_at is not None
    assert "Der Zyklus ist fehlgeschlagen" in caplog.text
    assert not bench.after(SOON_S)
    bench.ingest()
    assert bench.after(SOON_S)
    assert bench.state().message == "run-3"
    assert bench.state().last_success_at > failed.last_success_at


def test_a_second_host_does_not_compute_what_the_first_has_stored(bench):
    other = bench.host("b")
    bench.ingest()
    assert bench.after(SOON_S)
    assert not other.step()
    bench.ingest()
    bench.seconds += SOON_S
    assert other.step()
    assert not bench.after(0.0)
    assert bench.cycles.count == 3


def test_a_host_that_holds_the_lease_keeps_the_others_out_until_its_time_is_over(bench):
    with bench.sessions.begin() as session:
        taken = leases.acquire(
            writing(session), "zyklus:test", "tot", wall_now(), timedelta(milliseconds=400)
        )
    assert taken
    bench.ingest()
    assert not bench.after(SOON_S)
    threading.Event().wait(0.45)
    assert bench.after(SOON_S)


def test_a_cycle_longer_than_its_lease_keeps_the_other_hosts_out(bench, monkeypatch):
    monkeypatch.setattr(cycle_gate, "LEASE_FOR", timedelta(seconds=1))
    run = bench.cycles.run
    seen = []

    def until():
        with bench.sessions() as session:
            return session.scalar(select(Lease.until_at))

    def slow():
        first, pause = until(), threading.Event()
        for _ in range(500):
            if until() > first:
                seen.append(first)
                break
            pause.wait(0.02)
        return run()

    monkeypatch.setattr(bench.cycles, "run", slow)
    bench.ingest()
    assert bench.after(SOON_S)
    assert seen
    assert until() is None


def test_two_hosts_at_once_compute_each_reading_once_and_never_side_by_side(bench):
    hosts = [bench.host("b"), bench.host("c")]
    for _ in range(10):
        bench.ingest()
        bench.seconds += SOON_S
        gate = threading.Barrier(2)

        def work(host, gate=gate):
            gate.wait()
            for _ in range(4):
                host.step()

        threads = [threading.Thread(target=work, args=(host,)) for host in hosts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with bench.sessions() as session:
        heard = [row["heard_at"] for row in session.scalars(select(Run.parameters))]
    assert not bench.cycles.overlapped
    assert len(heard) == len(set(heard)) == 11


def test_what_follows_a_cycle_runs_under_its_lease_and_only_after_success(bench):
    seen = []

    def follow():
        with bench.sessions.begin() as session:
            is_free = leases.acquire(
                writing(session), "zyklus:test", "ein-anderer", wall_now(), timedelta(seconds=1)
            )
        seen.append(is_free)

    bench.gate.after = follow
    bench.ingest()
    assert bench.after(SOON_S)
    assert seen == [False]
    bench.cycles.faults = [ValueError("kaputt")]
    bench.ingest()
    assert bench.after(SOON_S)
    assert seen == [False]


def test_a_fault_of_what_follows_is_reported_and_the_calculation_goes_on(bench, caplog):
    def follow():
        raise RuntimeError("voll")

    bench.gate.after = follow
    bench.ingest()
    assert bench.after(SOON_S)
    assert bench.state().message == "RuntimeError: voll"
    assert "Nach dem Zyklus" in caplog.text
    bench.ingest()
    assert bench.after(SOON_S)
    assert bench.cycles.count == 3
