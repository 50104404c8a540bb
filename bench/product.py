"""The whole product in a private folder on a free port, for benches that look from outside."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from config import ROOT

START_TIMEOUT_S = 120.0
POLL_S = 0.05
STOP_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Product:
    """A running product: its port, its folder and how long its first page took."""

    port: int
    state_dir: str
    first_page_s: float

    @property
    def url(self) -> str:
        """Return the address of the overview."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_product(**settings: str) -> Iterator[Product]:
    """Start `./cockpit` with `settings`, wait for its first page, and stop it as Ctrl-C does."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
            "COCKPIT_STATE_DIR": folder,
            "COCKPIT_PORT": str(port),
            "COCKPIT_OFFLINE": "1",
            "COCKPIT_LOG_LEVEL": "WARNING",
            **settings,
        }
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(ROOT / "cockpit")], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait_for_page(port, process)
            yield Product(port, folder, time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_TIMEOUT_S)


def wait_for_page(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the overview answers.

    Raises
    ------
    TimeoutError
        When it does not within two minutes, or the product has ended.
    """
    until = time.perf_counter() + START_TIMEOUT_S
    while time.perf_counter() < until and process.poll() is None:
        if answers(port, "/"):
            return
        time.sleep(POLL_S)
    raise TimeoutError("the product did not serve its first page")


def answers(port: int, path: str) -> bool:
    """Tell whether a page is served."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5.0)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
