"""Reads what happened in the drill of a store and compares it with what came."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import drill_acts, replays
from services.alarms import scope
from services.alarms.model import Rule
from services.clock import event_time, wall_now
from services.drills.errors import NotInDrillError
from services.drills.evaluation import CALLING, TAKING, Evaluation, calls_of, missed_of
from services.drills.event import DrillEvent
from services.people.model import ROLE_WORDS, Role
from services.reading import Reading
from services.region import Region

PEOPLE_DECIDE = frozenset({Rule.LEVEL, Rule.RISE, Rule.LOST_RISING, Rule.SILENT})
"""Alarms of the event itself; those of devices and of the machine are no part of a drill."""


@dataclass(frozen=True, slots=True)
class EvaluationService:
    """Evaluates the replay that is being played; `event` knows when the water really came."""

    sessions: sessionmaker[Session]
    region: Region
    event: DrillEvent
    wall: Callable[[], datetime] = wall_now

    def evaluation(self, *, is_final: bool) -> Evaluation:
        """Return the drill in figures; before its end nothing is told of what has yet to come."""
        region_id = self.region.region_id
        with Reading(self.sessions) as session:
            row = replays.current(session)
            if row is None:
                raise NotInDrillError
            name = f"{scope.REPLAY}:{row.started_at.isoformat()}"
            log = drill_acts.calls(session, region_id, name, (*CALLING, *TAKING))
            stages = drill_acts.stages(session, region_id, name)
            drafts = drill_acts.drafts(session, region_id, name)
            messages = drill_acts.messages(session, region_id)
            accounts = drill_acts.roles(session)
        now = event_time(row, self.wall())
        kept = [entry for entry in log if entry.rule in PEOPLE_DECIDE]
        roles = {person: ROLE_WORDS[Role(role)] for person, role in accounts.items()}

        def came(place: str, level: str) -> datetime | None:
            at = self.event.came(place, level)
            return at if at is not None and (is_final or at <= now) else None

        calls = calls_of(kept, came, roles, messages, stages)
        ids = {call.alarm_id for call in calls}
        return Evaluation(
            title=self.event.scenario.title,
            until=now,
            is_final=is_final,
            knows_truth=self.event.reached is not None,
            calls=calls,
            missed=missed_of(self._reached(row.event_start, now), calls, self._names()),
            measures=tuple(stages),
            drafts=tuple(drafts),
            messages=sum(number for alarm_id, number in messages.items() if alarm_id in ids),
        )

    def _reached(self, start: datetime, end: datetime) -> dict[str, dict[str, datetime]]:
        """Return what came while the drill was played."""
        return {
            place: {level: at for level, at in levels.items() if start <= at <= end}
            for place, levels in (self.event.reached or {}).items()
        }

    def _names(self) -> dict[str, str]:
        rows = self.region.pack.exposures
        return {f"{row.place_id}/{row.river_id}": row.label for row in rows}
