"""From conditions and open alarms to changes: pure, so that its promises can be tested.

One open alarm a key. It is raised, never lowered. Only a condition that was seen clear for so many
minutes without a break ends it; one that is unknown or not reported keeps it and starts the
minutes anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.alarms.model import (
    Change,
    Condition,
    Ended,
    OpenAlarm,
    Opened,
    Raised,
    Reopened,
    Rule,
    Seen,
    Standing,
)

_GRAVITY = {Standing.HOLDS: 2, Standing.UNKNOWN: 1, Standing.CLEAR: 0}


@dataclass(frozen=True, slots=True)
class Hysteresis:
    """For how long a condition must be clear, by rule, and the longest gap between two looks."""

    clear_for: Mapping[Rule, timedelta] = field(default_factory=dict)
    otherwise: timedelta = timedelta(minutes=30)
    gap: timedelta = timedelta(minutes=10)

    def of(self, rule: Rule) -> timedelta:
        """Return for how long the condition of a rule must be clear."""
        return self.clear_for.get(rule, self.otherwise)


def decide(
    open_alarms: Iterable[OpenAlarm],
    conditions: Iterable[Condition],
    now: datetime,
    hysteresis: Hysteresis,
) -> list[Change]:
    """Return what changes at `now`; the alarms are those of the rules that were evaluated."""
    told = _gravest(conditions)
    alarms = {alarm.key: alarm for alarm in open_alarms}
    changes: list[Change] = [
        Opened(condition)
        for key, condition in told.items()
        if key not in alarms and condition.standing is Standing.HOLDS
    ]
    for key, alarm in alarms.items():
        change = _change(alarm, told.get(key), now, hysteresis)
        if change is not None:
            changes.append(change)
    return changes


def _gravest(conditions: Iterable[Condition]) -> dict[str, Condition]:
    """Return one condition a key: what holds before what is unknown before what is clear."""
    found: dict[str, Condition] = {}
    for condition in conditions:
        kept = found.get(condition.key)
        if kept is None or _weight(condition) > _weight(kept):
            found[condition.key] = condition
    return found


def _weight(condition: Condition) -> tuple[int, int]:
    return (_GRAVITY[condition.standing], condition.severity.rank)


def _change(
    alarm: OpenAlarm, condition: Condition | None, now: datetime, hysteresis: Hysteresis
) -> Change | None:
    if condition is None:
        return _unknown(alarm, alarm.text)
    if condition.standing is Standing.HOLDS:
        return _holding(alarm, condition)
    if condition.standing is Standing.UNKNOWN:
        return _unknown(alarm, condition.text)
    return _clear(alarm, condition, now, hysteresis)


def _holding(alarm: OpenAlarm, condition: Condition) -> Change | None:
    if alarm.ended_at is not None:
        graver = max(alarm.severity, condition.severity, key=lambda severity: severity.rank)
        return Reopened(alarm, condition, graver)
    if condition.severity.rank > alarm.severity.rank:
        return Raised(alarm, condition)
    return _seen(Seen(alarm, Standing.HOLDS, condition.text, None, None, condition.usable_min))


def _unknown(alarm: OpenAlarm, text: str) -> Change | None:
    if alarm.ended_at is not None:
        return None  # it had ended on data; what is unknown since changes nothing of that
    return _seen(Seen(alarm, Standing.UNKNOWN, text, None, None))


def _clear(
    alarm: OpenAlarm, condition: Condition, now: datetime, hysteresis: Hysteresis
) -> Change | None:
    if alarm.ended_at is not None:
        return None
    since, seen = alarm.clear_since, alarm.seen_clear_at
    if since is None or seen is None or not seen <= now <= seen + hysteresis.gap or since > now:
        return _seen(Seen(alarm, Standing.CLEAR, condition.text, now, now))
    if now - since >= hysteresis.of(alarm.rule):
        return Ended(alarm)
    return _seen(Seen(alarm, Standing.CLEAR, condition.text, since, now))


def _seen(change: Seen) -> Seen | None:
    """Return the change unless all of it is stored already."""
    alarm = change.alarm
    before = (
        alarm.standing, alarm.text, alarm.clear_since, alarm.seen_clear_at, alarm.usable_min
    )  # fmt: skip
    after = (
        change.standing, change.text, change.clear_since, change.seen_clear_at, change.usable_min
    )  # fmt: skip
    return None if before == after else change
