"""What people do with alarms: acknowledge, take over, comment, close, judge, enter what was missed.

Each act names the version of the alarm that the person saw: of two who act at once one succeeds
and the other is told.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import alarms, audit
from data.alarms import AlarmRow, LogRow
from services.alarms import scope
from services.alarms.closing import judged_outcome, known_evacuation, outcome_of
from services.alarms.errors import AlarmRefusedError, AlarmTakenError, UnknownAlarmError
from services.alarms.model import Outcome, Severity, Standing
from services.alarms.words import MISSED_RULE, SEVERITY_WORDS
from services.clock import Clock, wall_now
from services.journal import from_alarms
from services.people.identity import require
from services.people.model import Identity, Right
from services.region import Region
from services.storing import storing
from services.typed_text import one_line, paragraphs

TEXT_MAX = 1000
NAME_MAX = 80
OTHER_CLOCK = "Dieser Alarm gehört zu einer früheren Nachstellung oder Übung; sein Ausgang bleibt."
MISSED_NEEDS = "Ein verpasstes Ereignis braucht einen Ort, eine Zeit bis jetzt und eine Notiz."


@dataclass(frozen=True, slots=True)
class AlarmDesk:
    """Changes the alarms of a region for people with the right to operate."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    wall: Callable[[], datetime] = wall_now

    def acknowledge(self, alarm_id: str, version: int) -> None:
        """Say that somebody cares; needs the right to operate.

        Raises
        ------
        AlarmTakenError
            When somebody was faster, or the alarm has risen meanwhile.
        UnknownAlarmError
            When it is closed, or there is none.
        """
        who = require(Right.OPERATE)
        values = {"acknowledged_at": self.clock.now(), "acknowledged_by": who.actor}
        with storing(self.sessions) as session:
            row = self._open(session, alarm_id)
            if row.acknowledged_at is not None:
                raise AlarmTakenError(user_message=_taken(row))
            self._turn(session, row, version, values)
            self._note(session, row, who, "acknowledged", "")

    def acknowledge_all(self, seen: Mapping[str, int]) -> int:
        """Acknowledge several alarms as they were seen; returns how many, the others stay.

        Whoever was faster, and whatever has risen meanwhile, is no hindrance for the rest.
        """
        who = require(Right.OPERATE)
        done = 0
        values = {"acknowledged_at": self.clock.now(), "acknowledged_by": who.actor}
        with storing(self.sessions) as session:
            alarms.hold(session)
            for alarm_id, version in seen.items():
                row = alarms.by_id(session, alarm_id)
                if row is None or not self._is_here(row) or row.closed_at or row.acknowledged_at:
                    continue
                if alarms.turn(session, alarm_id, version, **values):
                    self._note(session, row, who, "acknowledged", "")
                    done += 1
        return done

    def assign(self, alarm_id: str, version: int, to: str = "") -> None:
        """Give an alarm to somebody, to oneself without a name; needs the right to operate."""
        who = require(Right.OPERATE)
        name = one_line(to, NAME_MAX) or who.actor
        with storing(self.sessions) as session:
            row = self._open(session, alarm_id)
            self._turn(session, row, version, {"assigned_to": name})
            self._note(session, row, who, "assigned", name)

    def comment(self, alarm_id: str, text: str) -> None:
        """Add a remark; needs the right to operate."""
        who = require(Right.OPERATE)
        words = paragraphs(text, TEXT_MAX)
        if not words:
            raise AlarmRefusedError(user_message="Die Bemerkung ist leer.")
        with storing(self.sessions) as session:
            row = self._open(session, alarm_id)
            self._note(session, row, who, "comment", words)

    def close(self, alarm_id: str, version: int, outcome: str, note: str = "") -> None:
        """Close an alarm with what it turned out to be; needs the right to operate.

        Raises
        ------
        AlarmRefusedError
            When its condition still holds, the outcome is missing, or it ends without data and
            nobody says why.
        """
        who = require(Right.OPERATE)
        words = paragraphs(note, TEXT_MAX)
        with storing(self.sessions) as session:
            row = self._open(session, alarm_id)
            judged = outcome_of(row, outcome, words)
            now = self.clock.now()
            values: dict[str, object] = {
                "closed_at": now,
                "closed_wall_at": self.wall(),
                "closed_by": who.actor,
                "outcome": judged.value,
                "outcome_note": words,
            }
            if row.acknowledged_at is None:
                values |= {"acknowledged_at": now, "acknowledged_by": who.actor}
            self._turn(session, row, version, values)
            self._note(session, row, who, "closed", words, outcome=judged.value)

    def judge(self, alarm_id: str, outcome: str, note: str, evacuated: str | None = None) -> None:
        """Change the outcome of a closed alarm: it is often clear days later.

        `evacuated` None leaves what was said of people as it is.
        """
        who = require(Right.OPERATE)
        words = paragraphs(note, TEXT_MAX)
        with storing(self.sessions) as session:
            alarms.hold(session)
            row = alarms.by_id(session, alarm_id)
            if row is None or row.region_id != self.region.region_id or row.closed_at is None:
                raise UnknownAlarmError(alarm_id)
            if not self._is_here(row):
                raise AlarmRefusedError(user_message=OTHER_CLOCK)
            judged = judged_outcome(row, outcome)
            moved = row.evacuated if evacuated is None else known_evacuation(evacuated).value
            alarms.change(
                session, alarm_id, outcome=judged.value, outcome_note=words, evacuated=moved
            )
            before = {"before": row.outcome, "outcome": judged.value}
            people = {"evacuated_before": row.evacuated, "evacuated": moved}
            self._note(session, row, who, "outcome", words, **before, **people)

    def record_missed(self, place: str, at: datetime, note: str, evacuated: str = "") -> None:
        """Enter a flood that no alarm was raised for; `place` is "place_id/river_id"."""
        who = require(Right.OPERATE)
        names = {f"{row.place_id}/{row.river_id}": row.label for row in self.region.pack.exposures}
        words, now = paragraphs(note, TEXT_MAX), self.clock.now()
        if place not in names or not words or at > now:
            raise AlarmRefusedError(user_message=MISSED_NEEDS)
        name, moved = scope.of(self.clock), known_evacuation(evacuated).value
        row = AlarmRow(
            alarm_id=str(uuid.uuid4()), region_id=self.region.region_id, scope=name,
            alarm_key=f"{MISSED_RULE}:{place}", rule=MISSED_RULE, subject=place,
            name=names[place], severity=Severity.ALARM.value, standing=Standing.CLEAR.value,
            text=words, is_drill=scope.is_drill(name), opened_at=at, opened_wall_at=self.wall(),
            calling_since=at, ended_at=at, acknowledged_at=now, acknowledged_by=who.actor,
            closed_at=now, closed_wall_at=self.wall(), closed_by=who.actor,
            outcome=Outcome.MISSED.value, outcome_note=words, evacuated=moved,
        )  # fmt: skip
        with storing(self.sessions) as session:
            alarms.hold(session)
            alarms.add(session, row)
            self._note(
                session, row, who, "outcome", words, outcome=Outcome.MISSED.value,
                evacuated=moved,
            )  # fmt: skip

    def _open(self, session: Session, alarm_id: str) -> AlarmRow:
        alarms.hold(session)
        row = alarms.by_id(session, alarm_id)
        if row is None or not self._is_here(row) or row.closed_at is not None:
            raise UnknownAlarmError(alarm_id)
        return row

    def _is_here(self, row: AlarmRow) -> bool:
        """Tell whether an alarm is of this region and clock: a drill closes nothing real."""
        where = (self.region.region_id, scope.of(self.clock))
        return (row.region_id, row.scope) == where

    def _turn(
        self, session: Session, row: AlarmRow, version: int, values: dict[str, object]
    ) -> None:
        if not alarms.turn(session, row.alarm_id, version, **values):
            raise AlarmTakenError(user_message=_taken(row))

    def _note(
        self,
        session: Session,
        row: AlarmRow,
        who: Identity,
        kind: str,
        text: str,
        **details: object,
    ) -> None:
        now, wall = self.clock.now(), self.wall()
        entry = LogRow(row.alarm_id, kind, now, wall, who.actor, text, details)
        alarms.note(session, entry)
        from_alarms.tell(session, row, entry)
        audit.note(session, wall, who.actor, f"alarm-{kind}", row.alarm_id, key=row.alarm_key)


def _taken(row: AlarmRow) -> str:
    if row.acknowledged_by:
        return f"Diesen Alarm hat {row.acknowledged_by} gerade schon quittiert."
    word = SEVERITY_WORDS[Severity(row.severity)]
    return f"Der Alarm hat sich inzwischen geändert (jetzt: {word}). Bitte noch einmal ansehen."
