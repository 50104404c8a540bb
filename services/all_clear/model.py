"""What an all-clear rests on: what the machine checks, what only people can confirm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.all_clears import ClearRow

CALM_FOR = timedelta(minutes=60)
"""So long all gauges must have stood below their first level (estimate: as long as a state waits
before it falls, METHOD G.3)."""
STEP = timedelta(minutes=45)
"""Between two readings that are further apart nothing is known (METHOD B.9)."""
REGION = "__region__"
"""The area of an all-clear for the whole region."""


class Duty(StrEnum):
    """What only people can confirm."""

    SEEN = "begehung"
    CALLED = "ruecksprache"
    LOW_POINTS = "keller"


DUTY_WORDS: Mapping[Duty, str] = {
    Duty.SEEN: "Ortsbegehung: Das Wasser ist zurückgegangen",
    Duty.CALLED: "Rücksprache mit Leitstelle und Feuerwehr ist erfolgt",
    Duty.LOW_POINTS: "Tiefe Stellen, Unterführungen und Brücken sind geprüft",
}


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """One condition that the machine checks; unknown is not fulfilled."""

    name: str
    is_met: bool
    words: str


@dataclass(frozen=True, slots=True)
class Area:
    """A river, or the whole region, that an all-clear can be given for."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine says now of an area; a text to begin with where nothing is open, else ""."""

    area: Area
    checks: tuple[MachineCheck, ...]
    text: str

    @property
    def is_met(self) -> bool:
        """Tell whether every condition of the machine is fulfilled."""
        return all(check.is_met for check in self.checks)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to give: area, text, confirmed duties, reason where a check fails."""

    area: str
    text: str
    confirmed: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AllClearView:
    """An all-clear that was given; `is_over` once a warning came after it."""

    clear_id: int
    area: Area
    given_at: datetime
    author: str
    text: str
    failed: tuple[str, ...]
    confirmed: tuple[str, ...]
    reason: str
    is_over: bool


def view_of(row: ClearRow, *, is_over: bool) -> AllClearView:
    """Return a stored all-clear as screens show it."""
    return AllClearView(
        clear_id=row.clear_id,
        area=Area(row.area, row.area_name),
        given_at=row.given_at,
        author=row.author,
        text=row.text,
        failed=tuple(str(check["words"]) for check in row.checks if not check["is_met"]),
        confirmed=tuple(DUTY_WORDS[Duty(key)] for key in row.confirmed),
        reason=row.override_reason,
        is_over=is_over,
    )
