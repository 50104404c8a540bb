"""What a drill shows afterwards: for each call, how long until somebody took it, what was left.

Minutes are of the event's clock unless they are named wall minutes. What is unknown is None.
"""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data.drill_acts import ActRow, CallRow
from services.alarms.model import Rule

CALLING = ("opened", "raised", "reopened")
TAKING = ("acknowledged", "closed")
SECONDS_PER_MIN = 60.0
SYSTEM = "System"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an alarm: at its opening, and anew when it rose or came back."""

    alarm_id: str
    rule: Rule
    subject: str
    name: str
    severity: str
    called_at: datetime
    called_wall_at: datetime
    came_at: datetime | None
    """When the place really reached the level; None: never, or nobody knows."""
    taken_at: datetime | None = None
    taken_after_min: float | None = None
    taken_after_wall_min: float | None = None
    taken_by: str = ""
    role: str = ""
    messages: int = 0
    measures: int = 0
    """Stages of the alarm plan of this river that were started from the call on."""

    @property
    def offered_min(self) -> float | None:
        """Return the minutes that the call left before the water came."""
        return None if self.came_at is None else _minutes(self.called_at, self.came_at)

    @property
    def left_min(self) -> float | None:
        """Return the minutes that were left when somebody had taken it."""
        if self.came_at is None or self.taken_at is None:
            return None
        return _minutes(self.taken_at, self.came_at)


@dataclass(frozen=True, slots=True)
class Missed:
    """A place that reached a level without any alarm of this level before."""

    place: str
    name: str
    level: str
    came_at: datetime


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A drill in figures."""

    title: str
    until: datetime
    """Event time up to which it was played."""
    is_final: bool
    knows_truth: bool
    calls: tuple[Call, ...]
    missed: tuple[Missed, ...]
    measures: tuple[ActRow, ...]
    drafts: tuple[ActRow, ...]
    messages: int

    @property
    def taken(self) -> tuple[Call, ...]:
        """Return the calls that somebody took."""
        return tuple(call for call in self.calls if call.taken_at is not None)

    @property
    def typical_min(self) -> float | None:
        """Return the median minutes until a call was taken, None where none was."""
        found = [call.taken_after_min for call in self.taken if call.taken_after_min is not None]
        return statistics.median(found) if found else None

    @property
    def places(self) -> tuple[Call, ...]:
        """Return the calls of places that the water reached."""
        return tuple(call for call in self.calls if call.came_at is not None)

    @property
    def offered(self) -> float | None:
        """Return the median minutes that calls of reached places offered."""
        found = [call.offered_min for call in self.places if call.offered_min is not None]
        return statistics.median(found) if found else None

    @property
    def left(self) -> float | None:
        """Return the median minutes that were left after somebody took them."""
        found = [call.left_min for call in self.places if call.left_min is not None]
        return statistics.median(found) if found else None


Came = Callable[[str, str], datetime | None]


def calls_of(
    rows: Iterable[CallRow],
    came: Came,
    roles: Mapping[str, str],
    messages: Mapping[str, int],
    stages: Sequence[ActRow],
) -> tuple[Call, ...]:
    """Pair each call with the person who took it first; `rows` are a log in its order."""
    waiting: dict[str, int] = {}
    found: list[Call] = []
    for row in rows:
        if row.kind in CALLING:
            waiting[row.alarm_id] = len(found)
            found.append(_call(row, came, messages, stages))
        elif row.kind in TAKING and row.actor != SYSTEM and row.alarm_id in waiting:
            place = waiting.pop(row.alarm_id)
            found[place] = _taken(found[place], row, roles)
    return tuple(found)


def missed_of(
    reached: Mapping[str, Mapping[str, datetime]], calls: Iterable[Call], names: Mapping[str, str]
) -> tuple[Missed, ...]:
    """Return what came without an alarm of at least this level."""
    order = ("voralarm", "warnung", "alarm")
    called = [call for call in calls if call.rule is Rule.LEVEL]
    found = []
    for place, levels in sorted(reached.items()):
        for level, came_at in levels.items():
            graver = order[order.index(level) :]
            is_called = any(
                call.subject == place and call.severity in graver and call.called_at <= came_at
                for call in called
            )
            if not is_called:
                found.append(Missed(place, names.get(place, place), level, came_at))
    return tuple(found)


def _call(row: CallRow, came: Came, messages: Mapping[str, int], stages: Sequence[ActRow]) -> Call:
    rule = Rule(row.rule)
    river = row.subject.rpartition("/")[2]
    begun = sum(1 for stage in stages if stage.what == river and stage.at >= row.at)
    return Call(
        alarm_id=row.alarm_id,
        rule=rule,
        subject=row.subject,
        name=row.name,
        severity=row.severity,
        called_at=row.at,
        called_wall_at=row.wall_at,
        came_at=came(row.subject, row.severity) if rule is Rule.LEVEL else None,
        messages=messages.get(row.alarm_id, 0),
        measures=begun if rule is Rule.LEVEL else 0,
    )


def _taken(call: Call, row: CallRow, roles: Mapping[str, str]) -> Call:
    return replace(
        call,
        taken_at=row.at,
        taken_after_min=_minutes(call.called_at, row.at),
        taken_after_wall_min=_minutes(call.called_wall_at, row.wall_at),
        taken_by=row.actor,
        role=roles.get(row.actor, ""),
    )


def _minutes(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds() / SECONDS_PER_MIN
