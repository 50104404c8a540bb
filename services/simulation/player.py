"""Plays a named event: hands the due uplinks to the ingest spool, like any other source."""

import logging
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from data import replays
from data.engine import writing
from data.region_pack.scenarios import Scenario
from services.clock import ReplayClock
from services.ingestion.spool import Spool, SpooledMessage
from services.region import Region
from services.simulation.air import VirtualAir
from services.simulation.replay import begin_replay, find_scenario
from services.simulation.sensors import virtual_readings
from services.simulation.truth import build_truth, run_truth
from services.simulation.uplinks import simulated_messages

LOG = logging.getLogger(__name__)
BATCH = 500


def messages_of(region: Region, scenario: Scenario) -> list[SpooledMessage]:
    """Return all uplinks of an event in order of receipt."""
    course = run_truth(build_truth(region.pack), scenario)
    gauges = {row.gauge_id: row for row in region.pack.gauges}
    readings = virtual_readings(course, scenario, gauges, region.sensors)
    air = VirtualAir(gauges, region.pack.gateways)
    return sorted(
        simulated_messages(readings, region.sensors, air), key=lambda message: message.received_at
    )


def as_they_are(
    _replay: replays.ReplayRow, due: Sequence[SpooledMessage]
) -> Sequence[SpooledMessage]:
    """Send what is due, and nothing else."""
    return due


@dataclass(slots=True)
class Player:
    """Puts the uplinks of the current replay into the spool when their time has come."""

    region: Region
    spool: Spool
    clock: ReplayClock
    messages: Callable[[Region, Scenario], Sequence[SpooledMessage]] = messages_of
    sent: Callable[[replays.ReplayRow, Sequence[SpooledMessage]], Sequence[SpooledMessage]] = (
        as_they_are
    )
    """What is really sent of the messages that are due."""
    _replay_id: int | None = field(default=None, init=False)
    _messages: Sequence[SpooledMessage] = field(default=(), init=False)
    _received: list[datetime] = field(default_factory=list, init=False)
    _next: int = field(default=0, init=False)

    def step(self) -> int:
        """Hand over what is due and return how many messages that were."""
        row = self.clock.replay()
        if row is None:
            return 0
        if row.replay_id != self._replay_id:
            self._load(row)
        due = bisect_right(self._received, self.clock.now())
        sent = self.sent(row, self._messages[self._next : due])
        for start in range(0, len(sent), BATCH):
            self.spool.put(sent[start : start + BATCH])
        count, self._next = due - self._next, due
        return count

    def is_over(self) -> bool:
        """Tell whether the event has been played to its end."""
        row = self.clock.replay()
        return row is not None and self.clock.now() >= row.event_end

    def restart(self) -> None:
        """Play the same event again from its beginning."""
        row = self.clock.replay()
        if row is not None:
            scenario = find_scenario(self.region.scenarios, row.scenario)
            begin_replay(self.clock.sessions, scenario, row.speed, row.event_start)

    def _load(self, row: replays.ReplayRow) -> None:
        if self._replay_id is not None:
            self._forget_earlier()
        scenario = find_scenario(self.region.scenarios, row.scenario)
        self._messages = self.messages(self.region, scenario)
        self._received = [message.received_at for message in self._messages]
        self._next, self._replay_id = 0, row.replay_id
        LOG.info("Nachstellung „%s“: %d Meldungen", scenario.title, len(self._messages))

    def _forget_earlier(self) -> None:
        """Forget again: messages of the event before were under way when this one began."""
        self.spool.clear()
        with self.clock.sessions() as session, session.begin():
            replays.purge(writing(session))
