"""Warning drafts from the situation, and the CAP alerts of the weather service."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import alerts, runs
from data.alerts import AlertRow
from services.errors import UnknownResourceError
from services.flood.model import State
from services.reading import Reading
from services.region import Region
from services.site import SiteInfo
from services.situation.levels import own_level
from services.situation.model import Situation, VillageView
from services.situation.service import SituationService
from services.warnings.model import WARNING_STATES, CapReference, VillageWarning, WarningSet


@dataclass(frozen=True, slots=True)
class WarningService:
    """States at or above Voralarm as drafts: each change of state is a message of its own."""

    sessions: sessionmaker[Session]
    region: Region
    situation: SituationService
    site: SiteInfo

    def warnings(self) -> WarningSet:
        """Return the drafts of now, the most urgent first."""
        found = self.situation.situation()
        with Reading(self.sessions) as session:
            made = tuple(
                self._warning(session, view, found)
                for view in found.villages
                if view.state in WARNING_STATES and view.result is not None
            )
        return WarningSet(
            at=found.clock.now,
            run_id=found.run_id,
            run_at=found.run_at,
            is_stale=found.is_stale,
            is_simulated=self.site.is_demo,
            operator=self.site.operator,
            official_name=self.site.official_name,
            official_url=self.site.official_url,
            warnings=made,
        )

    def one(self, place_id: str, river_id: str) -> tuple[WarningSet, VillageWarning]:
        """Return the draft of a village on a river, and the set that it is of.

        Raises
        ------
        UnknownResourceError
            When there is no warning for it at present.
        """
        every = self.warnings()
        for warning in every.warnings:
            if (warning.place_id, warning.river_id) == (place_id, river_id):
                return every, warning
        words = "Für diesen Ort an diesem Gewässer gibt es zurzeit keine Warnung."
        raise UnknownResourceError(place_id, user_message=words)

    def alerts(self) -> tuple[datetime, list[AlertRow]]:
        """Return the instant of the clock and the CAP alerts of others that hold then."""
        now = self.situation.clock.now()
        with Reading(self.sessions) as session:
            return now, alerts.holding_at(session, now)

    def _warning(self, session: Session, view: VillageView, found: Situation) -> VillageWarning:
        result = view.result
        if result is None or found.run_id is None or found.run_at is None:
            raise RuntimeError("a warning without a run")
        since = result.state_since
        time = own_level(result, found.clock.now)
        ags = next(row.ags for row in self.region.pack.places if row.place_id == view.place_id)
        return VillageWarning(
            key=self._key(view, view.state, since),
            replaces=self._before(session, view, since),
            place_id=view.place_id,
            river_id=view.river_id,
            name=view.name,
            river=view.river_name,
            ags=ags,
            lat=view.lat,
            lon=view.lon,
            state=view.state,
            since=since,
            earliest=result.earliest,
            likely=result.likely,
            latest=result.latest,
            usable_p10_min=result.usable_p10_min,
            is_held=result.held_since is not None,
            confidence=result.confidence,
            sentence=result.sentence,
            run_id=found.run_id,
            run_at=found.run_at,
            is_reached=time is not None and time.reached_at is not None,
        )

    def _before(self, session: Session, view: VillageView, since: datetime) -> CapReference | None:
        """Return the message of the state before, if that was a warning too."""
        epoch = self.situation.clock.epoch()
        found = runs.state_before(session, view.place_id, view.river_id, since, epoch)
        if found is None or found[0] not in WARNING_STATES:
            return None
        return self._key(view, State(found[0]), found[1])

    def _key(self, view: VillageView, state: State, since: datetime) -> CapReference:
        region_id = self.region.region_id
        name = f"{region_id}.{view.place_id}.{view.river_id}.{state.value}"
        return CapReference(f"regionalcockpit.{region_id}", f"{name}.{since:%Y%m%dT%H%M%S}", since)
