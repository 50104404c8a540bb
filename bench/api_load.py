"""A client process for the bench `api`: threads with keep-alive, each answer read to its end.

Called as `python -m bench.api_load HOST PORT PATH SECONDS THREADS`; prints one JSON object.
"""

import itertools
import json
import sys
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

TIMEOUT_S = 30.0
MILLI = 1000.0
APART = 500_000
"""Threads begin at numbers of their own."""


@dataclass(slots=True)
class Counted:
    """What one thread saw."""

    times_ms: list[float] = field(default_factory=list)
    errors: int = 0
    bytes_read: int = 0


def load(host: str, port: int, path: str, seconds: float, threads: int) -> list[Counted]:
    """Ask for one address from several threads for a while."""
    counted = [Counted() for _ in range(threads)]
    until = time.perf_counter() + seconds
    workers = [
        threading.Thread(target=_ask, args=(host, port, path, until, mine)) for mine in counted
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counted


def _ask(host: str, port: int, path: str, until: float, mine: Counted) -> None:
    """Ask until the time is over; `{n}` in the path becomes a number of its own each time."""
    numbers = itertools.count(id(mine) % APART)
    connection = HTTPConnection(host, port, timeout=TIMEOUT_S)
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            connection.request(
                "GET",
                path.replace("{n}", f"{next(numbers):06d}"),
                headers={"Accept": "application/json"},
            )
            answer = connection.getresponse()
            mine.bytes_read += len(answer.read())
        except (OSError, HTTPException):
            mine.errors += 1
            connection.close()
            continue
        if answer.status != HTTPStatus.OK:
            mine.errors += 1
        mine.times_ms.append((time.perf_counter() - began) * MILLI)
    connection.close()


def main(arguments: list[str]) -> None:
    """Load and print what was seen."""
    host, port, path, seconds, threads = arguments
    counted = load(host, int(port), path, float(seconds), int(threads))
    seen = {
        "times_ms": [time for one in counted for time in one.times_ms],
        "errors": sum(one.errors for one in counted),
        "bytes_read": sum(one.bytes_read for one in counted),
    }
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1:])
