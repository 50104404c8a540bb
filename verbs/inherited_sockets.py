"""A background job, forked from a web worker, must not keep the connections of browsers open.

A connection that the worker closes stays open as long as a child has a copy of it: the browser
sends its next request into it and waits until the job ends, also with its wish to cancel the job.
"""

import contextlib
import os
import socket
import stat
from collections.abc import Collection
from functools import partial
from pathlib import Path

OPEN_FILES = (Path("/proc/self/fd"), Path("/dev/fd"))
"""Where Linux and macOS list what a process has open."""


def let_go_in_children(ports: Collection[int]) -> None:
    """Let each process that is forked from now on give up the server's side of these ports."""
    os.register_at_fork(after_in_child=partial(let_go, frozenset(ports)))


def let_go(ports: Collection[int]) -> None:
    """Replace sockets whose own port is one of these by the null device.

    The number stays taken: who still holds it can't close by mistake what came to be there.
    """
    null = os.open(os.devnull, os.O_RDWR)
    folder = next((path for path in OPEN_FILES if path.is_dir()), None)
    for number in [int(path.name) for path in folder.iterdir()] if folder else []:
        with contextlib.suppress(OSError):  # the listing itself is closed by now
            if _port(number) in ports:
                os.dup2(null, number, inheritable=False)
    os.close(null)


def _port(number: int) -> int | None:
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        return None
    with socket.socket(fileno=os.dup(number)) as copy:
        is_internet = copy.family in (socket.AF_INET, socket.AF_INET6)
        return int(copy.getsockname()[1]) if is_internet else None
