"""The alarm plan as people see it: proposals of the state, started stages, what is open."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from data import alarm_plan
from data.alarm_plan import StageRow, StepRow
from services.alarm_plan.model import STATUS_WORDS, PlanBoard, StageView, Status, StepView
from services.alarm_plan.proposing import proposals
from services.alarms import scope
from services.clock import Clock
from services.flood.model import State
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region
from services.situation.model import Situation

CLOSED_SHOWN = 20
OPEN_MOST = 200
"""Stages that are open at once: a region has fewer rivers than that."""
PROVISIONAL = "estimate"
"""Word in the confidence of a row that nobody has confirmed yet."""


@dataclass(frozen=True, slots=True)
class AlarmPlanService:
    """Reads the plan of a region for who may watch."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    situation: Callable[[], Situation]

    def board(self) -> PlanBoard:
        """Return what is proposed, what is started, what was closed last."""
        require(Right.WATCH)
        situation = self.situation()
        name = scope.of(self.clock)
        region_id = self.region.region_id
        with Reading(self.sessions) as session:
            opened = alarm_plan.stages(session, region_id, name, OPEN_MOST, only_open=True)
            every = alarm_plan.stages(session, region_id, name, CLOSED_SHOWN, only_open=False)
            closed = [row for row in every if row.closed_at is not None]
            steps = alarm_plan.steps_of(session, [row.stage_id for row in (*opened, *closed)])
        ids = {row.stage_id for row in opened}
        started = {(step.river_id, step.measure_id) for step in steps if step.stage_id in ids}
        return PlanBoard(
            now=self.clock.now(),
            is_drill=scope.is_drill(name),
            is_provisional=any(PROVISIONAL in row.confidence for row in self.region.pack.measures),
            proposals=proposals(self.region.pack.measures, situation.villages, started),
            stages=tuple(self._stage(row, steps) for row in opened),
            closed=tuple(self._stage(row, steps) for row in closed),
        )

    def open_lines(self) -> tuple[str, ...]:
        """Return the open measures in words, for the report of a shift."""
        return tuple(
            f"{step.actor}: {step.what} ({step.river_name}; {STATUS_WORDS[step.status]}"
            f"{f', {step.responsible}' if step.responsible else ''})"
            for step in self.board().unfinished
        )

    def rivers(self) -> tuple[tuple[str, str], ...]:
        """Return id and name of the rivers that a stage may be started for."""
        return tuple((row.river_id, row.name) for row in self.region.pack.rivers)

    def _stage(self, row: StageRow, steps: list[StepRow]) -> StageView:
        rivers = dict(self.rivers())
        return StageView(
            stage_id=row.stage_id,
            river_name=rivers.get(row.river_id, row.river_id),
            level=State(row.level),
            reason=row.reason,
            is_drill=row.is_drill,
            started_at=row.started_at,
            started_by=row.started_by,
            closed_at=row.closed_at,
            closed_by=row.closed_by,
            closing_note=row.closing_note,
            steps=tuple(self._step(step) for step in steps if step.stage_id == row.stage_id),
        )

    def _step(self, row: StepRow) -> StepView:
        places = {place.place_id: place.name for place in self.region.pack.places}
        names = set(StepView.__slots__) - {"river_name", "place_name", "level", "status"}
        return StepView(
            **{name: getattr(row, name) for name in names},
            river_name=dict(self.rivers()).get(row.river_id, row.river_id),
            place_name=places.get(row.place_id, row.place_id),
            level=State(row.level),
            status=Status(row.status),
        )
