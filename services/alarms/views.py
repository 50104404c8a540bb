"""What the pages of the operations room show of alarms: plain frozen views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.alarms.model import Severity, Standing


@dataclass(frozen=True, slots=True)
class NextCall:
    """Whom an unacknowledged alarm calls next, and when (event clock)."""

    at: datetime
    group: str
    step: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person noted at an alarm, and when (event clock)."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class AlarmView:
    """An alarm as lists show it; instants of the event clock where not named `wall`."""

    alarm_id: str
    rule: str
    subject: str
    name: str
    severity: Severity
    standing: Standing
    text: str
    is_drill: bool
    opened_at: datetime
    opened_wall_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    assigned_to: str
    closed_at: datetime | None
    closed_by: str
    outcome: str
    outcome_note: str
    evacuated: str
    version: int
    next_call: NextCall | None = None
    remarks: tuple[Remark, ...] = ()
    """Newest first."""

    @property
    def needs_action(self) -> bool:
        """Tell whether nobody has acknowledged it yet."""
        return self.closed_at is None and self.acknowledged_at is None


@dataclass(frozen=True, slots=True)
class AlarmGroup:
    """Alarms that are told together; one by itself has no river."""

    river_id: str
    river: str
    alarms: tuple[AlarmView, ...]

    @property
    def first(self) -> AlarmView:
        """Return the most urgent alarm."""
        return self.alarms[0]

    @property
    def severity(self) -> Severity:
        """Return the gravest severity."""
        return max((alarm.severity for alarm in self.alarms), key=lambda each: each.rank)

    @property
    def waiting(self) -> tuple[AlarmView, ...]:
        """Return the alarms that nobody has acknowledged."""
        return tuple(alarm for alarm in self.alarms if alarm.needs_action)


@dataclass(frozen=True, slots=True)
class Board:
    """The open alarms, the most urgent first, and who has the duty by role."""

    now: datetime
    alarms: tuple[AlarmView, ...]
    on_duty: Mapping[str, str]
    groups: tuple[AlarmGroup, ...] = ()
    """The same alarms, those of places on one river together."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How good the alarms of one subject, or of all, were; shares are None with too few cases.

    `pod` is hits of floods, `far` false ones of judged alarms, both of alarms and events as a
    person judged them. `evacuated` counts floods in which people were evacuated, `unsaid` those of
    which nobody said it; `evacuation` is the share among the others.
    """

    subject: str
    name: str
    hits: int
    late: int
    missed: int
    false: int
    others: int
    pod: float | None
    far: float | None
    evacuated: int
    unsaid: int
    evacuation: float | None

    @property
    def floods(self) -> int:
        """Return the local floods: warned in time, too late, or not at all."""
        return self.hits + self.late + self.missed


@dataclass(frozen=True, slots=True)
class Ledger:
    """Alarms with their outcomes, and the figures that follow."""

    now: datetime
    alarms: tuple[AlarmView, ...]
    figures: tuple[Figures, ...]
    years: tuple[Figures, ...]
    total: Figures
