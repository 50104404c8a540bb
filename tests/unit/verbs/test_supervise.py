"""The process group: restarts what dies, gives up on what is broken, ends everything at the end."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from config import ROOT, Settings
from verbs import supervise
from verbs.supervise import Group, PortTakenError, commands, port_is_free, require_free_port
from verbs.web import web_command

DIES = "import sys; open(sys.argv[1], 'a').write('x'); sys.exit(3)"
STAYS = (
    "import os, signal, sys, time\n"
    "signal.signal(signal.SIGTERM, getattr(signal, sys.argv[2]))\n"
    "open(sys.argv[1], 'w').write(str(os.getpid()))\n"
    "time.sleep(60)"
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(supervise, "GRACE_S", 0.3)
    monkeypatch.setattr(supervise, "WATCH_S", 0.01)
    monkeypatch.setattr(supervise, "RESTART_AFTER_S", 0.0)


def dying(file: Path) -> list[str]:
    return [sys.executable, "-S", "-c", DIES, str(file)]


def staying(file: Path, on_term: str) -> list[str]:
    return [sys.executable, "-S", "-c", STAYS, str(file), on_term]


def content(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


def wait_until(look, seconds=20.0):
    until = time.monotonic() + seconds
    while not look() and time.monotonic() < until:
        time.sleep(0.01)
    assert look()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def is_running(pid: int) -> bool:
    """Tell whether a process runs; one that ended and was not collected yet does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def background():
    """Run a group in a thread, and end it whatever the test does."""
    made = []

    def run(group: Group):
        result: list[int] = []
        thread = threading.Thread(target=lambda: result.append(group.run()))
        thread.start()
        made.append((group, thread))
        return thread, result

    yield run
    for group, thread in made:
        group.stop.set()
        thread.join(20)


def test_without_its_pages_everything_stops(tmp_path, caplog):
    group = Group(
        {
            "web": dying(tmp_path / "ends"),
            "worker": staying(tmp_path / "pid", "SIG_DFL"),
        }
    )
    assert group.run() == 1
    assert content(tmp_path / "ends") == "x" * (supervise.MAX_RESTARTS + 1)
    assert "Der Prozess web endet immer wieder (zuletzt mit 3)" in caplog.text
    assert group._running["worker"].poll() is not None


def test_the_others_go_on_without_a_process_that_dies_again_and_again(tmp_path, background, caplog):
    group = Group(
        {
            "web": staying(tmp_path / "web", "SIG_DFL"),
            "worker": dying(tmp_path / "ends"),
            "ingest": staying(tmp_path / "ingest", "SIG_DFL"),
        }
    )
    thread, result = background(group)
    wait_until(lambda: "Der Prozess worker endet immer wieder" in caplog.text)
    old = content(tmp_path / "ingest")
    os.kill(int(old), signal.SIGKILL)
    wait_until(lambda: content(tmp_path / "ingest") not in {"", old})
    assert is_alive(int(content(tmp_path / "web")))
    assert content(tmp_path / "ends") == "x" * (supervise.MAX_RESTARTS + 1)
    group.stop.set()
    thread.join(20)
    assert result == [0]


def test_when_all_are_given_up_it_ends_with_an_error(tmp_path):
    group = Group({"worker": dying(tmp_path / "a"), "ingest": dying(tmp_path / "b")})
    assert group.run() == 1


SUPERVISOR = (
    "import sys\n"
    "from verbs.supervise import Group\n"
    "Group({'web': [sys.executable, '-S', '-c', *sys.argv[1:]]}).run()"
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties children to their parent")
def test_a_supervisor_that_is_killed_by_force_takes_its_processes_along(tmp_path):
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, STAYS, str(tmp_path / "pid"), "SIG_DFL"], cwd=ROOT
    )
    try:
        wait_until(lambda: content(tmp_path / "pid"))
        child = int(content(tmp_path / "pid"))
        assert is_alive(child)
    finally:
        supervisor.kill()
        supervisor.wait()
    wait_until(lambda: not is_running(child))


def test_a_process_that_ran_for_long_is_restarted_without_limit(tmp_path, monkeypatch, background):
    monkeypatch.setattr(supervise, "STEADY_S", 0.0)
    group = Group({"manchmal": dying(tmp_path / "ends")})
    thread, result = background(group)
    wait_until(lambda: len(content(tmp_path / "ends")) > supervise.MAX_RESTARTS + 2)
    group.stop.set()
    thread.join(20)
    assert result == [0]


def test_a_killed_process_comes_back_and_its_end_is_logged(tmp_path, background, caplog):
    group = Group({"worker": staying(tmp_path / "pid", "SIG_DFL")})
    background(group)
    wait_until(lambda: content(tmp_path / "pid"))
    old = content(tmp_path / "pid")
    os.kill(int(old), signal.SIGKILL)
    wait_until(lambda: content(tmp_path / "pid") not in {"", old})
    assert "Der Prozess worker ist mit -9 beendet; Neustart." in caplog.text


@pytest.mark.parametrize(("on_term", "code"), [("SIG_DFL", -15), ("SIG_IGN", -9)])
def test_stopping_ends_processes_even_if_they_do_not_listen(tmp_path, background, on_term, code):
    group = Group({"worker": staying(tmp_path / "pid", on_term)})
    thread, result = background(group)
    wait_until(lambda: content(tmp_path / "pid"))
    group.stop.set()
    thread.join(20)
    assert result == [0]
    assert group._running["worker"].returncode == code
    assert not is_alive(int(content(tmp_path / "pid")))


def test_a_port_is_free_until_somebody_listens():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
    assert port_is_free("127.0.0.1", port)


def test_a_taken_port_is_refused_with_what_to_do():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(PortTakenError) as caught:
            require_free_port("127.0.0.1", port)
    assert caught.value.user_message == (
        f"Port {port} auf 127.0.0.1 ist schon belegt: Läuft das Cockpit bereits? Sonst mit "
        f"COCKPIT_PORT={port + 1} ./cockpit einen anderen Port wählen."
    )
    require_free_port("127.0.0.1", port)


def test_web_listens_only_on_the_address_of_the_settings(tmp_path):
    settings = Settings(state_dir=tmp_path, port=18999, web_workers=3, web_threads=5)
    web = web_command(settings)
    assert web[web.index("--bind") + 1] == "127.0.0.1:18999"
    assert web[web.index("--workers") + 1] == "3"
    assert web[web.index("--threads") + 1] == "5"
    assert "--no-control-socket" in web


def test_with_a_broker_the_jobs_and_their_clock_are_processes_of_the_group(tmp_path):
    alone = commands(Settings(state_dir=tmp_path))
    queued = commands(Settings(state_dir=tmp_path, broker_url=SecretStr("redis://127.0.0.1/9")))
    assert list(alone) == ["web", "worker", "ingest"]
    assert list(queued) == ["web", "worker", "ingest", "jobs", "beat"]
