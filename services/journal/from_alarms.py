"""Entries about alarms: opened, raised, ended, acknowledged, handed over, closed, called."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from data.alarms import AlarmRow, LogRow
from services.alarms.model import Outcome, Severity
from services.alarms.words import LOG_WORDS, OUTCOME_WORDS, title_of
from services.journal.model import Entry, Kind
from services.journal.notes import note

_OWN: Mapping[str, str] = {"assigned": "übergeben an"}
"""Where the words of the log, which stand beside a name, make no sentence."""
_LEFT_OUT = frozenset({"escalated"})
"""Whose turn it is stands at the alarm; the journal has what was really sent, as `DELIVERY`."""


def tell(session: Session, alarm: AlarmRow, said: LogRow) -> None:
    """Enter what happened to an alarm, in the transaction in which it happened."""
    if said.kind in _LEFT_OUT:
        return
    note(
        session,
        Entry(
            region_id=alarm.region_id,
            scope=alarm.scope,
            kind=Kind.ALARM,
            text=sentence(alarm, said),
            happened_at=said.at,
            noted_at=said.at,
            wall_at=said.wall_at,
            actor=said.actor,
            subjects=(alarm.subject,),
            details={"alarm": alarm.alarm_id, "happened": said.kind},
        ),
    )


def sentence(alarm: AlarmRow, said: LogRow) -> str:
    """Return what happened in words: "Alarm: Hochwasser, Mayen – quittiert"."""
    title = title_of(Severity(alarm.severity), alarm.rule, alarm.name, is_drill=False)
    words = _OWN.get(said.kind, LOG_WORDS.get(said.kind, said.kind))
    outcome = said.details.get("outcome")
    judged = OUTCOME_WORDS[Outcome(outcome)] if outcome else ""
    parts = [part for part in (judged, said.text) if part]
    if said.kind in _OWN:
        return f"{title} – {words} {said.text}"
    return f"{title} – {words}: {'; '.join(parts)}" if parts else f"{title} – {words}"
