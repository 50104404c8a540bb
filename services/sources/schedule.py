"""When a source is asked again: its interval with jitter, longer and longer after failures."""

from datetime import datetime, timedelta

JITTER = 0.1
"""Share of the interval by which visits are spread, so that not all ask at once (estimate)."""

LONGEST_WAIT = timedelta(hours=6)
"""A source that fails is asked at least this often, unless its interval is longer (estimate)."""

LONGEST_ASKED_WAIT = timedelta(hours=24)
"""A longer Retry-After is not believed (estimate)."""

STILL_AFTER = 3
"""Intervals without success after which a source counts as still."""

MOST_DOUBLINGS = 16


def after_success(now: datetime, every: timedelta, chance: float) -> datetime:
    """Return the next visit; `chance` in 0 to 1 places it within the jitter."""
    return now + every * _spread(chance)


def after_failure(
    now: datetime,
    every: timedelta,
    failures: int,
    chance: float,
    retry_after: timedelta | None = None,
) -> datetime:
    """Return the next visit after so many failures in a row; never before a Retry-After."""
    doublings: int = min(max(failures - 1, 0), MOST_DOUBLINGS)
    doubled = every * float(2**doublings)
    wait = min(doubled, max(every, LONGEST_WAIT)) * _spread(chance)
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_ASKED_WAIT))
    return now + wait


def is_still(success_at: datetime | None, now: datetime, every: timedelta) -> bool:
    """Tell whether the last success is too long ago, or there never was one."""
    return success_at is None or now - success_at > STILL_AFTER * every


def _spread(chance: float) -> float:
    return 1.0 + JITTER * (2.0 * chance - 1.0)
