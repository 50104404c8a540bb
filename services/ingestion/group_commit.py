"""Messages that arrive together share one flush to disk, and are acknowledged after it."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from services.ingestion.spool import Spool, SpoolError
from services.ingestion.spooled import SpooledMessage

COLLECT_S = 0.05
"""Longest wait for messages that may share a flush."""

QUIET_S = 0.005
"""A pause that ends the wait: with all messages in flight a broker sends no more (estimate)."""

BATCH_MESSAGES = 200
QUEUE_MESSAGES = 1000
LOOK_S = 0.1
RETRY_S = 1.0
"""Wait before a spool that refused is asked again (estimate)."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message with what is needed to acknowledge it: id, QoS, and the connection it came by."""

    message: SpooledMessage
    mid: int
    qos: int
    connection: int


class GroupCommit:
    """A thread between network and spool; what is not on disk is never acknowledged."""

    def __init__(self, spool: Spool, acknowledge: Callable[[Delivery], None]) -> None:
        self._spool = spool
        self._acknowledge = acknowledge
        self._queue: queue.Queue[Delivery] = queue.Queue(QUEUE_MESSAGES)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mqtt-spool", daemon=True)

    def start(self) -> None:
        """Begin to commit."""
        self._thread.start()

    def stop(self) -> None:
        """Commit what was taken, then end."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def take(self, delivery: Delivery) -> None:
        """Take a message, or wait for room; while stopping it is left to the broker."""
        while not self._stopping.is_set():
            try:
                self._queue.put(delivery, timeout=LOOK_S)
            except queue.Full:
                continue
            return

    def _run(self) -> None:
        while not (self._stopping.is_set() and self._queue.empty()):
            batch = self._collect()
            if batch and self._put(batch):
                for delivery in batch:
                    self._acknowledge(delivery)

    def _collect(self) -> list[Delivery]:
        batch: list[Delivery] = []
        wait_s, until = LOOK_S, float("inf")
        while len(batch) < BATCH_MESSAGES and wait_s > 0:
            try:
                batch.append(self._queue.get(timeout=wait_s))
            except queue.Empty:
                break
            if len(batch) == 1:
                until = time.monotonic() + COLLECT_S
            wait_s = min(QUIET_S, until - time.monotonic())
        return batch

    def _put(self, batch: list[Delivery]) -> bool:
        """Put a batch on disk, as often as it takes."""
        while True:
            try:
                self._spool.put([delivery.message for delivery in batch])
            except SpoolError as error:
                logger.warning("%s Unbestätigt: %d Nachrichten", error.user_message, len(batch))
                if self._stopping.wait(RETRY_S):
                    return False
            else:
                return True
