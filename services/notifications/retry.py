"""What follows an attempt: pure, so that its promises can be tested.

Whatever fails goes to the recipient's next channel at once. When all were tried they are tried
again, later and later, until the message expires or enough was tried. A channel that refused the
address for good is not asked again. What a dead sender began is repeated at once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data.outbox_rows import DELIVERED, FAILED, WAITING
from services.notifications.model import UNCERTAIN, Outcome, Result

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=5)
"""A gateway that is down for minutes is asked some times an hour (estimate)."""
MOST_TRIES = 24
"""Attempts of one delivery (estimate): with two channels an hour of trying."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a delivery stands: `place` is the channel to try next, `rounds` how often all were."""

    state: str
    place: int
    rounds: int
    tries: int
    refused: tuple[int, ...]
    may_repeat: bool
    next_at: datetime


def after(progress: Progress, result: Result, channels: int, now: datetime) -> Progress:
    """Return where a delivery stands after an attempt over the channel `place`."""
    refused = progress.refused
    if result.outcome is Outcome.REFUSED:
        refused = tuple(sorted({*refused, progress.place}))
    if result.outcome is Outcome.ACCEPTED:
        return replace(progress, state=DELIVERED)
    found = replace(
        progress,
        refused=refused,
        may_repeat=progress.may_repeat or result.outcome in UNCERTAIN,
    )
    following = _following(progress.place, channels, refused)
    if following is None or progress.tries >= MOST_TRIES:
        return replace(found, state=FAILED, rounds=progress.rounds + 1)
    found = replace(found, state=WAITING, next_at=now)
    if result.outcome is Outcome.UNKNOWN:  # the sender failed, not the channel
        return found
    return _moved(found, following, result.retry_after_s, now)


def _moved(found: Progress, following: int, retry_after_s: float | None, now: datetime) -> Progress:
    """Return the delivery at the next channel; behind the last one all wait for a while."""
    if following > found.place:
        return replace(found, place=following)
    wait = pause(found.rounds)
    if retry_after_s is not None:
        wait = max(wait, min(timedelta(seconds=retry_after_s), LONGEST_PAUSE))
    return replace(found, place=following, rounds=found.rounds + 1, next_at=now + wait)


def pause(rounds: int) -> timedelta:
    """Return how long to wait after so many rounds over all channels."""
    factor: int = 1 << min(rounds, 10)
    return min(FIRST_PAUSE * factor, LONGEST_PAUSE)


def _following(place: int, channels: int, refused: tuple[int, ...]) -> int | None:
    """Return the next channel that did not refuse, the same one if it is the only one."""
    order = [*range(place + 1, channels), *range(min(place + 1, channels))]
    return next((number for number in order if number not in refused), None)
