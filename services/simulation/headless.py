"""A replay without screens: steps through an event as fast as it computes, on the real chain."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import runs
from data.region_pack.scenarios import Scenario
from services.clock import SteppedClock
from services.cycles import CycleService
from services.flood.model import VillageResult
from services.flood.published import Basis, published
from services.ingestion.spool import Spool
from services.region import Region
from services.run_results import village_result
from services.simulation.player import messages_of


@dataclass(frozen=True, slots=True)
class Step:
    """One stored cycle of a headless replay."""

    at: datetime
    run_id: str
    villages: tuple[VillageResult, ...]
    published: tuple[Mapping[str, object], ...]
    """The same results under the names of the method, with what they were computed with."""


@dataclass(frozen=True, slots=True)
class HeadlessReplay:
    """Everything a headless replay needs; `drain` empties the spool into the store."""

    region: Region
    cycles: CycleService
    clock: SteppedClock
    spool: Spool
    drain: Callable[[], int]

    def play(self, scenario: Scenario, step: timedelta) -> Iterator[Step]:
        """Yield a step for each stored cycle from the event's `play_from` to its end."""
        waiting = messages_of(self.region, scenario)
        at, position = scenario.play_from, 0
        while at <= scenario.end:
            due = position
            while due < len(waiting) and waiting[due].received_at <= at:
                due += 1
            self.spool.put(waiting[position:due])
            self.drain()
            position = due
            self.clock.instant = at
            row = self.cycles.run()
            villages = self._villages(row.run_id)
            basis = Basis(row.as_of, row.model_version, row.config_hash, row.posterior_version)
            named = tuple(published(village, basis) for village in villages)
            yield Step(at, row.run_id, villages, named)
            at += step

    def _villages(self, run_id: str) -> tuple[VillageResult, ...]:
        with self.cycles.sessions() as session:
            return tuple(map(village_result, runs.village_details(session, run_id)))
