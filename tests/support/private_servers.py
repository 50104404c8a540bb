"""Servers that a test starts for itself: own folder, own port, ended by process id."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.requirements import absent

PATIENCE_S = 30.0
POSTGRES_BINARIES = (Path("/usr/lib/postgresql"), Path("/usr/local/pgsql"))
NOBODY_SERVES_AS_ROOT = "postgres"
"""PostgreSQL refuses to run as root: then the account of Debian's package has the folder."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0):
            return True
    except OSError:
        return False


@dataclass
class PrivateServer:
    """One server process that can be killed and started again on the same folder and port."""

    name: str
    command: Sequence[str]
    port: int
    folder: Path
    is_ready: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        log = (self.folder / f"{self.name}.log").open("ab")
        self.process = subprocess.Popen(self.command, stdout=log, stderr=log, cwd=self.folder)
        log.close()
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if self.process.poll() is None and self.is_ready():
                return
            time.sleep(0.05)
        raise AssertionError(f"{self.name} did not start: {self.log()[-2000:]}")

    def kill(self) -> None:
        """End it as `kill -9` does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE_S)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self) -> str:
        path = self.folder / f"{self.name}.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def redis_server(folder: Path) -> PrivateServer:
    """Return a Redis that keeps every write on disk."""
    binary = _binary("redis-server")
    port = free_port()
    command = [
        binary, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder),
        "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--daemonize", "no",
    ]  # fmt: skip
    return PrivateServer("redis", command, port, folder, lambda: answers(port))


def mosquitto(folder: Path, *lines: str, tls: bool = False) -> PrivateServer:
    """Return a Mosquitto that keeps its queue on disk; `lines` are added to its configuration."""
    binary = _binary("mosquitto", "/usr/sbin/mosquitto")
    port = free_port()
    config = folder / "mosquitto.conf"
    base = [
        f"listener {port} 127.0.0.1",
        "persistence true",
        f"persistence_location {folder}/",
        "autosave_interval 1",
        "autosave_on_changes false",
        "max_queued_messages 0",
        *([] if tls else ["allow_anonymous true"]),
        *lines,
    ]
    if os.geteuid() == 0:
        base.append("user root")
    config.write_text("\n".join(base) + "\n", encoding="utf-8")
    return PrivateServer(
        "mosquitto", [binary, "-c", str(config)], port, folder, lambda: answers(port)
    )


def postgres(folder: Path) -> PrivateServer:
    """Return a PostgreSQL cluster of its own with the database `postgres`, trusting loopback."""
    initdb, server = _postgres_binary("initdb"), _postgres_binary("postgres")
    data = folder / "data"
    prefix = _unprivileged(folder)
    subprocess.run(
        [*prefix, initdb, "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    port = free_port()
    command = [
        *prefix, server, "-D", str(data), "-p", str(port), "-k", str(folder),
        "-c", "listen_addresses=127.0.0.1",
    ]  # fmt: skip
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    return PrivateServer("postgres", command, port, folder, lambda: _postgres_answers(url))


def _postgres_answers(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def _unprivileged(folder: Path) -> list[str]:
    """Return what a command begins with so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        absent("setpriv is needed to start PostgreSQL as another user than root")
    shutil.chown(folder, NOBODY_SERVES_AS_ROOT, NOBODY_SERVES_AS_ROOT)
    for parent in folder.parents:
        if parent == Path(parent.anchor):
            break
        if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    name = NOBODY_SERVES_AS_ROOT
    return ["setpriv", f"--reuid={name}", f"--regid={name}", "--clear-groups", "--"]


def _postgres_binary(name: str) -> str:
    for base in POSTGRES_BINARIES:
        found = sorted(base.glob(f"*/bin/{name}"))
        if found:
            return str(found[-1])
    return _binary(name)


def _binary(name: str, *places: str) -> str:
    for place in (shutil.which(name), *places):
        if place and Path(place).exists():
            return place
    return absent(f"{name} is not installed on this machine ({sys.platform})")
