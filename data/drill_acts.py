"""Queries over what people did in a drill, for its evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.models import Alarm, AlarmLogEntry, DrillMessage, Person, PlanStage, WarningDraft

MOST = 2000
"""Alarms of one drill that are evaluated; more would be a fault of the rules (estimate)."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """An entry of an alarm's log, with what the alarm is about."""

    alarm_id: str
    rule: str
    subject: str
    name: str
    kind: str
    severity: str
    at: datetime
    wall_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """Something that somebody began: a stage of the alarm plan or a draft of a warning."""

    what: str
    at: datetime
    actor: str


def calls(session: Session, region_id: str, scope: str, kinds: Sequence[str]) -> list[CallRow]:
    """Return the log of a replay's alarms, entries of some kinds, oldest first."""
    chosen = (
        select(Alarm.alarm_id)
        .where(Alarm.region_id == region_id, Alarm.scope == scope)
        .order_by(Alarm.opened_at)
        .limit(MOST)
    )
    question = (
        select(
            Alarm.alarm_id, Alarm.rule, Alarm.subject, Alarm.name, AlarmLogEntry.kind,
            AlarmLogEntry.details, AlarmLogEntry.at, AlarmLogEntry.wall_at, AlarmLogEntry.actor,
        )
        .join(AlarmLogEntry, AlarmLogEntry.alarm_id == Alarm.alarm_id)
        .where(Alarm.alarm_id.in_(chosen), AlarmLogEntry.kind.in_(kinds))
        .order_by(AlarmLogEntry.entry_id)
    )  # fmt: skip
    return [
        CallRow(
            alarm_id, rule, subject, name, kind, str(details.get("severity", "")), at, wall, actor
        )
        for alarm_id, rule, subject, name, kind, details, at, wall, actor in session.execute(
            question
        )
    ]


def stages(session: Session, region_id: str, scope: str) -> list[ActRow]:
    """Return the stages of the alarm plan that were started, oldest first; `what` is the river."""
    question = (
        select(PlanStage.river_id, PlanStage.started_at, PlanStage.started_by)
        .where(PlanStage.region_id == region_id, PlanStage.scope == scope)
        .order_by(PlanStage.started_at)
    )
    return [ActRow(*row) for row in session.execute(question)]


def drafts(session: Session, region_id: str, scope: str) -> list[ActRow]:
    """Return the drafts of warnings, oldest first; `what` is the headline."""
    question = (
        select(WarningDraft.headline, WarningDraft.sent_at, WarningDraft.author)
        .where(WarningDraft.region_id == region_id, WarningDraft.scope == scope)
        .order_by(WarningDraft.sent_at)
    )
    return [ActRow(*row) for row in session.execute(question)]


def messages(session: Session, region_id: str) -> dict[str, int]:
    """Return by alarm how many messages would have been sent; they lie in the mailbox."""
    question = (
        select(DrillMessage.alarm_id, func.count())
        .where(DrillMessage.region_id == region_id)
        .group_by(DrillMessage.alarm_id)
    )
    return {alarm_id: number for alarm_id, number in session.execute(question)}  # noqa: C416


def roles(session: Session) -> dict[str, str]:
    """Return the role of each account by its name."""
    question = select(Person.name, Person.role)
    return {name: role for name, role in session.execute(question)}  # noqa: C416
