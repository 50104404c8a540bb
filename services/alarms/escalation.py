"""Whom an alarm that nobody acknowledges calls next, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo

from services.alarms.model import Severity


@dataclass(frozen=True, slots=True)
class Step:
    """After so long without an acknowledgement a group is called."""

    after: timedelta
    group: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of one severity; after the last one it is repeated `repeats` times."""

    steps: tuple[Step, ...] = ()
    repeat: timedelta = timedelta(minutes=15)
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local hours in which lower notices wait; equal ends mean that there are none."""

    start: time = time(0)
    end: time = time(0)

    def ends_at(self, at: datetime, zone: tzinfo) -> datetime | None:
        """Return when the quiet hours end that `at` lies in, None outside of them."""
        here = at.astimezone(zone)
        if self.start == self.end or not self._covers(here.time()):
            return None
        is_over_midnight = self.start > self.end and here.time() >= self.start
        on = here.date() + timedelta(days=1 if is_over_midnight else 0)
        return datetime.combine(on, self.end, zone).astimezone(UTC)

    def _covers(self, moment: time) -> bool:
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class Plan:
    """Chains by severity, and quiet hours that hold back only what is below a warning."""

    chains: Mapping[Severity, Chain] = field(default_factory=dict)
    quiet: QuietHours = field(default_factory=QuietHours)


@dataclass(frozen=True, slots=True)
class Calling:
    """Where an unacknowledged alarm stands: since when it calls, how many calls were made."""

    severity: Severity
    since: datetime
    calls: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next call: when, to which group, and its number (0 is the first)."""

    at: datetime
    group: str
    step: int


def upcoming(calling: Calling, plan: Plan, zone: tzinfo) -> Upcoming | None:
    """Return the next call of an alarm, None when all of them were made."""
    chain = plan.chains.get(calling.severity, Chain())
    if not chain.steps or calling.calls >= len(chain.steps) + chain.repeats:
        return None
    if calling.calls < len(chain.steps):
        step = chain.steps[calling.calls]
        at, group = calling.since + step.after, step.group
    else:
        at = (calling.last_at or calling.since) + chain.repeat
        group = chain.steps[-1].group
    if calling.severity.rank < Severity.WARNUNG.rank:
        at = max(at, plan.quiet.ends_at(at, zone) or at)
    return Upcoming(at, group, calling.calls)
