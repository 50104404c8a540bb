"""Who works with the state folder of this host: a lock that the kernel releases with the process.

Every process of the cockpit holds it shared for its whole life. A verb that takes the store away
holds it alone: it is refused while a process runs, and a process while the verb works.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.errors import CockpitError

LOCK = "in-use.lock"
"""File in the state folder. Its lines say who has taken the lock, for the sentence of a refusal."""
MOST_BYTES = 10_000
"""Beyond this the lines are begun anew: they are for reading only (estimate)."""


class StillRunningError(CockpitError):
    """The store of a running product can't be taken away."""


class StoreTakenError(CockpitError):
    """A verb works on the store alone: no process may start beside it."""

    user_message = (
        "Gerade wird die Datenbank zurückgespielt, umgezogen oder geleert (./cockpit db restore, "
        "db move oder live). Bitte warten, bis das Verb fertig ist, und dann neu starten."
    )


def hold(folder: Path, name: str) -> int:
    """Take the lock as one process of many, until it ends; returns the open file.

    The file passes on to what this process becomes (exec) and forks.

    Raises
    ------
    StoreTakenError
        When a verb has the store for itself.
    """
    number = _open(folder)
    try:
        fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(number)
        raise StoreTakenError(str(folder)) from error
    os.set_inheritable(number, True)  # noqa: FBT003  # the argument has no name
    if os.fstat(number).st_size > MOST_BYTES:
        os.ftruncate(number, 0)
    os.write(number, f"{name} {os.getpid()} {socket.gethostname()}\n".encode())
    return number


@contextmanager
def alone(folder: Path, verb: str) -> Iterator[None]:
    """Hold the lock alone while the block runs.

    Raises
    ------
    StillRunningError
        When a process of the cockpit runs; the sentence names those that are known.
    """
    number = _open(folder)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        names = running(folder)
        os.close(number)
        named = f" ({', '.join(names)})" if names else ""
        raise StillRunningError(
            user_message=(
                f"Im Ordner {folder} arbeitet noch ein Cockpit{named}. Bitte alle Prozesse "
                f"beenden, dann {verb} wiederholen."
            )
        ) from error
    try:
        os.ftruncate(number, 0)
        yield
    finally:
        os.close(number)


def running(folder: Path) -> list[str]:
    """Return the processes that took the lock and may still run, each with number or host."""
    lines = (folder / LOCK).read_text(encoding="utf-8", errors="replace").splitlines()
    parts = [line.split(" ") for line in lines]
    here = socket.gethostname()
    return [
        f"{name}, Prozess {pid}" if host == here else f"{name} auf {host}"
        for name, pid, host in (item for item in parts if len(item) == 3)  # noqa: PLR2004  # name, number, host
        if host != here or _lives(pid)
    ]


def _open(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)


def _lives(pid: str) -> bool:
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
