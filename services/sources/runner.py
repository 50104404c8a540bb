"""The loop that visits due sources beside the flood cycle, in threads of its own."""

import logging
import threading
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from data.engine import reason_of
from data.region_pack.sources import SourceEntry
from services.sources.poller import Poller

LOOK_S = 5.0
"""How often the loop asks what is due (estimate)."""

AT_ONCE = 6
"""Sources visited at the same time (estimate): so many slow ones at once hold up the others."""

LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class SourceRunner:
    """Visits what is due until told to stop; its threads never hold up the end of the process."""

    poller: Poller
    stop: threading.Event
    _visits: dict[str, threading.Thread] = field(default_factory=dict, init=False)
    """The thread of each source that is being visited; only the loop's own thread changes it."""

    def run_forever(self) -> None:
        """Look for due sources again and again; a database that is away is waited for."""
        while not self.stop.is_set():
            try:
                self.start_due()
            except SQLAlchemyError as error:
                LOG.warning("Datenbank antwortet nicht, Quellen warten: %s", reason_of(error))
            self.stop.wait(LOOK_S)

    def start_due(self) -> int:
        """Start a visit to each source that is due, as far as there is room; waits for none.

        Returns how many were started. A source that is still being visited is left alone.
        """
        if self.stop.is_set():
            return 0
        self._visits = {key: thread for key, thread in self._visits.items() if thread.is_alive()}
        waiting = [entry for entry in self.poller.due() if entry.id not in self._visits]
        starting = waiting[: AT_ONCE - len(self._visits)]
        for entry in starting:
            thread = threading.Thread(
                target=self._visit, args=(entry,), name=f"source {entry.id}", daemon=True
            )
            self._visits[entry.id] = thread
            thread.start()
        return len(starting)

    def is_busy(self) -> bool:
        """Tell whether any source is being visited."""
        return any(thread.is_alive() for thread in self._visits.values())

    def _visit(self, entry: SourceEntry) -> None:
        try:
            self.poller.visit(entry)
        except SQLAlchemyError as error:
            LOG.warning("Quelle %s: Datenbank antwortet nicht: %s", entry.id, reason_of(error))
