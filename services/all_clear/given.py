"""Which all-clears were given, which of them still hold, and until when walls show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import all_clears
from services.alarms import scope
from services.alarms.model import Rule
from services.all_clear.model import REGION, AllClearView, view_of
from services.clock import Clock
from services.flood.model import LEVELS
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region
from services.situation.model import VillageView

MOST = 20
ENDING = (Rule.LEVEL.value, Rule.RISE.value, Rule.LOST_RISING.value)
"""Alarms about water that is coming: each new one of the area ends an all-clear."""
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
            warned = all_clears.warned_since(session, *place, ENDING, since) if since else []
        return tuple(
            view_of(
                row,
                is_over=any(
                    at > row.given_at and self._is_of(row.area, subject) for subject, at in warned
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

    def _is_of(self, area: str, subject: str) -> bool:
        """Tell whether an alarm about a place ("place/river") or a gauge is one of the area."""
        rivers = {row.gauge_id: row.river_id for row in self.region.pack.gauges}
        return area in (REGION, rivers.get(subject, subject.rpartition("/")[2]))


def warned_in(view: AllClearView, villages: Iterable[VillageView]) -> tuple[VillageView, ...]:
    """Return the places of its area that are warned now, the gravest first.

    An alarm that was there before, and has not grown, ends no all-clear that was given against it:
    what it is worth then is for people to see.
    """
    key = view.area.key
    own = (village for village in villages if key in (REGION, village.river_id))
    found = [village for village in own if village.exposed and village.state in LEVELS]
    return tuple(sorted(found, key=lambda village: -LEVELS.index(village.state)))


def shown_until(view: AllClearView) -> datetime:
    """Return until when walls show an all-clear, if no warning ends it before."""
    return view.given_at + SHOWN_FOR
