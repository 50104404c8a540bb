"""The watch of the worker: it goes on when the database does not answer."""

import threading
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import InterfaceError, OperationalError

import worker
from config import Settings

SQLITE = SimpleNamespace(name="sqlite")


class Gate:
    """Counts steps, and fails as told."""

    def __init__(self, faults):
        self.faults = faults
        self.count = 0

    def step(self):
        self.count += 1
        if self.faults:
            raise self.faults.pop(0)
        return True


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


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_tried_again(caplog, kind):
    gate = Gate([kind("select", {}, Exception("weg"))])
    stop = Stop(2)
    worker.watch(gate, stop)
    assert stop.waits == [worker.RETRY_S, worker.POLL_S]
    assert "Datenbank antwortet nicht" in caplog.text
    assert gate.count == 2


def test_the_first_cycle_waits_for_the_kernels_unless_the_worker_shall_stop():
    compiled, stop = threading.Event(), threading.Event()
    kernels = threading.Thread(target=compiled.wait, args=(10.0,), daemon=True)
    kernels.start()
    waiting = threading.Thread(target=worker.wait_for, args=(kernels, stop), daemon=True)
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    compiled.set()
    waiting.join(10.0)
    assert not waiting.is_alive()
    stop.set()
    endless = threading.Thread(target=threading.Event().wait, args=(10.0,), daemon=True)
    endless.start()
    worker.wait_for(endless, stop)
    assert endless.is_alive()


def test_a_worker_whose_jobs_have_died_ends_with_an_error(monkeypatch, caplog, tmp_path):
    def die(_stop):
        raise ZeroDivisionError

    engine = SimpleNamespace(dispose=lambda: None, dialect=SQLITE)
    wired = SimpleNamespace(engine=engine, polls_sources=False)
    monkeypatch.setattr(worker, "Settings", lambda: Settings(offline=True, state_dir=tmp_path))
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "set_up_logging", lambda *_: None)
    monkeypatch.setattr(worker, "warm_kernels", lambda: None)
    monkeypatch.setattr(worker, "wire", lambda _settings: wired)
    monkeypatch.setattr(worker, "make_jobs", lambda *_: SimpleNamespace(run_forever=die))
    monkeypatch.setattr(worker, "make_sender", lambda _wired: None)
    monkeypatch.setattr(worker, "make_gate", lambda _wired: Gate([]))
    monkeypatch.setattr(worker, "make_sender", lambda _wired: None)
    with pytest.raises(SystemExit) as ended:
        worker.main()
    assert ended.value.code == 1
    assert "Der Strang jobs" in caplog.text
