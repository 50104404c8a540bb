"""What was known at an instant: the run that was newest then, its values and ages, beside today's.

A run says what people saw; the store says which version of its readings had been received by then
and which holds today. So a value that was corrected later stands there as it was known, marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import alarms, runs, things
from data.alarms import AlarmRow, LogRow
from services.alarms import scope
from services.alarms.model import Severity
from services.alarms.words import title_of
from services.archive.reading import NO_ARCHIVE, SeriesReader
from services.clock import Clock
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region
from services.run_results import gauge_result, village_result
from services.situation import headline
from services.situation.gauges import gauge_views
from services.situation.model import GaugeView, VillageView
from services.situation.villages import village_views

CALLS_ANEW = frozenset({"opened", "raised", "reopened"})
"""What happens to an alarm so that an acknowledgement from before counts no more."""
RUN_GAP = timedelta(minutes=20)
"""Beyond a run every quarter of an hour, which is what is kept of old ones (with some tolerance,
estimate): the run is then too old to say what people saw."""
NO_RUN = "Aus dieser Zeit ist keine Berechnung gespeichert"


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A gauge as it was known: `view` by the run, and its reading in the store then and today."""

    view: GaugeView
    then: float | None
    today: float | None

    @property
    def is_changed(self) -> bool:
        """Tell whether the reading was corrected or withdrawn since."""
        return self.view.observed_at is not None and self.then != self.today


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The situation as it was known at `at`; without a run there are no views of it."""

    at: datetime
    run_id: str | None
    run_at: datetime | None
    headline: str
    subline: str
    gauges: tuple[KnownValue, ...]
    villages: tuple[VillageView, ...]
    alarms: tuple[str, ...]

    @property
    def is_far(self) -> bool:
        """Tell whether the run is much older than the instant that was asked for."""
        return self.run_at is not None and self.at - self.run_at > RUN_GAP

    @property
    def silent(self) -> tuple[GaugeView, ...]:
        """Return the gauges that should have spoken and did not."""
        return tuple(known.view for known in self.gauges if known.view.is_silent)


@dataclass(frozen=True, slots=True)
class KnowledgeService:
    """Answers what was known at an instant of the event clock."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    reader: SeriesReader = NO_ARCHIVE

    def at(self, instant: datetime) -> Knowledge:
        """Return what was known then; needs the right to watch."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            region_id, name = self.region.region_id, scope.of(self.clock)
            opened = alarms.open_at(session, region_id, name, instant)
            logs = alarms.logs_until(session, [row.alarm_id for row in opened], instant)
            titles = tuple(
                _title(row, [said for said in logs if said.alarm_id == row.alarm_id])
                for row in opened
            )
            run = runs.cycle_at(session, region_id, instant, self.clock.epoch())
            if run is None:
                return Knowledge(instant, None, None, NO_RUN, "", (), (), titles)
            gauges = {
                item.gauge_id: item
                for item in map(gauge_result, runs.gauge_details(session, run.run_id))
            }
            villages = {
                (item.place_id, item.river_id): item
                for item in map(village_result, runs.village_details(session, run.run_id))
            }
            views = gauge_views(self.region, gauges, {}, instant)
            heard = tuple(view for view in views if view.is_connected)
            numbers = things.ids(session)
            known = tuple(self._known(session, view, instant, numbers) for view in heard)
        places = village_views(self.region, villages, instant)
        return Knowledge(
            instant,
            run.run_id,
            run.as_of,
            headline.headline(places, instant),
            headline.subline(places, heard, run.as_of),
            known,
            places,
            titles,
        )

    def _known(
        self, session: Session, view: GaugeView, instant: datetime, numbers: Mapping[str, int]
    ) -> KnownValue:
        kind = "stage" if view.unit == "m" else "discharge"
        number = numbers.get(f"{view.gauge_id}/{kind}")
        measured = view.observed_at
        if number is None or measured is None:
            return KnownValue(view, None, None)
        then = self.reader.known_at(session, number, measured, measured, instant)
        today = self.reader.window(session, number, measured, measured, 1)
        return KnownValue(view, then[0][1] if then else None, today[0][1] if today else None)


def _title(row: AlarmRow, happened: Sequence[LogRow]) -> str:
    """Return an alarm as it stood: its log up to the instant tells severity and who had seen it."""
    severity, seen_by = row.severity, ""
    for said in happened:
        severity = str(said.details.get("severity", severity))
        if said.kind == "acknowledged":
            seen_by = said.actor
        elif said.kind in CALLS_ANEW:
            seen_by = ""
    title = title_of(Severity(severity), row.rule, row.name, is_drill=False)
    return f"{title} ({f'quittiert von {seen_by}' if seen_by else 'nicht quittiert'})"
