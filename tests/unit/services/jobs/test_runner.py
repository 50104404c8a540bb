from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data import leases, operation
from data.engine import writing
from services.clock import ReplayClock
from services.jobs.errors import NotRolledUpError
from services.jobs.model import Job
from services.jobs.runner import RETRY_S, JobRunner

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Bench:
    """Two jobs that count their runs, and runners on several hosts with one wall clock."""

    def __init__(self, sessions):
        self.sessions = sessions
        self.now = NOW
        self.counts = {"eins": 0, "zwei": 0}
        self.faults = []
        self.clock = SimpleNamespace(epoch=lambda: self.epoch)
        self.epoch = None
        self.first, self.second = self.host("a"), self.host("b")

    def host(self, name):
        jobs = [Job(key, HOUR, lambda key=key: self.work(key)) for key in self.counts]
        return JobRunner(self.sessions, jobs, self.clock, name, wall=lambda: self.now)

    def work(self, key):
        self.counts[key] += 1
        if key == "eins" and self.faults:
            raise self.faults.pop(0)
        return f"{key} getan"

    def state(self, name):
        with self.sessions() as session:
            return {row.source: row for row in operation.sources(session)}[f"auftrag:{name}"]


@pytest.fixture
def bench(sessions):
    return Bench(sessions)


def test_a_job_runs_once_in_its_time_on_all_hosts_together(bench):
    assert bench.first.step() == ["eins", "zwei"]
    assert bench.second.step() == []
    bench.now += HOUR - timedelta(seconds=1)
    assert bench.second.step() == []
    bench.now += timedelta(seconds=1)
    assert bench.second.step() == ["eins", "zwei"]
    assert bench.first.step() == []
    assert bench.state("eins").message == "eins getan"


def test_a_job_that_fails_is_reported_and_does_not_stop_the_next(bench, caplog):
    bench.faults = [ValueError("kaputt")]
    assert bench.first.step() == ["eins", "zwei"]
    assert bench.state("eins").message == "ValueError: kaputt"
    assert bench.state("eins").last_failure_at == NOW
    assert bench.state("zwei").last_success_at == NOW
    assert "Auftrag eins ist fehlgeschlagen" in caplog.text
    assert bench.first.step() == []


def test_what_a_job_expects_to_go_wrong_is_a_sentence_and_logged_once(bench, caplog):
    bench.faults = [NotRolledUpError(2, ["x.parquet"]), NotRolledUpError(2, ["x.parquet"])]
    bench.first.step()
    bench.now += HOUR
    bench.first.step()
    assert bench.state("eins").last_failure_at == bench.now
    assert bench.state("eins").message.endswith("x.parquet. Bitte aus der Sicherung zurückholen.")
    assert caplog.text.count("x.parquet") == 1


def test_a_job_that_another_host_holds_is_left_to_it(bench):
    with bench.sessions.begin() as session:
        assert leases.acquire(writing(session), "auftrag:eins", "c", NOW, HOUR)
    assert bench.first.step() == ["zwei"]


def test_a_replay_that_begins_anew_makes_all_jobs_due(bench):
    bench.first.step()
    bench.now += timedelta(minutes=1)
    assert bench.first.step() == []
    bench.epoch = bench.now
    bench.now += timedelta(seconds=1)
    assert bench.first.step() == ["eins", "zwei"]


def test_in_a_time_lapse_the_time_between_two_runs_passes_as_fast(bench):
    runner = JobRunner(
        bench.sessions, bench.first.jobs, SpedUp(bench.sessions), "a", wall=lambda: bench.now
    )
    runner.step()
    bench.now += timedelta(seconds=59)
    assert runner.step() == []
    bench.now += timedelta(seconds=1)
    assert runner.step() == ["eins", "zwei"]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("select geheim", {}, Exception("weg")),
        InterfaceError("select geheim", {}, Exception("weg")),
        PoolTimeoutError("weg"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_database_that_does_not_answer_is_tried_again(bench, caplog, monkeypatch, error):
    faults = [error]
    real = operation.last_attempt

    def asked(*given):
        if faults:
            raise faults.pop()
        return real(*given)

    monkeypatch.setattr(operation, "last_attempt", asked)
    stop = Stop(2)
    bench.first.run_forever(stop)
    assert stop.waits[0] == RETRY_S
    assert "Datenbank antwortet nicht" in caplog.text
    assert "geheim" not in caplog.text
    assert bench.counts == {"eins": 1, "zwei": 1}


def test_a_job_whose_database_fails_is_run_again(bench):
    bench.faults = [OperationalError("select", {}, Exception("weg"))]
    bench.first.run_forever(Stop(2))
    assert bench.counts == {"eins": 2, "zwei": 1}


class SpedUp(ReplayClock):
    """A replay sixty times as fast, without a row in the store."""

    def __init__(self, sessions):
        super().__init__(sessions, {})

    def view(self):
        return SimpleNamespace(speed=60.0)

    def epoch(self):
        return None


class Stop:
    """Stands for the event: no waiting, and an end after a number of rounds."""

    def __init__(self, rounds):
        self.rounds = rounds
        self.waits = []

    def is_set(self):
        return len(self.waits) >= self.rounds

    def wait(self, seconds):
        self.waits.append(seconds)
        return self.is_set()
