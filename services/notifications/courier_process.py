"""Our end of a courier: one task at a time, with a hard time-out that ends the process."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from services.notifications.channels import url_of
from services.notifications.model import READY, Channel, Form, Outcome, Result, Text

ROOT = Path(__file__).resolve().parents[2]
START_S = 30.0
"""How long a courier may take to load on a busy machine (estimate; it takes one second)."""
SPARE_S = 2.0
"""The library's own time-out comes first, and tells more."""
ANSWER_MOST = 300
"""What is kept of a provider's answer."""
HIDDEN = "…"
CHUNK = 65_536


@dataclass(slots=True)
class CourierProcess:
    """A process that delivers; it is started when needed, and again after it was killed."""

    channel: Channel
    module: str = "services.notifications.courier"
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _rest: bytes = field(default=b"", init=False)
    _is_ready: bool = field(default=False, init=False)

    def start(self) -> None:
        """Start the process where none runs; it loads meanwhile."""
        if self._process is not None and self._process.poll() is None:
            return
        self._rest, self._is_ready = b"", False
        self._process = subprocess.Popen(  # noqa: S603  # our own module, nothing from outside
            [sys.executable, "-m", self.module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(os.environ),
        )

    def deliver(self, address: str, text: Text) -> Result:
        """Hand a message over; whoever does not answer in time is ended, and unknown."""
        self.start()
        if not self._is_ready:
            if self._line(time.monotonic() + START_S) != READY:
                self.stop()
                return Result(Outcome.TEMPORARY, "der Zusteller startet nicht")
            self._is_ready = True
        is_short = self.channel.form is Form.SHORT
        task = {
            "url": url_of(self.channel, address),
            "title": "" if is_short else text.subject,
            "body": text.short if is_short else text.body,
            "timeout_s": self.channel.timeout_s,
        }
        if not self._ask(json.dumps(task)):
            self.stop()
            return Result(Outcome.TEMPORARY, "der Zusteller ist ausgefallen")
        line = self._line(time.monotonic() + self.channel.timeout_s + SPARE_S)
        if not line:
            self.stop()
            words = f"keine Antwort nach {self.channel.timeout_s:.0f} Sekunden"
            return Result(Outcome.TIMEOUT, words)
        found = json.loads(line)
        answer = _clean(found["answer"], address, self.channel)
        return Result(Outcome(found["outcome"]), answer, found["retry_after_s"])

    def stop(self) -> None:
        """End the process at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _ask(self, task: str) -> bool:
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            process.stdin.write(f"{task}\n".encode())
            process.stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def _line(self, until: float) -> str:
        """Return the next line, "" when it does not come in time or the process has ended."""
        process = self._process
        if process is None or process.stdout is None:
            return ""
        number = process.stdout.fileno()
        while b"\n" not in self._rest:
            left_s = until - time.monotonic()
            if left_s <= 0 or not select.select([number], [], [], left_s)[0]:
                return ""
            found = os.read(number, CHUNK)
            if not found:
                return ""
            self._rest += found
        line, _newline, self._rest = self._rest.partition(b"\n")
        return line.decode("utf-8", "replace")


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a courier: it needs none of our settings."""
    return {key: value for key, value in own.items() if not key.startswith("COCKPIT_")}


def _clean(answer: str, address: str, channel: Channel) -> str:
    """Return an answer on one line without the address and without parts of the channel's URL."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in answer).split())
    for hidden in (address, address.lstrip("+"), *_secrets(channel.url)):
        if hidden:
            line = line.replace(hidden, HIDDEN)
    return line[:ANSWER_MOST]


def _secrets(url: str) -> list[str]:
    """Return user and password of an address, longest first."""
    authority = url.partition("://")[2].partition("/")[0]
    user = authority.rpartition("@")[0]
    parts = [user, *user.split(":")]
    return sorted((part for part in parts if len(part) > 2), key=len, reverse=True)  # noqa: PLR2004  # two signs are no secret
