"""What the wall of the operations room shows, all of one instant."""

from dataclasses import dataclass
from datetime import datetime

from services.alarm_plan.model import PlanBoard
from services.alarms.views import Board
from services.all_clear.model import AllClearView
from services.boundaries.outline import Ring
from services.duty_note.service import DutyNoteView
from services.rain_pictures.service import RainLoop
from services.situation.model import Situation
from services.situation.rivers import RiverLine, RiverWalk
from services.sources.views import WarningView


@dataclass(frozen=True, slots=True)
class OfficialWarnings:
    """Warnings of one service that hold; `heard_at`: when it last answered, None is never.

    `is_connected` False: the region has no such source.
    """

    warnings: tuple[WarningView, ...]
    heard_at: datetime | None
    is_heard: bool
    """Whether the source delivers: without it no warning is no all-clear."""
    is_connected: bool = True


@dataclass(frozen=True, slots=True)
class WallView:
    """The wall at one instant."""

    situation: Situation
    board: Board
    rivers: tuple[RiverLine, ...]
    walk: RiverWalk | None
    weather: OfficialWarnings
    floods: OfficialWarnings
    """Of the flood centres of the states."""
    rain: RainLoop
    rings: tuple[Ring, ...]
    """Outlines of the municipalities (lon, lat), for the ground of small maps."""
    note: DutyNoteView | None
    measures: PlanBoard
    clears: tuple[AllClearView, ...]
    """All-clears that hold, the newest first."""
    version: str
