"""Which all-clears were given, which of them still hold, and until when walls show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import all_clears
from services.alarms import scope
from services.alarms.model import Rule
from services.all_clear.model import REGION, AllClearView, view_of
from services.clock import Clock
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region

MOST = 20
SHOWN_FOR = timedelta(hours=12)
"""So long a wall shows an all-clear that no warning has ended (estimate: a shift)."""


@dataclass(frozen=True, slots=True)
class GivenClears:
    """Reads the all-clears of a region on one clock."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock

    def recent(self) -> tuple[AllClearView, ...]:
        """Return the last all-clears, the newest first; needs the right to watch."""
        require(Right.WATCH)
        place = (self.region.region_id, scope.of(self.clock))
        with Reading(self.sessions) as session:
            rows = all_clears.newest(session, *place, MOST)
            since = min((row.given_at for row in rows), default=None)
            warned = (
                all_clears.warned_since(session, *place, Rule.LEVEL.value, since) if since else []
            )
        return tuple(
            view_of(
                row,
                is_over=any(
                    at > row.given_at and _is_of(row.area, subject) for subject, at in warned
                ),
            )
            for row in rows
        )

    def current(self) -> tuple[AllClearView, ...]:
        """Return by area the newest all-clear that no warning has followed."""
        newest: dict[str, AllClearView] = {}
        for view in self.recent():
            newest.setdefault(view.area.key, view)
        return tuple(view for view in newest.values() if not view.is_over)


def shown_until(view: AllClearView) -> datetime:
    """Return until when walls show an all-clear, if no warning ends it before."""
    return view.given_at + SHOWN_FOR


def _is_of(area: str, subject: str) -> bool:
    return area in (REGION, subject.rpartition("/")[2])
