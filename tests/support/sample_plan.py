"""The alarm plan by hand: a board of one started stage, a desk that remembers, the real one."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from data.region_pack.measure_rows import MeasureRow
from services.alarm_plan.desk import AlarmPlanDesk
from services.alarm_plan.errors import MeasureTakenError
from services.alarm_plan.files import AlarmPlanFiles
from services.alarm_plan.model import PlanBoard, Proposal, StageView, Status, StepView
from services.alarm_plan.room import AlarmPlanRoom
from services.alarm_plan.service import AlarmPlanService
from services.flood.model import State
from services.people.identity import require
from services.people.model import Right
from tests.support import sample_water
from tests.support.sample_alarms import NOW, StandingClock


@dataclass
class Plan:
    """The real plan over one store; tests set the states of places."""

    sessions: Any
    region: Any
    clock: StandingClock = field(default_factory=StandingClock)
    states: dict[tuple[str, str], State] = field(default_factory=dict)

    def __post_init__(self):
        given = (self.sessions, self.region, self.clock, self.situation)
        reading = AlarmPlanService(*given)
        self.room = AlarmPlanRoom(
            reading=reading,
            desk=AlarmPlanDesk(*given, wall=self.clock.now),
            files=AlarmPlanFiles(reading, "Landkreis Test"),
        )

    def situation(self):
        calm = sample_water.situation("flood")
        views = [
            replace(view, state=self.states.get((view.place_id, view.river_id), State.OK))
            for view in calm.villages
        ]
        return replace(calm, villages=tuple(views))


def row(measure_id="m1", level="warnung", **changes):
    given = {
        "measure_id": measure_id,
        "level": level,
        "order": 1,
        "actor": "Feuerwehr",
        "what": f"Maßnahme {measure_id}",
        "maintained_by": "Test",
        "source": "Test",
        "confidence": "estimate",
    }
    return MeasureRow.model_validate(given | changes)


def step(step_id="s1", **changes):
    base = StepView(
        step_id=step_id,
        stage_id="g1",
        river_name="Nette",
        place_name="",
        level=State.WARNUNG,
        actor="Feuerwehr",
        what="Einsatzabschnitte bilden",
        precondition="Zufahrt ist frei",
        contact_role="Wehrleitung",
        document="",
        status=Status.OPEN,
        responsible="",
        note="",
        is_checked=False,
        begun_at=None,
        ended_at=None,
        changed_at=NOW,
        changed_by="Dienst crisis",
        version=1,
    )
    return replace(base, **changes)


def board(**changes):
    stage = StageView(
        stage_id="g1",
        river_name="Nette",
        level=State.WARNUNG,
        reason="vom Zustand vorgeschlagen",
        is_drill=True,
        started_at=NOW,
        started_by="Dienst crisis",
        closed_at=None,
        closed_by="",
        closing_note="",
        steps=(step(), step("s2", actor="Bauhof", what="Sandsäcke", status=Status.BEGUN)),
    )
    proposal = Proposal("elzbach", "Elzbach", State.ALARM, ("Monreal",), (row(),))
    made = PlanBoard(
        now=NOW,
        is_drill=True,
        is_provisional=True,
        proposals=(proposal,),
        stages=(stage,),
        closed=(),
    )
    return replace(made, **changes)


@dataclass
class FakePlanDesk:
    done: list[Any] = field(default_factory=list)
    is_taken: bool = False

    def start(self, river_id, level, reason=""):
        self._do("start", river_id, level, reason)
        return "g2"

    def change(self, step_id, version, change):
        self._do("change", step_id, version, change)

    def close(self, stage_id, remark=""):
        self._do("close", stage_id, remark)

    def _do(self, *what):
        require(Right.OPERATE)
        if self.is_taken:
            raise MeasureTakenError
        self.done.append(what)


@dataclass
class FakePlanReading:
    shown: PlanBoard = field(default_factory=board)

    def board(self):
        require(Right.WATCH)
        return self.shown

    def rivers(self):
        return (("nette", "Nette"), ("elzbach", "Elzbach"))

    def open_lines(self):
        return ()


def fake_plan():
    """Return a room whose desk remembers what was asked of it."""

    def sheet(_actor=""):
        require(Right.WATCH)
        return b"%PDF"

    def table():
        require(Right.WATCH)
        return "gewaesser\r\n"

    files = SimpleNamespace(csv=table, running_sheet=sheet)
    return SimpleNamespace(reading=FakePlanReading(), desk=FakePlanDesk(), files=files)
