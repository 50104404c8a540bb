"""Keeps the alarms: decides on conditions, stores what changes, calls whom the plan names.

One transaction a look, closed to other writers: two processes that look at once never open an
alarm twice, and what notification stores is there exactly if the change is.
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from data import alarms
from data.alarms import AlarmRow, LogRow
from data.engine import writing
from services.alarms import duties, scope
from services.alarms.announcement import Announce, Announcement, nobody
from services.alarms.columns import open_alarm, turned
from services.alarms.decision import decide
from services.alarms.escalation import Calling, Upcoming, upcoming
from services.alarms.model import (
    Change,
    Condition,
    Ended,
    Opened,
    Outcome,
    Rule,
    Seen,
    Severity,
    Standing,
)
from services.alarms.policy import Policy
from services.alarms.telling import tell_end
from services.alarms.words import title_of
from services.clock import Clock, wall_now
from services.journal import from_alarms
from services.region import Region

LOG = logging.getLogger(__name__)
SYSTEM = "System"
OLD_REPLAY = "Die Nachstellung ist zu Ende."


@dataclass(frozen=True, slots=True)
class AlarmKeeper:
    """Writes the alarms of a region on one clock."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    policy: Policy
    announce: Announce = nobody
    wall: Callable[[], datetime] = wall_now

    def look(self, conditions: Iterable[Condition], rules: frozenset[Rule]) -> int:
        """Decide on the conditions of some rules, then call; returns how many changes there were.

        `rules` are those that were evaluated: an alarm of them without a condition is unknown.
        """
        now, name = self.clock.now(), scope.of(self.clock)
        with self.sessions.begin() as session:
            alarms.hold(writing(session))
            found = alarms.open_rows(session, self.region.region_id, name)
            mine = [open_alarm(row) for row in found if row.rule in rules]
            news = self._without_closed(session, conditions, name)
            changes = decide(mine, news, now, self.policy.hysteresis)
            for change in changes:
                self._store(session, change, name, now)
            self._close_old(session, name, now)
            self._call(session, name, now)
        return sum(not isinstance(change, Seen) for change in changes)

    def _without_closed(
        self, session: Session, conditions: Iterable[Condition], name: str
    ) -> list[Condition]:
        """Leave out what a person has closed for good, until it was seen clear or is graver."""
        rows = alarms.closed_while_holding(session, self.region.region_id, name)
        closed = {row.alarm_key: row for row in rows}
        kept = []
        for condition in conditions:
            row = closed.get(condition.key)
            if row is not None and condition.standing is Standing.CLEAR:
                alarms.change(session, row.alarm_id, standing=Standing.CLEAR.value)
            if row is None or condition.severity.rank > Severity(row.severity).rank:
                kept.append(condition)
        return kept

    def _store(self, session: Session, change: Change, name: str, now: datetime) -> None:
        if isinstance(change, Opened):
            self._open(session, change.condition, name, now)
            return
        alarm_id = change.alarm.alarm_id
        if isinstance(change, Seen):
            alarms.change(
                session,
                alarm_id,
                standing=change.standing,
                text=change.text,
                clear_since=change.clear_since,
                seen_clear_at=change.seen_clear_at,
                usable_min=change.usable_min,
            )
            return
        kind, text, values = turned(change, now)
        row = alarms.by_id(session, alarm_id)
        if row is not None and alarms.turn(session, alarm_id, row.version, **values):
            graver = {"severity": values["severity"]} if "severity" in values else {}
            self._note(session, alarm_id, kind, text, now, **graver)
            if isinstance(change, Ended):
                tell_end(session, row, self.announce, self.wall())

    def _open(self, session: Session, condition: Condition, name: str, now: datetime) -> None:
        row = AlarmRow(
            alarm_id=str(uuid.uuid4()),
            region_id=self.region.region_id,
            scope=name,
            alarm_key=condition.key,
            rule=condition.rule,
            subject=condition.subject,
            name=condition.name,
            severity=condition.severity,
            standing=Standing.HOLDS,
            text=condition.text,
            is_drill=scope.is_drill(name),
            opened_at=now,
            opened_wall_at=self.wall(),
            calling_since=now,
            usable_min=condition.usable_min,
        )
        alarms.add(session, row)
        details = {"severity": condition.severity.value}
        self._note(session, row.alarm_id, "opened", condition.text, now, **details)

    def _note(
        self,
        session: Session,
        alarm_id: str,
        kind: str,
        text: str,
        now: datetime,
        **details: object,
    ) -> None:
        entry = LogRow(alarm_id, kind, now, self.wall(), SYSTEM, text, details)
        alarms.note(session, entry)
        row = alarms.by_id(session, alarm_id)
        if row is not None:
            from_alarms.tell(session, row, entry)

    def _close_old(self, session: Session, name: str, now: datetime) -> None:
        """Close what is left of earlier replays: nobody could act on it any more."""
        for row in alarms.open_elsewhere(session, self.region.region_id, name):
            values = {
                "closed_at": now,
                "closed_wall_at": self.wall(),
                "closed_by": SYSTEM,
                "outcome": Outcome.DRILL.value,
                "outcome_note": OLD_REPLAY,
            }
            if alarms.turn(session, row.alarm_id, row.version, **values):
                self._note(session, row.alarm_id, "closed", OLD_REPLAY, now)

    def _call(self, session: Session, name: str, now: datetime) -> None:
        """Make the calls that are due of alarms that nobody has acknowledged."""
        waiting = [
            (row, step)
            for row in alarms.open_rows(session, self.region.region_id, name)
            if (step := next_call(row, self.policy, self.region)) is not None and step.at <= now
        ]
        if not waiting:
            return
        rotas = duties.stored(session, self.region.region_id)
        for row, step in waiting:
            rota = rotas.get(step.group)
            group = (rota.on_duty(now, self.region.timezone) if rota else "") or step.group
            try:
                with session.begin_nested():
                    self._announce(session, row, step, group, now)
            except DatabaseError:
                raise
            except Exception:  # the edge: a bug of notification must not take the alarm back
                LOG.exception("Alarm %s: %s wurde nicht gemeldet", row.alarm_id, group)

    def _announce(
        self, session: Session, row: AlarmRow, step: Upcoming, group: str, now: datetime
    ) -> None:
        alarms.change(session, row.alarm_id, calls=row.calls + 1, called_at=now)
        self._note(session, row.alarm_id, "escalated", group, now, step=step.step)
        severity = Severity(row.severity)
        self.announce(
            session,
            Announcement(
                row.alarm_id,
                severity,
                group,
                title_of(severity, row.rule, row.name, is_drill=row.is_drill),
                row.text,
                step.step,
                self.wall(),
                row.is_drill,
                row.calling_since,
                usable_min=row.usable_min,
            ),
        )


def next_call(row: AlarmRow, policy: Policy, region: Region) -> Upcoming | None:
    """Return the next call of an alarm; none once it is acknowledged, ended or closed."""
    if row.acknowledged_at or row.ended_at or row.closed_at:
        return None
    calling = Calling(Severity(row.severity), row.calling_since, row.calls, row.called_at)
    return upcoming(calling, policy.plan, region.timezone)
