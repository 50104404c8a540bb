"""The part of the supervisor that starts and ends drills, without the processes of a drill."""

import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest

from data import drills, operation
from services.drills.booth import LEADER
from tests.integration.processes.running import eventually, free_port
from verbs import drill_keeper
from verbs.drill_keeper import DrillKeeper

AT = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)


@pytest.fixture
def keeper(sqlite_sessions, tmp_path):
    return DrillKeeper("myk", sqlite_sessions, tmp_path / "drill.log")


@pytest.fixture
def stand_in(monkeypatch):
    """Let another program stand for the verb."""

    def use(code):
        spawn = subprocess.Popen

        def popen(_command, **given):
            return spawn([sys.executable, "-c", code], **given)

        monkeypatch.setattr(drill_keeper.subprocess, "Popen", popen)

    return use


def ask(keeper, port=1):
    values = {
        "region_id": "myk", "title": "Juli 2021", "event": {"arguments": ["2021-07"]},
        "speed": 20.0, "port": port, "status": drills.ASKED, "asked_by": "Dienst", "asked_at": AT,
    }  # fmt: skip
    with keeper.sessions.begin() as session:
        return drills.ask(session, values)


def newest(keeper):
    with keeper.sessions() as session:
        return drills.newest(session, "myk")[0]


def said_something(keeper):
    with keeper.sessions() as session:
        return operation.last_success(session, LEADER) is not None


def stepped_to(keeper, status):
    def look():
        keeper.step()
        return newest(keeper).status == status

    eventually(look, 20, status)


LISTENING = """
import socket, sys, time
server = socket.create_server(("127.0.0.1", {port}))
time.sleep(60)
"""


def test_a_drill_runs_once_its_port_answers_and_ends_when_asked(keeper, stand_in):
    port = free_port()
    stand_in(LISTENING.format(port=port))
    number = ask(keeper, port)
    stepped_to(keeper, drills.RUNNING)
    with keeper.sessions.begin() as session:
        drills.turn(session, number, drills.ENDING)
    stepped_to(keeper, drills.ENDED)
    assert newest(keeper).ended_at is not None
    assert drill_keeper.port_is_free("127.0.0.1", port)


def test_the_sentence_of_a_refusal_is_kept(keeper, stand_in):
    stand_in("import sys; print('Port 8051 ist schon belegt.', file=sys.stderr); sys.exit(1)")
    ask(keeper)
    stepped_to(keeper, drills.FAILED)
    assert newest(keeper).message == "Port 8051 ist schon belegt."


def test_a_drill_that_was_killed_says_so(keeper, stand_in):
    stand_in("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    ask(keeper)
    stepped_to(keeper, drills.FAILED)
    assert newest(keeper).message == "Abgebrochen (Signal 9)."


def test_what_an_earlier_supervisor_left_is_not_started(keeper, stand_in):
    stand_in("import time; time.sleep(60)")
    ask(keeper)
    stop = threading.Event()
    thread = threading.Thread(target=keeper.run, args=(stop,))
    thread.start()
    eventually(lambda: newest(keeper).status == drills.ENDED, 20, "its end in words")
    stop.set()
    thread.join(20)
    assert said_something(keeper)


def test_the_drill_ends_with_its_supervisor(keeper, stand_in):
    port = free_port()
    stand_in(LISTENING.format(port=port))
    stop = threading.Event()
    thread = threading.Thread(target=keeper.run, args=(stop,))
    thread.start()
    eventually(lambda: said_something(keeper), 20, "the keeper at work")
    ask(keeper, port)
    eventually(lambda: newest(keeper).status == drills.RUNNING, 20, "the drill")
    stop.set()
    thread.join(30)
    assert newest(keeper).status == drills.ENDED
    assert drill_keeper.port_is_free("127.0.0.1", port)
