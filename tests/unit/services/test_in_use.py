"""A verb that takes the store away and the processes of a cockpit keep each other out."""

import os
import subprocess
import sys
import time

import pytest

from config import ROOT
from services.in_use import LOCK, StillRunningError, StoreTakenError, alone, hold

PATIENCE_S = 30.0
HOLDING = (
    "import os, sys; from pathlib import Path; from services.in_use import hold;"
    "hold(Path(sys.argv[1]), sys.argv[2]); print('held', flush=True);"
)
WAITING = "sys.stdin.read()"
BECOMING = (
    "os.execv(sys.executable, [sys.executable, '-c', "
    "'import sys; print(\"become\", flush=True); sys.stdin.read()'])"
)


@pytest.fixture
def start(tmp_path):
    """Start a real process that holds the lock until its input ends."""
    started = []

    def run(name, then=WAITING):
        process = subprocess.Popen(  # our own program
            [sys.executable, "-c", HOLDING + then, str(tmp_path), name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def take(folder):
    with alone(folder, "./cockpit db move"):
        return True


def test_processes_share_the_lock_and_a_verb_is_refused_with_their_names(start, tmp_path):
    worker, ingest = start("worker"), start("ingest")
    with pytest.raises(StillRunningError) as refused:
        take(tmp_path)
    words = refused.value.user_message
    assert f"worker, Prozess {worker.pid}" in words
    assert f"ingest, Prozess {ingest.pid}" in words
    assert "./cockpit db move wiederholen" in words
    worker.kill()
    worker.wait()
    with pytest.raises(StillRunningError) as refused:
        take(tmp_path)
    assert f"Prozess {worker.pid}" not in refused.value.user_message
    ingest.stdin.close()
    ingest.wait(PATIENCE_S)
    assert take(tmp_path)


def test_the_lock_passes_on_to_what_a_process_becomes(start, tmp_path):
    web = start("web", BECOMING)
    assert web.stdout.readline() == b"become\n"
    with pytest.raises(StillRunningError, match=f"web, Prozess {web.pid}"):
        take(tmp_path)


def test_the_lock_outlives_a_process_whose_child_goes_on(start, tmp_path):
    forking = "child = os.fork(); sys.stdin.read() if not child else os._exit(0)"
    parent = start("web", forking)
    parent.wait(PATIENCE_S)
    with pytest.raises(StillRunningError):
        take(tmp_path)
    parent.stdin.close()
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            assert take(tmp_path)
        except StillRunningError:
            time.sleep(0.02)
        else:
            return
    pytest.fail("the lock was never released")


def test_no_process_starts_while_a_verb_works(tmp_path):
    with alone(tmp_path, "./cockpit db move"), pytest.raises(StoreTakenError):
        hold(tmp_path, "worker")
    os.close(hold(tmp_path, "worker"))


def test_the_list_of_names_stays_short_and_rubbish_in_it_does_no_harm(start, tmp_path):
    (tmp_path / LOCK).write_bytes(b"\xff kaputt\nein Wort\nx y z w\n" * 2000)
    start("worker")
    with pytest.raises(StillRunningError, match=r"noch ein Cockpit \(worker, Prozess \d+\)\."):
        take(tmp_path)
    assert (tmp_path / LOCK).stat().st_size < 200
