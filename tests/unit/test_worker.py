"""The worker: when a cycle runs, what a failure costs, and that old runs go."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import worker
from data import operation, runs
from data.engine import writing
from data.models import Run
from services.clock import wall_now
from services.ingestion.writer import SOURCE as INGEST
from worker import REST_S, SOURCE, Worker

TICK_S = 60.0
SOON_S = 2 * REST_S
KEEP_DAYS = 30


class Cycles:
    """Counts cycles, and fails as told."""

    def __init__(self):
        self.count = 0
        self.faults = []

    def run(self):
        self.count += 1
        if self.faults:
            raise self.faults.pop(0)
        return SimpleNamespace(run_id=f"run-{self.count}", as_of=wall_now())


class Learning:
    """Counts searches for travel times, and fails as told."""

    def __init__(self):
        self.searched = []
        self.faults = []

    def extract(self, now):
        self.searched.append(now)
        if self.faults:
            raise self.faults.pop(0)
        return SimpleNamespace(new=0)


class Roller:
    """Counts steps of the rollups, and fails as told."""

    def __init__(self):
        self.count = 0
        self.waiting = 0
        self.faults = []

    def step(self):
        self.count += 1
        if self.faults:
            raise self.faults.pop(0)
        self.waiting = max(self.waiting - 1, 0)
        return self.waiting


class Stop:
    """Stands for the event: no waiting, and an end after a number of rounds."""

    def __init__(self, rounds, passes=lambda: None):
        self.rounds = rounds
        self.passes = passes
        self.waits = []

    def is_set(self):
        return len(self.waits) >= self.rounds

    def wait(self, seconds):
        self.waits.append(seconds)
        self.passes()
        return self.is_set()


class Bench:
    """A worker over a real store, a clock of its own and counted cycles."""

    def __init__(self, sessions, monkeypatch):
        self.sessions = sessions
        self.cycles = Cycles()
        self.learning = Learning()
        self.roller = Roller()
        self.now = wall_now()
        self.seconds = 1000.0
        self.epoch = None
        settings = SimpleNamespace(cycle_seconds=TICK_S, keep_runs_days=KEEP_DAYS)
        wired = SimpleNamespace(
            sessions=sessions,
            cycles=self.cycles,
            learning=self.learning,
            roller=self.roller,
            clock=SimpleNamespace(epoch=lambda: self.epoch, now=lambda: self.now),
            settings=settings,
        )
        monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: self.seconds))
        self.worker = Worker(wired, Stop(1))

    def ingest(self, at):
        with self.sessions.begin() as session:
            operation.report(writing(session), INGEST, at, ok=True)

    def after(self, seconds):
        self.seconds += seconds
        return self.worker.step()

    def pass_time(self, seconds):
        self.seconds += seconds

    def state(self):
        with self.sessions() as session:
            return {row.source: row for row in operation.sources(session)}[SOURCE]


@pytest.fixture
def bench(sqlite_sessions, monkeypatch):
    found = Bench(sqlite_sessions, monkeypatch)
    assert found.worker.step()
    return found


def test_a_new_reading_starts_a_cycle_at_once(bench):
    bench.ingest(wall_now())
    assert bench.after(SOON_S)
    assert not bench.after(SOON_S)
    assert bench.cycles.count == 2


def test_readings_that_come_together_share_a_cycle(bench):
    bench.ingest(wall_now())
    assert not bench.after(REST_S / 2)
    bench.ingest(wall_now())
    assert bench.after(SOON_S)
    assert bench.cycles.count == 2


def test_another_replay_starts_a_cycle_at_once(bench):
    bench.epoch = wall_now()
    assert bench.after(SOON_S)
    assert not bench.after(SOON_S)


def test_without_anything_new_only_the_tick_starts_a_cycle(bench):
    assert not bench.after(TICK_S - 1.0)
    assert bench.after(1.0)
    assert bench.cycles.count == 2
    assert bench.state().message == "run-2"


def test_a_failed_cycle_is_reported_and_the_worker_goes_on(bench, caplog):
    bench.cycles.faults = [ValueError("kaputt")]
    assert bench.after(TICK_S)
    failed = bench.state()
    assert failed.message == "ValueError: kaputt"
    assert failed.last_failure_at is not None
    assert "Der Zyklus ist fehlgeschlagen" in caplog.text
    assert bench.after(TICK_S)
    assert bench.state().message == "run-3"
    assert bench.state().last_success_at > failed.last_success_at


def test_a_database_that_does_not_answer_is_tried_again(bench, caplog):
    bench.cycles.faults = [OperationalError("select", {}, Exception("weg"))]
    bench.seconds += TICK_S
    bench.worker.stop = Stop(2, lambda: bench.pass_time(TICK_S))
    bench.worker.run_forever()
    assert bench.worker.stop.waits == [worker.RETRY_S, worker.POLL_S]
    assert "Datenbank antwortet nicht" in caplog.text
    assert bench.cycles.count == 3


def store(sessions, run_id, age):
    at = wall_now() - age
    row = runs.RunRow(
        run_id=run_id,
        region_id="test",
        kind=runs.CYCLE,
        clock="live",
        status=runs.DONE,
        progress=1.0,
        as_of=at,
        started_at=at,
        finished_at=at,
        model_version="1",
        config_hash="x",
        origin="live",
        requested_by="",
        parameters={},
        faults=(),
        message="",
    )
    with sessions.begin() as session:
        runs.add(writing(session), row)


def kept(sessions):
    with sessions() as session:
        return set(session.scalars(select(Run.run_id)))


def test_old_runs_go_and_older_cycles_are_thinned_every_few_hours(bench, sqlite_sessions):
    store(sqlite_sessions, "too-old", timedelta(days=KEEP_DAYS, minutes=1))
    store(sqlite_sessions, "new", timedelta(hours=47))
    three_days = timedelta(days=3)
    for number in range(60):
        store(sqlite_sessions, f"minute-{number}", three_days + timedelta(minutes=number))
    before = kept(sqlite_sessions)
    assert bench.after(TICK_S)
    assert kept(sqlite_sessions) == before
    bench.worker._pruned_at = wall_now() - worker.PRUNE_EVERY
    assert bench.after(TICK_S)
    left = kept(sqlite_sessions)
    assert "too-old" not in left
    assert "new" in left
    assert 4 <= len(left) - 1 <= 5


def test_travel_times_are_searched_once_an_hour_and_anew_when_the_clock_goes_back(bench):
    bench.now += timedelta(minutes=59)
    assert bench.after(TICK_S)
    assert len(bench.learning.searched) == 1
    bench.now += timedelta(minutes=1)
    assert bench.after(TICK_S)
    bench.now -= timedelta(days=1)
    assert bench.after(TICK_S)
    assert len(bench.learning.searched) == 3


def test_a_failed_search_does_not_stop_the_cycles(bench, caplog):
    bench.learning.faults = [ValueError("kaputt")]
    bench.now += timedelta(hours=1)
    assert bench.after(TICK_S)
    assert bench.after(TICK_S)
    assert bench.cycles.count == 3
    assert "Die Suche nach Laufzeiten ist fehlgeschlagen" in caplog.text


def test_rollups_are_computed_while_no_cycle_is_due(bench):
    bench.roller.waiting = 5
    assert not bench.after(0.1)
    assert bench.roller.count == 5
    assert bench.roller.waiting == 0


def test_a_failing_rollup_does_not_stop_the_watch_and_is_tried_again_later(bench):
    bench.roller.faults = [ValueError("bug")]
    assert not bench.after(0.1)
    assert not bench.after(0.1)
    assert bench.roller.count == 1
    bench.ingest(wall_now())
    assert bench.after(SOON_S)
    bench.seconds += worker.ROLL_RETRY_S
    bench.worker._cycle_at = bench.seconds
    assert not bench.after(0.1)
    assert bench.roller.count == 2
