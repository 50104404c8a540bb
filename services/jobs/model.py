"""What a job is: work that recurs, one process of all hosts at a time."""

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

STATE = "auftrag:"
"""Beginning of the name under which a job's last success and failure are kept."""


@dataclass(frozen=True, slots=True)
class Job:
    """Recurring work. `run` returns a German line for the log and the screen, empty for nothing.

    `every` is meant on the clock that counts: in a replay it passes as fast as the event. `ttl` is
    how long the job stays with a process that died in it; it is renewed while the job runs.
    """

    name: str
    every: timedelta
    run: Callable[[], str]
    ttl: timedelta = timedelta(minutes=10)

    @property
    def source(self) -> str:
        """Return the name of its state among the sources."""
        return f"{STATE}{self.name}"


def holder_name() -> str:
    """Return a name for this process that no other process of any host has."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
