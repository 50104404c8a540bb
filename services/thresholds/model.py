"""What screens show of thresholds: what holds, what is proposed, what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.region_pack.columns import Level
from data.thresholds import Target
from services.thresholds.effect_model import Effect


class Status(StrEnum):
    """How far a change is."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes; without levels: back to the region pack.

    `based_on` is the version that the person saw; `valid_from` None means at once.
    """

    target: Target
    levels: Mapping[Level, float]
    owner: str
    reason: str
    based_on: int
    valid_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class CurrentView:
    """The levels of a gauge, or of a gauge for a place, as they hold now.

    `version` is that of the change, 0 for the pack; `newest` also counts changes that hold later.
    """

    target: Target
    name: str
    unit: str
    levels: Mapping[Level, float]
    owner: str
    since: str
    source: str
    provisional: bool
    version: int
    newest: int

    @property
    def key(self) -> str:
        """Return the target as one text."""
        return "/".join(self.target)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change with what it replaces."""

    change_id: str
    target: Target
    name: str
    unit: str
    before: Mapping[Level, float]
    levels: Mapping[Level, float]
    is_restore: bool
    owner: str
    reason: str
    valid_from: datetime
    based_on: int
    status: Status
    proposer: str
    proposer_id: str
    proposed_at: datetime
    version: int | None
    decider: str
    decided_at: datetime | None
    decision: str
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class ThresholdBoard:
    """Everything that the page of the thresholds shows."""

    current: tuple[CurrentView, ...]
    pending: tuple[ChangeView, ...]
    history: tuple[ChangeView, ...]
    name: str
    """The versions that hold, as runs keep them."""


def target_of(key: str) -> Target:
    """Return the target that a text names; rubbish names none."""
    parts = key.split("/")
    if len(parts) != 3:  # noqa: PLR2004  # gauge, place, river
        return "", "", ""
    return parts[0], parts[1], parts[2]
