"""What the alarm plan is made of: states of a measure, proposals, what people see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.region_pack.measure_rows import MeasureRow
from services.flood.model import State


class Status(StrEnum):
    """What has become of a measure."""

    OPEN = "offen"
    BEGUN = "begonnen"
    DONE = "erledigt"
    IMPOSSIBLE = "nicht-moeglich"


STATUS_WORDS: Mapping[Status, str] = {
    Status.OPEN: "offen",
    Status.BEGUN: "begonnen",
    Status.DONE: "erledigt",
    Status.IMPOSSIBLE: "nicht möglich",
}
NEXT: Mapping[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.BEGUN, Status.IMPOSSIBLE}),
    Status.BEGUN: frozenset({Status.DONE, Status.IMPOSSIBLE, Status.OPEN}),
    Status.DONE: frozenset({Status.OPEN}),
    Status.IMPOSSIBLE: frozenset({Status.OPEN}),
}
"""Where a measure may go from each state; back to open only with a note, which stands there."""
UNFINISHED = frozenset({Status.OPEN, Status.BEGUN})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the plan proposes for a river: the rows that are due and not yet started.

    `places` are the names of the places whose state proposes it.
    """

    river_id: str
    river_name: str
    level: State
    places: tuple[str, ...]
    rows: tuple[MeasureRow, ...]

    @property
    def actors(self) -> tuple[str, ...]:
        """Return who has something to do, by name."""
        return tuple(sorted({row.actor for row in self.rows}))


@dataclass(frozen=True, slots=True)
class StepView:
    """A measure as lists show it. Instants of the event clock."""

    step_id: str
    stage_id: str
    river_name: str
    place_name: str
    level: State
    actor: str
    what: str
    precondition: str
    contact_role: str
    document: str
    status: Status
    responsible: str
    note: str
    is_checked: bool
    begun_at: datetime | None
    ended_at: datetime | None
    changed_at: datetime
    changed_by: str
    version: int

    @property
    def is_unfinished(self) -> bool:
        """Tell whether somebody has still to do it."""
        return self.status in UNFINISHED


@dataclass(frozen=True, slots=True)
class StageView:
    """A started stage with its measures in the order of the plan."""

    stage_id: str
    river_name: str
    level: State
    reason: str
    is_drill: bool
    started_at: datetime
    started_by: str
    closed_at: datetime | None
    closed_by: str
    closing_note: str
    steps: tuple[StepView, ...]

    @property
    def unfinished(self) -> tuple[StepView, ...]:
        """Return the measures that somebody has still to do."""
        return tuple(step for step in self.steps if step.is_unfinished)


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """What is proposed and what was started; `is_provisional` while the plan is our own guess."""

    now: datetime
    is_drill: bool
    is_provisional: bool
    proposals: tuple[Proposal, ...]
    stages: tuple[StageView, ...]
    closed: tuple[StageView, ...]

    @property
    def unfinished(self) -> tuple[StepView, ...]:
        """Return all measures that somebody has still to do, those that were begun first."""
        found = [step for stage in self.stages for step in stage.unfinished]
        return tuple(sorted(found, key=lambda step: step.status is not Status.BEGUN))
