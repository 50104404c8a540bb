"""What people do with the plan: start a stage, tick measures off, close a stage.

A state only proposes. Each change names the version of the measure that the person saw: of two who
tick at once one succeeds and the other is told. Each step stands in the journal.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import alarm_plan, audit
from data.alarm_plan import StageRow, StepRow
from data.region_pack.measure_rows import MeasureRow
from services.alarm_plan.errors import (
    MeasureRefusedError,
    MeasureTakenError,
    UnknownMeasureError,
)
from services.alarm_plan.model import NEXT, STATUS_WORDS, UNFINISHED, Status
from services.alarm_plan.proposing import due
from services.alarms import scope
from services.clock import Clock, wall_now
from services.flood.model import LEVELS, State
from services.journal.model import Entry, Kind
from services.journal.notes import note
from services.people.identity import require
from services.people.model import Identity, Right
from services.region import Region
from services.situation.model import Situation
from services.situation.state_words import STATE_WORDS
from services.storing import storing
from services.typed_text import one_line

NOTE_MAX = 500
NAME_MAX = 80
OPEN_MOST = 200
NOTHING_DUE = (
    "Für dieses Gewässer und diese Stufe ist alles schon gestartet, oder der Plan ist leer."
)
PROPOSED = "vom Zustand vorgeschlagen"
REASONLESS = "Bitte den Grund angeben: Kein Zustand schlägt diese Stufe vor."


@dataclass(frozen=True, slots=True)
class Change:
    """What a person says of a measure; `is_checked` confirms its precondition."""

    status: Status
    responsible: str = ""
    note: str = ""
    is_checked: bool = False

    def __post_init__(self) -> None:
        """Keep what others can read of the words."""
        object.__setattr__(self, "responsible", one_line(self.responsible, NAME_MAX))
        object.__setattr__(self, "note", one_line(self.note, NOTE_MAX))


@dataclass(frozen=True, slots=True)
class AlarmPlanDesk:
    """Changes the started stages of a region for people with the right to operate."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    situation: Callable[[], Situation]
    wall: Callable[[], datetime] = wall_now

    def start(self, river_id: str, level: str, reason: str = "") -> str:
        """Start what is due on a river up to a level; returns the id of the stage.

        Raises
        ------
        MeasureRefusedError
            When there is no such river or level, nothing is due that is not started, or a reason
            lacks and no state proposes the level.
        """
        who = require(Right.OPERATE)
        rivers = {row.river_id: row.name for row in self.region.pack.rivers}
        if river_id not in rivers or level not in LEVELS:
            raise MeasureRefusedError(user_message="Bitte Gewässer und Stufe wählen.")
        state = State(level)
        places = {
            village.place_id: village.state
            for village in self.situation().villages
            if village.river_id == river_id
        }
        words = one_line(reason, NOTE_MAX) or _proposed(state, places.values())
        plan = sorted(self.region.pack.measures, key=lambda row: (row.order, row.measure_id))
        stage = self._stage(who, river_id, state, words)
        with storing(self.sessions) as session:
            alarm_plan.hold(session)
            rows = due(plan, river_id, state, places, self._started(session))
            if not rows:
                raise MeasureRefusedError(user_message=NOTHING_DUE)
            alarm_plan.add(session, stage, self._steps(stage, rows))
            text = (
                f"Alarmplan {rivers[river_id]}, Stufe {STATE_WORDS[state]}, gestartet mit"
                f" {len(rows)} Maßnahmen: {words}"
            )
            self._note(session, who, text, "plan-start", stage.stage_id)
        return stage.stage_id

    def change(self, step_id: str, version: int, change: Change) -> None:
        """Say what has become of a measure as it was seen.

        Raises
        ------
        MeasureTakenError
            When somebody was faster.
        MeasureRefusedError
            When the way is none, a precondition is not confirmed, or a reason is missing.
        UnknownMeasureError
            When its stage is closed, or there is none.
        """
        who = require(Right.OPERATE)
        with storing(self.sessions) as session:
            alarm_plan.hold(session)
            row = self._open_step(session, step_id)
            if row.version != version:
                raise MeasureTakenError(user_message=_taken(row))
            _check(row, change)
            values = self._values(row, change, who)
            if not alarm_plan.turn(session, step_id, version, **values):
                raise MeasureTakenError(user_message=_taken(row))
            self._note(session, who, _sentence(row, change), "plan-schritt", step_id)

    def close(self, stage_id: str, remark: str = "") -> None:
        """Close a stage; with open measures only with a reason.

        Raises
        ------
        MeasureRefusedError
            When measures are open and nobody says why.
        UnknownMeasureError
            When it is closed already, or there is none.
        """
        who = require(Right.OPERATE)
        words = one_line(remark, NOTE_MAX)
        with storing(self.sessions) as session:
            alarm_plan.hold(session)
            row = alarm_plan.stage(session, self.region.region_id, stage_id)
            if row is None or row.closed_at is not None or row.scope != scope.of(self.clock):
                raise UnknownMeasureError(stage_id)
            steps = alarm_plan.steps_of(session, [stage_id])
            left = sum(Status(step.status) in UNFINISHED for step in steps)
            if left and not words:
                said = f"{left} Maßnahmen sind noch offen: Bitte notieren, warum trotzdem."
                raise MeasureRefusedError(user_message=said)
            alarm_plan.close(session, stage_id, self.clock.now(), who.actor, words)
            rivers = {river.river_id: river.name for river in self.region.pack.rivers}
            opened = f", {left} Maßnahmen offen" if left else ""
            text = (
                f"Alarmplan {rivers.get(row.river_id, row.river_id)},"
                f" Stufe {STATE_WORDS[State(row.level)]}, abgeschlossen{opened}"
            )
            said = f"{text}: {words}" if words else text
            self._note(session, who, said, "plan-ende", stage_id)

    def _started(self, session: Session) -> set[tuple[str, str]]:
        name = scope.of(self.clock)
        opened = alarm_plan.stages(session, self.region.region_id, name, OPEN_MOST, only_open=True)
        steps = alarm_plan.steps_of(session, [row.stage_id for row in opened])
        return {(step.river_id, step.measure_id) for step in steps}

    def _open_step(self, session: Session, step_id: str) -> StepRow:
        row = alarm_plan.step(session, self.region.region_id, step_id)
        if row is None or row.closed_at is not None or row.scope != scope.of(self.clock):
            raise UnknownMeasureError(step_id)
        return row

    def _stage(self, who: Identity, river_id: str, state: State, reason: str) -> StageRow:
        name = scope.of(self.clock)
        return StageRow(
            stage_id=str(uuid.uuid4()),
            region_id=self.region.region_id,
            scope=name,
            river_id=river_id,
            level=state.value,
            reason=reason,
            is_drill=scope.is_drill(name),
            started_at=self.clock.now(),
            started_wall_at=self.wall(),
            started_by=who.actor,
        )

    def _steps(self, stage: StageRow, rows: Iterable[MeasureRow]) -> list[StepRow]:
        return [
            StepRow(
                step_id=str(uuid.uuid4()),
                stage_id=stage.stage_id,
                region_id=stage.region_id,
                scope=stage.scope,
                river_id=stage.river_id,
                measure_id=row.measure_id,
                place_id=row.place_id or "",
                level=row.level,
                sort_order=row.order,
                actor=row.actor,
                what=row.what,
                precondition=row.precondition,
                contact_role=row.contact_role,
                document=row.document,
                status=Status.OPEN.value,
                changed_at=stage.started_at,
                changed_by=stage.started_by,
            )
            for row in rows
        ]

    def _values(self, row: StepRow, change: Change, who: Identity) -> dict[str, object]:
        now = self.clock.now()
        is_begun = change.status is Status.BEGUN
        is_over = change.status not in UNFINISHED
        is_back = change.status is Status.OPEN
        return {
            "status": change.status.value,
            "responsible": change.responsible or row.responsible,
            "note": change.note or row.note,
            "is_checked": False if is_back else change.is_checked or row.is_checked,
            "begun_at": now if is_begun else None if is_back else row.begun_at,
            "ended_at": now if is_over else None,
            "changed_at": now,
            "changed_by": who.actor,
        }

    def _note(self, session: Session, who: Identity, text: str, action: str, target: str) -> None:
        now, wall = self.clock.now(), self.wall()
        entry = Entry(
            region_id=self.region.region_id,
            scope=scope.of(self.clock),
            kind=Kind.MEASURE,
            text=text,
            happened_at=now,
            noted_at=now,
            wall_at=wall,
            actor=who.actor,
            person_id=who.person_id,
            details={"target": target},
        )
        note(session, entry)
        audit.note(session, wall, who.actor, action, target)


def _proposed(state: State, states: Iterable[State]) -> str:
    """Return the reason of what a state proposes anyway; the rest needs one of its own."""
    reached = [LEVELS.index(found) for found in states if found in LEVELS]
    if max(reached, default=-1) < LEVELS.index(state):
        raise MeasureRefusedError(user_message=REASONLESS)
    return PROPOSED


def _check(row: StepRow, change: Change) -> None:
    before = Status(row.status)
    if change.status not in NEXT[before]:
        words = f"Von „{STATUS_WORDS[before]}“ geht es nicht nach „{STATUS_WORDS[change.status]}“."
        raise MeasureRefusedError(user_message=words)
    is_begun = change.status is Status.BEGUN
    if is_begun and row.precondition and not (change.is_checked or row.is_checked):
        words = f"Bitte zuerst die Voraussetzung bestätigen: {row.precondition}."
        raise MeasureRefusedError(user_message=words)
    needs_reason = change.status in {Status.IMPOSSIBLE, Status.OPEN}
    if needs_reason and not change.note:
        raise MeasureRefusedError(user_message="Bitte notieren, warum.")


def _sentence(row: StepRow, change: Change) -> str:
    status = "wieder offen" if change.status is Status.OPEN else STATUS_WORDS[change.status]
    has = f" ({change.responsible})" if change.responsible else ""
    checked = f"; Voraussetzung bestätigt: {row.precondition}" if change.is_checked else ""
    said = f"; {change.note}" if change.note else ""
    return f"{row.actor}: {row.what} – {status}{has}{checked if row.precondition else ''}{said}"


def _taken(row: StepRow) -> str:
    word = STATUS_WORDS[Status(row.status)]
    return f"{row.changed_by} hat diese Maßnahme gerade schon geändert (jetzt: {word})."
