"""Gathers what the wall shows; many screens that ask at once share one reading of the store."""

from dataclasses import dataclass

from services.alarm_plan.service import AlarmPlanService
from services.alarms.service import AlarmService
from services.all_clear.given import GivenClears
from services.boundaries.service import BoundaryService
from services.cache_policy import Remember, forget_at_once
from services.duty_note.service import DutyNotes
from services.flood.model import State
from services.ingestion.dwd_cap import source as dwd_cap
from services.ingestion.lhp_alerts import source as lhp_alerts
from services.journal.service import JournalService
from services.people.identity import require
from services.people.model import Right
from services.rain_pictures.service import RainPictures
from services.situation.model import Situation
from services.situation.service import SituationService
from services.sources.kinds import KINDS
from services.sources.service import SourceService
from services.sources.views import SourceState, SourcesView
from services.wall.model import OfficialWarnings, WallView

URGENCY = (State.ALARM, State.WARNUNG, State.VORALARM, State.UNBEKANNT, State.OK)


@dataclass(frozen=True, slots=True)
class WallService:
    """The view of the wall, made of what the other services know."""

    situation: SituationService
    alarms: AlarmService
    notes: DutyNotes
    rain: RainPictures
    sources: SourceService
    boundaries: BoundaryService
    plan: AlarmPlanService
    journal: JournalService
    clears: GivenClears
    remember: Remember = forget_at_once

    def version(self) -> str:
        """Return a text that changes when the wall has something new; needs the right to watch."""
        require(Right.WATCH)
        parts = (self.situation, self.alarms, self.notes, self.journal, self.sources)
        return "-".join(part.version() for part in parts)

    def view(self) -> WallView:
        """Return everything on the wall; needs the right to watch."""
        require(Right.WATCH)
        version = self.version()
        return self.remember("wall.view", version, lambda: self._read(version))

    def _read(self, version: str) -> WallView:
        situation = self.situation.situation()
        found = self.sources.view()
        river = most_urgent_river(situation, self.situation.walk_rivers())
        return WallView(
            situation=situation,
            board=self.alarms.board(),
            rivers=self.situation.river_lines(),
            walk=self.situation.walk(river) if river else None,
            weather=official(found, dwd_cap.NAME),
            floods=official(found, lhp_alerts.NAME),
            rain=self.rain.loop(),
            rings=self.boundaries.outline(),
            note=self.notes.current(),
            measures=self.plan.board(),
            clears=self.clears.current(),
            version=version,
        )


def official(found: SourcesView, kind: str) -> OfficialWarnings:
    """Return the warnings of one kind of source, and since when it has been heard."""
    sources = [each for each in found.sources if each.kind == KINDS[kind].title]
    own = {each.source_id for each in sources}
    heard = [each for each in sources if each.state is SourceState.OK]
    times = [each.success_at for each in sources if each.success_at is not None]
    return OfficialWarnings(
        warnings=tuple(item for item in found.warnings if item.source_id in own),
        heard_at=max(times, default=None),
        is_heard=bool(heard),
        is_connected=bool(sources),
    )


def most_urgent_river(situation: Situation, rivers: tuple[tuple[str, str], ...]) -> str:
    """Return the river whose places are in the gravest state, soonest first; "" without rivers."""

    def urgency(river_id: str) -> tuple[int, float]:
        own = [village for village in situation.villages if village.river_id == river_id]
        states = [URGENCY.index(village.state) for village in own if village.has_gauge_above]
        minutes = [
            village.result.usable_p10_min
            for village in own
            if village.result is not None and village.result.usable_p10_min is not None
        ]
        return min(states, default=len(URGENCY)), min(minutes, default=float("inf"))

    return min((river_id for river_id, _ in rivers), key=urgency, default="")
