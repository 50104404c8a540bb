"""The watchdog: sees from outside of the worker whether anybody still computes.

It runs in the ingest process, so that a dead worker is noticed and calls still go out. The
calculation looks in return whether the watchdog does.
"""

import logging
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from data import heartbeats, operation, runs
from data.engine import writing
from data.operation import SourceRow
from services.alarms.from_health import Vitals, system_conditions
from services.alarms.keeper import AlarmKeeper
from services.alarms.model import WATCHDOG_RULES
from services.clock import wall_now
from services.emergency_list.keeper import NAME as PAPER
from services.health.service import HealthService
from services.host_clock.check import found_in
from services.host_clock.model import SOURCE as CLOCK
from services.host_clock.model import ClockFinding
from services.jobs.model import STATE

LOG = logging.getLogger(__name__)
WATCHDOG = "waechter"
"""Source under which the watchdog notes that it has looked."""
CLOCK_OLD_S = 600.0
"""A comparison of clocks that is older says nothing of now (estimate): it is made each minute."""
LOOK_S = 5.0
"""How often it looks (estimate): calls of the escalation chain are late by no more."""


@dataclass(slots=True)
class Watchdog:
    """Looks at calculation, spool and disk of one installation."""

    keeper: AlarmKeeper
    health: HealthService
    folder: Path
    wall: Callable[[], datetime] = wall_now
    seconds: Callable[[], float] = time.monotonic
    _began_s: float | None = field(default=None, init=False)
    _epoch: datetime | None = field(default=None, init=False)

    def run_forever(self, stop: threading.Event) -> None:
        """Look until told to stop; whatever fails is logged and tried again."""
        while not stop.is_set():
            try:
                self.look()
            except DatabaseError as error:
                LOG.warning("Der Wächter erreicht die Datenbank nicht: %s", error.orig)
            except Exception:  # the edge: nothing may end the watch
                LOG.exception("Der Wächter ist gestolpert und sieht weiter nach")
            stop.wait(LOOK_S)

    def look(self) -> int:
        """Look once; returns how many alarms changed."""
        keeper = self.keeper
        epoch = keeper.clock.epoch()
        if self._began_s is None or epoch != self._epoch:
            self._began_s, self._epoch = self.seconds(), epoch
        with keeper.sessions() as session:
            run = runs.newest_cycle(session, keeper.region.region_id, epoch)
            proven_at = heartbeats.last_proven(session, keeper.region.region_id)
            states = {row.source: row for row in operation.sources(session)}
        paper = states.get(f"{STATE}{PAPER}")
        clock = states.get(CLOCK)
        finished_at = run.finished_at if run else None
        vitals = Vitals(
            run_age_s=None if finished_at is None else self._age_s(finished_at),
            watched_s=self.seconds() - self._began_s,
            spool=self.health.waiting(),
            disk_free_share=self._disk_free(),
            beat_age_s=None if proven_at is None else self._age_s(proven_at),
            paper_age_s=self._paper_age_s(paper),
            paper_fault=_fault(paper),
            clock=self._clock(clock),
        )
        changes = keeper.look(system_conditions(vitals, keeper.policy), WATCHDOG_RULES)
        with keeper.sessions.begin() as session:
            operation.report(writing(session), WATCHDOG, self.wall(), ok=True)
        return changes

    def _paper_age_s(self, row: SourceRow | None) -> float | None:
        return (
            None if row is None or row.last_success_at is None else self._age_s(row.last_success_at)
        )

    def _clock(self, row: SourceRow | None) -> ClockFinding | None:
        """Return the last comparison; an old one says nothing of now."""
        if row is None or row.last_success_at is None:
            return None
        is_old = self._age_s(row.last_success_at) > CLOCK_OLD_S
        return None if is_old else found_in(row.message)

    def _age_s(self, at: datetime) -> float:
        return max((self.wall() - at).total_seconds(), 0.0)

    def _disk_free(self) -> float:
        usage = shutil.disk_usage(self.folder)
        return usage.free / usage.total if usage.total else 0.0


def _fault(row: SourceRow | None) -> str:
    """Return what a job said at its last attempt, if that failed."""
    if row is None or row.last_failure_at is None:
        return ""
    is_last = row.last_success_at is None or row.last_failure_at > row.last_success_at
    return row.message if is_last else ""
