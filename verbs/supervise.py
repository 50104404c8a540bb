"""Starts web, worker and ingest as one process group and ends all of them together."""

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException

from config import ROOT, Settings
from services.errors import CockpitError
from verbs.parent_death import end_with_parent

LOG = logging.getLogger("cockpit")
GRACE_S = 8.0
"""How long a process has to end by itself before it is killed (estimate)."""
WATCH_S = 0.3
ASK_S = 3.0
ANSWER_BYTES = 4096
RESTART_AFTER_S = 1.0
MAX_RESTARTS = 5
"""A process that ends so often in a row is broken and no longer restarted (estimate)."""
ESSENTIAL = "web"
"""Without it nobody sees anything: when it is given up, everything ends with exit code 1."""
STEADY_S = 600.0
"""A process that has run for so long is in order: its earlier ends no longer count (estimate)."""


class PortTakenError(CockpitError):
    """Another program listens on the port."""


class AddressError(CockpitError):
    """The configured address is none of this machine."""


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise AddressError(
                    str(error),
                    user_message=(
                        f"Auf der Adresse {host}:{port} kann dieser Rechner nicht lauschen "
                        f"({error.strerror}). Bitte COCKPIT_HOST prüfen."
                    ),
                ) from error
            return False
    return True


def require_cockpit(host: str, port: int) -> None:
    """Refuse to speak to another program that has the port.

    Raises
    ------
    PortTakenError
        When what listens there is no cockpit.
    """
    connection = HTTPConnection(host, port, timeout=ASK_S)
    try:
        connection.request("GET", "/healthz/live")
        is_ours = b'"build"' in connection.getresponse().read(ANSWER_BYTES)
    except (OSError, HTTPException):
        is_ours = False
    finally:
        connection.close()
    if not is_ours:
        raise PortTakenError(
            f"{host}:{port}",
            user_message=(
                f"Auf {host}:{port} läuft ein anderes Programm, kein Cockpit. Mit "
                f"COCKPIT_PORT={port + 1} lässt sich ein freier Port wählen."
            ),
        )


def require_free_port(host: str, port: int) -> None:
    """Refuse to start beside another program.

    Raises
    ------
    PortTakenError
        With the sentence that says what to do.
    """
    if not port_is_free(host, port):
        raise PortTakenError(
            f"{host}:{port}",
            user_message=(
                f"Port {port} auf {host} ist schon belegt: Läuft das Cockpit bereits? Sonst mit "
                f"COCKPIT_PORT={port + 1} ./cockpit einen anderen Port wählen."
            ),
        )


def commands(settings: Settings) -> dict[str, list[str]]:
    """Return the command of each process by name."""
    names = ["web", "worker", "ingest"]
    if settings.broker_url.get_secret_value():
        names += ["jobs", "beat"]
    return {name: [sys.executable, str(ROOT / "cli.py"), name] for name in names}


@dataclass(slots=True)
class Group:
    """The running processes; a session of their own each, so that Ctrl-C is ours to pass on.

    A process that ends again and again is given up; the others go on.
    """

    commands: dict[str, list[str]]
    stop: threading.Event = field(default_factory=threading.Event)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False)
    _restarts: dict[str, int] = field(default_factory=dict, init=False)
    _began_at: dict[str, float] = field(default_factory=dict, init=False)
    _given_up: set[str] = field(default_factory=set, init=False)

    def run(self) -> int:
        """Start all, watch them until told to stop, end all; returns the exit code."""
        for name in self.commands:
            self._start(name)
        try:
            while not self.stop.wait(WATCH_S):
                self._revive()
                if ESSENTIAL in self._given_up or len(self._given_up) == len(self.commands):
                    LOG.error("Das Cockpit wird angehalten.")
                    return 1
        finally:
            self.end()
        return 0

    def end(self) -> None:
        """End all processes: politely, then by force."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + GRACE_S
        for process in self._running.values():
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                _kill(process)

    def _start(self, name: str) -> None:
        self._began_at[name] = time.monotonic()
        self._running[name] = _spawn(self.commands[name])

    def _revive(self) -> None:
        for name, process in list(self._running.items()):
            if name in self._given_up or process.poll() is None:
                continue
            is_steady = time.monotonic() - self._began_at[name] > STEADY_S
            count = 1 if is_steady else self._restarts.get(name, 0) + 1
            self._restarts[name] = count
            if count > MAX_RESTARTS:
                self._given_up.add(name)
                LOG.error(
                    "Der Prozess %s endet immer wieder (zuletzt mit %s) und wird nicht mehr neu "
                    "gestartet; bitte die Meldungen davor lesen und das Cockpit neu starten.",
                    name,
                    process.returncode,
                )
                continue
            LOG.error("Der Prozess %s ist mit %s beendet; Neustart.", name, process.returncode)
            self.stop.wait(RESTART_AFTER_S)
            self._start(name)


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own fixed commands
        list(command),
        cwd=ROOT,
        start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=partial(end_with_parent, os.getpid()),  # noqa: PLW1509  # one system call, nothing that a thread could hold
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
