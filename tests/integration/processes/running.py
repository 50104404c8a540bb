"""The whole product as its own processes, looked at from outside: pages, store, process table."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # comes with dash[diskcache], without types

ROOT = Path(__file__).resolve().parents[3]
WORDS = {"web": "gunicorn", "worker": "worker", "ingest": "ingest"}
"""A word in the command line of each process."""
STEP_S = 0.1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(look: Callable[[], Any], seconds: float, what: str) -> Any:
    """Look again and again until there is something to see."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(STEP_S)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


@dataclass(frozen=True)
class Product:
    """A started product in a folder of its own."""

    process: subprocess.Popen[bytes]
    port: int
    state_dir: Path
    environment: dict[str, str]

    @property
    def log(self) -> str:
        return (self.state_dir.parent / "product.log").read_text(encoding="utf-8")

    def verb(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a verb beside the running product, with the same settings."""
        return subprocess.run(
            [sys.executable, "cli.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def status(self, path: str) -> int:
        """Return the status of a page, 0 where nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5.0)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def tree(self) -> list[psutil.Process]:
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def child(self, name: str) -> psutil.Process | None:
        """Return the process of a name that the supervisor itself has started."""
        for found in psutil.Process(self.process.pid).children():
            try:
                if WORDS[name] in found.cmdline():
                    return found
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
        return None

    def listening(self) -> set[tuple[str, int]]:
        """Return all addresses that any process of the product listens on."""
        return {
            (connection.laddr.ip, connection.laddr.port)
            for process in self.tree()
            for connection in process.net_connections(kind="inet")
            if connection.status == psutil.CONN_LISTEN
        }

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read from the store; one that is being made has nothing."""
        is_live = "COCKPIT_WEBHOOK_TOKEN" in self.environment
        path = self.state_dir / ("cockpit.sqlite" if is_live else "simulation.sqlite")
        if not path.is_file():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
            try:
                return connection.execute(sql, values).fetchall()
            except sqlite3.OperationalError:
                return []

    def number(self, sql: str, *values: object) -> int:
        rows = self.query(sql, *values)
        return int(rows[0][0]) if rows else 0

    def observations(self) -> int:
        return self.number("select count(*) from observations")

    def runs(self) -> int:
        return self.number("select count(*) from runs where status = 'fertig'")

    def end(self, seconds: float, number: signal.Signals = signal.SIGINT) -> int:
        """Stop as Ctrl-C (or another signal) does and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)


@contextmanager
def product(folder: Path, **settings: str) -> Iterator[Product]:
    """Start `./cockpit` without its shell part and make sure that nothing is left afterwards."""
    port = free_port()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
        "COCKPIT_STATE_DIR": str(folder / "state"),
        "COCKPIT_PORT": str(port),
        "COCKPIT_OFFLINE": "1",
        "COCKPIT_FLOOD_MEMBERS": "200",
        "COCKPIT_SCENARIO_SPEED": "600",
        **settings,
    }
    with (folder / "product.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "cli.py"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    made = Product(process, port, folder / "state", environment)
    try:
        eventually(lambda: made.status("/") == 200, 120, "the first page")
        yield made
    except AssertionError as error:
        error.add_note(made.log[-3000:])
        raise
    finally:
        _clear(made)


def _clear(made: Product) -> None:
    if made.process.poll() is not None:
        return
    left = made.tree()
    made.end(20)
    for process in psutil.wait_procs(left, timeout=1)[1]:
        process.kill()
