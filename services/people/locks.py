"""How wrong sign-ins slow an attacker down without locking the duty officer out.

Attempts are counted twice: for an account at one address, and for an account at all addresses.
The first locks early, the second only after many; both for minutes, never for good. A browser that
is known to the account has a count of its own instead, that of nobody else locks it. An attempt
counts as wrong until it was right, so that attempts at the same moment cannot slip through.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from data import people
from data.people import LockRow

FREE_AT_ADDRESS, FREE_OVERALL = 5, 50
"""Wrong attempts before the first lock (estimate; NIST SP 800-63B allows at most 100 in a row)."""
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=1), timedelta(minutes=15)
"""Doubled with each further wrong attempt (estimate)."""
FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that is about to be judged; `browser` is the mark of a known one, else ""."""

    login: str
    address: str
    browser: str = ""

    @property
    def keys(self) -> tuple[tuple[str, int], ...]:
        """Return the keys under which it is counted, each with its free attempts."""
        if self.browser:
            return ((_digest(f"browser|{self.login}|{self.browser}"), FREE_AT_ADDRESS),)
        return (
            (_digest(f"pair|{self.login}|{self.address}"), FREE_AT_ADDRESS),
            (_digest(f"all|{self.login}"), FREE_OVERALL),
        )


def counted(session: Session, attempt: Attempt, now: datetime) -> datetime | None:
    """Count the attempt as wrong, or return until when it is refused unseen."""
    for key, _ in attempt.keys:
        people.hold_lock(session, key)
    latest = until(session, attempt, now)
    if latest is not None:
        return latest
    for key, free in attempt.keys:
        people.put_lock(session, _next(key, people.lock(session, key), free, now))
    return None


def until(session: Session, attempt: Attempt, now: datetime) -> datetime | None:
    """Return until when such attempts are refused unseen, None where they are judged."""
    known = [people.lock(session, key) for key, _ in attempt.keys]
    times = [row.locked_until for row in known if row and row.locked_until is not None]
    return max((at for at in times if at > now), default=None)


def _next(key: str, known: LockRow | None, free: int, now: datetime) -> LockRow:
    """Return a count with one more wrong attempt; the last free one locks those after it."""
    is_old = known is None or now - known.last_at > FORGET_AFTER
    failures = 1 if known is None or is_old else known.failures + 1
    beyond = failures - free
    if beyond < 0:
        return LockRow(key, failures, now, None)
    return LockRow(key, failures, now, now + min(FIRST_LOCK * 2 ** min(beyond, 10), LONGEST_LOCK))


def forget(session: Session, attempt: Attempt) -> None:
    """Forget what was counted: the attempt was right."""
    for key, _ in attempt.keys:
        people.forget_lock(session, key)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
