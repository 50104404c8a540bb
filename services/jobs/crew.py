"""Threads that a process must not go on without: when one ends by itself, the process ends too.

Whoever watches the process (the supervisor, systemd) then starts it anew. A process that lived on
without its jobs or its sources would look healthy from outside.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

LOG = logging.getLogger(__name__)
OK, FALLEN = 0, 1


@dataclass(slots=True)
class Crew:
    """The threads of one process; none of them holds up its end."""

    stop: threading.Event
    fallen: list[str] = field(default_factory=list, init=False)

    def start(self, name: str, work: Callable[[], None]) -> threading.Thread:
        """Start work that shall end only when the process was told to stop."""
        thread = threading.Thread(target=self._guard, args=(name, work), name=name, daemon=True)
        thread.start()
        return thread

    @property
    def exit_code(self) -> int:
        """Return what the process shall end with."""
        return FALLEN if self.fallen else OK

    def _guard(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # the edge of a thread: the process is told, and ends
            LOG.exception("Der Strang %s ist an einem Fehler gescheitert", name)
        if not self.stop.is_set():
            LOG.error("Der Strang %s ist zu Ende, der Prozess wird beendet", name)
            self.fallen.append(name)
            self.stop.set()
