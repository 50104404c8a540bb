"""The courier: a process of its own that hands messages to gateways, so that it can be killed.

Reads one task a line from its input and answers with one line. Apprise blocks, and no thread of
ours could be ended while it does; a process can. Addresses and secrets come by the pipe, never as
arguments, and are in no log.
"""

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any

import apprise

from services.notifications.model import READY, Outcome, Result
from services.notifications.observer import listening
from services.notifications.tame import tame
from services.notifications.verdict import verdict

FIRST = "json://localhost"
"""Any valid target; nothing is sent to it."""
CONNECT_S = 8.0
"""How long a connection may take to be made (estimate)."""
FAREWELL_S = 1.0
"""How long logging out may take (estimate): the next message waits for it."""
INVALID = "Meldeweg und Adresse ergeben zusammen kein gültiges Ziel"


class _Warnings(logging.Handler):
    """Keeps the last warning of the library."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.last = record.getMessage()


def main() -> None:
    """Answer tasks until the input ends, as it does when the sender is killed."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr  # nothing that a library prints may look like an answer
    apprise.Apprise.instantiate(FIRST)  # loads all plugins: not when a message waits
    answers.write(f"{READY}\n")
    answers.flush()
    for line in sys.stdin:
        task = json.loads(line)
        target = target_of(task)
        result = Result(Outcome.REFUSED, INVALID) if target is None else deliver(target, task)
        answers.write(f"{json.dumps(_plain(result))}\n")
        answers.flush()
        target = None  # logs out where it has logged in: the answer does not wait for that


def target_of(task: dict[str, Any]) -> Any:  # noqa: ANN401  # the library has no types of its own
    """Return where a task goes, None when its channel and address are no valid target."""
    asset = apprise.AppriseAsset(
        app_id="Regionalcockpit",
        app_desc="Regionalcockpit",
        async_mode=False,
        secure_logging=True,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
    target = apprise.Apprise.instantiate(task["url"], asset=asset, suppress_exceptions=True)
    if target is not None:
        target.socket_connect_timeout = min(CONNECT_S, task["timeout_s"])
        target.socket_read_timeout = task["timeout_s"]
        tame(target)
    return target


def deliver(target: Any, task: dict[str, Any]) -> Result:  # noqa: ANN401  # as above
    """Hand one message over and say what became of it."""
    said = _Warnings()
    logger = logging.getLogger("apprise")
    logger.addHandler(said)
    try:
        with listening() as heard:
            is_sent = bool(
                target.notify(body=task["body"], title=task["title"], body_format="text")
            )
    finally:
        logger.removeHandler(said)
    target.socket_connect_timeout = target.socket_read_timeout = FAREWELL_S
    return verdict(is_sent=is_sent, heard=heard, said=said.last, now=datetime.now(UTC))


def _plain(result: Result) -> dict[str, Any]:
    return {
        "outcome": result.outcome.value,
        "answer": result.answer,
        "retry_after_s": result.retry_after_s,
    }


if __name__ == "__main__":
    main()
