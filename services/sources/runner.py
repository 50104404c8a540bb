"""The loop that visits due sources beside the flood cycle, in threads of its own."""

import logging
import queue
import threading
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from data.engine import reason_of
from data.region_pack.sources import SourceEntry
from services.sources.poller import Poller

LOOK_S = 5.0
"""How often the loop asks what is due (estimate)."""

AT_ONCE = 3
"""Sources visited at the same time: a slow one delays the others by its own visit at most."""

JOIN_S = 0.2

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceRunner:
    """Visits what is due until told to stop; its threads never hold up the end of the process."""

    poller: Poller
    stop: threading.Event

    def run_forever(self) -> None:
        """Look for due sources again and again; a database that is away is waited for."""
        while not self.stop.is_set():
            try:
                self.run_due()
            except SQLAlchemyError as error:
                LOG.warning("Datenbank antwortet nicht, Quellen warten: %s", reason_of(error))
            self.stop.wait(LOOK_S)

    def run_due(self) -> int:
        """Visit all sources that are due and return how many were."""
        waiting: queue.SimpleQueue[SourceEntry] = queue.SimpleQueue()
        due = self.poller.due()
        for entry in due:
            waiting.put(entry)
        threads = [
            threading.Thread(target=self._work, args=(waiting,), name="source", daemon=True)
            for _ in range(min(AT_ONCE, len(due)))
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and not self.stop.is_set():
            for thread in threads:
                thread.join(JOIN_S)
        return len(due)

    def _work(self, waiting: "queue.SimpleQueue[SourceEntry]") -> None:
        while not self.stop.is_set():
            try:
                entry = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                self.poller.visit(entry)
            except SQLAlchemyError as error:
                LOG.warning("Quelle %s: Datenbank antwortet nicht: %s", entry.id, reason_of(error))
