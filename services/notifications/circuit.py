"""Rests a channel that keeps failing, so that messages take the next one without waiting for it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.notifications.model import Outcome, Result

FAILURES = 3
"""So many failures in a row open the circuit (estimate)."""
REST = timedelta(seconds=60)
"""After it one attempt is let through (estimate)."""
FAULTS = frozenset({Outcome.TEMPORARY, Outcome.TIMEOUT})
"""What speaks against the channel, not against one address."""


@dataclass(slots=True)
class Circuit:
    """How a channel does lately."""

    failures: int = 0
    closed_until: datetime | None = field(default=None)

    def lets_through(self, now: datetime) -> bool:
        """Tell whether an attempt may be made now."""
        return self.closed_until is None or now >= self.closed_until

    def note(self, result: Result, now: datetime) -> None:
        """Learn from an attempt; a gateway that names a time is asked no earlier."""
        if result.outcome not in FAULTS:
            self.failures, self.closed_until = 0, None
            return
        self.failures += 1
        if self.failures >= FAILURES:
            self.closed_until = now + REST
        if result.retry_after_s is not None:
            named = now + min(timedelta(seconds=result.retry_after_s), 5 * REST)
            self.closed_until = max(named, self.closed_until or named)
