"""How far this host's clock is from those of the servers that sources are fetched from."""

import statistics
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from services.sources.model import Answer, HttpGet, Request, Validators

KEPT = 20
FRESH = timedelta(hours=1)
"""Older answers say nothing of the clock now (estimate)."""
HALF_S = 0.5
"""A Date header is cut to whole seconds."""
LEAST = 2
"""One server alone may have a wrong clock itself."""


@dataclass(slots=True)
class ServerDates:
    """The offsets of the last answers; threads of several sources note theirs."""

    wall: Callable[[], datetime]
    _seen: deque[tuple[datetime, float]] = field(default_factory=lambda: deque(maxlen=KEPT))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def watching(self, get: HttpGet) -> HttpGet:
        """Return `get` so that the Date header of each answer is noted."""

        def watched(request: Request, validators: Validators = Validators()) -> Answer:  # noqa: B008  # frozen
            answer = get(request, validators)
            if answer.headed_at is not None:
                self.note(answer.date, answer.headed_at)
            return answer

        return watched

    def note(self, header: str, heard_at: datetime) -> None:
        """Note the Date header of an answer whose head came at an instant; rubbish is left out."""
        try:
            said = parsedate_to_datetime(header)
        except (ValueError, TypeError):
            return
        offset = (heard_at - said.replace(tzinfo=said.tzinfo or UTC)).total_seconds() - HALF_S
        with self._lock:
            self._seen.append((heard_at, offset))

    def offset_s(self) -> float | None:
        """Return by how much this clock is ahead of the servers' median, None for too few."""
        now = self.wall()
        with self._lock:
            fresh = [offset for at, offset in self._seen if now - at <= FRESH]
        return statistics.median(fresh) if len(fresh) >= LEAST else None
