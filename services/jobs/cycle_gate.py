"""When a flood cycle runs: for each new reading at once, at the latest every minute, on one host.

Each process remembers what it has seen; the store says what another host has computed meanwhile.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data import leases, operation, runs
from data.engine import writing
from services.clock import Clock, ReplayClock, wall_now
from services.cycles import HEARD_AT, CycleService, heard_text
from services.renewal import HeldLease, renewed

LOG = logging.getLogger(__name__)
REST_S = 0.3
"""Pause after a cycle, so that readings that come together share the next one (estimate)."""
LEASE_FOR = timedelta(seconds=15)
"""So long a host that died keeps the others waiting (estimate); renewed while a cycle runs."""
LEAST_S = 2.0
"""Shortest time between two cycles without new readings, however fast a replay runs (estimate)."""
WORKER = "worker"


def nothing() -> None:
    """Do nothing after a cycle."""


@dataclass(slots=True)
class CycleGate:
    """Runs a cycle when one is due and no other process computes one."""

    sessions: sessionmaker[Session]
    cycles: CycleService
    clock: Clock
    cycle_seconds: float
    holder: str
    seconds: Callable[[], float] = time.monotonic
    after: Callable[[], None] = nothing
    """What is done with a cycle that was just stored, still under its lease."""
    _seen: datetime | None = field(default=None, init=False)
    _epoch: datetime | None = field(default=None, init=False)
    _began: float | None = field(default=None, init=False)

    def step(self) -> bool:
        """Run a cycle if one is due and tell whether it ran."""
        with self.sessions() as session:
            newest = operation.last_success(session, operation.INGEST)
        epoch = self.clock.epoch()
        if not self._is_due(newest, epoch) or not self._take():
            return False
        try:
            with renewed(HeldLease(self.sessions, self._lease, self.holder, LEASE_FOR)):
                has_run = self._run(newest, epoch)
        finally:
            self._release()
        self._began, self._seen, self._epoch = self.seconds(), newest, epoch
        return has_run

    def _is_due(self, newest: datetime | None, epoch: datetime | None) -> bool:
        if self._began is None:
            return True
        waited = self.seconds() - self._began
        if waited >= self._period():
            return True
        return (newest != self._seen or epoch != self._epoch) and waited >= REST_S

    def _period(self) -> float:
        """Return the longest time between two cycles, on the clock that counts."""
        if isinstance(self.clock, ReplayClock):
            return max(self.cycle_seconds / max(self.clock.view().speed, 1.0), LEAST_S)
        return self.cycle_seconds

    def _take(self) -> bool:
        with self.sessions() as session, session.begin():
            return leases.acquire(writing(session), self._lease, self.holder, wall_now(), LEASE_FOR)

    def _release(self) -> None:
        with self.sessions() as session, session.begin():
            leases.release(writing(session), self._lease, self.holder)

    @property
    def _lease(self) -> str:
        return f"zyklus:{self.cycles.region.region_id}"

    def _run(self, newest: datetime | None, epoch: datetime | None) -> bool:
        if self._another_has_done(newest, epoch):
            return False
        try:
            row = self.cycles.run()
        except OperationalError:
            raise
        except Exception as error:  # the edge: a bug must not end the watch, it is kept and shown
            LOG.exception("Der Zyklus ist fehlgeschlagen")
            self._report(ok=False, message=f"{type(error).__name__}: {error}")
            return True
        LOG.info("Zyklus %s, Stand %s", row.run_id, row.as_of.isoformat())
        self._report(ok=True, message=row.run_id)
        self._follow_up()
        return True

    def _follow_up(self) -> None:
        try:
            self.after()
        except OperationalError:
            raise
        except Exception as error:  # the edge: a bug there must not end the calculation
            LOG.exception("Nach dem Zyklus ist etwas fehlgeschlagen")
            self._report(ok=False, message=f"{type(error).__name__}: {error}")

    def _another_has_done(self, newest: datetime | None, epoch: datetime | None) -> bool:
        """Tell whether the newest stored cycle knows these readings and is not due again."""
        with self.sessions() as session:
            found = runs.newest_cycle(session, self.cycles.region.region_id, epoch)
        if found is None or found.parameters.get(HEARD_AT) != heard_text(newest):
            return False
        age_s = (wall_now() - found.started_at).total_seconds()
        return 0.0 <= age_s < self._period()

    def _report(self, *, ok: bool, message: str) -> None:
        with self.sessions() as session, session.begin():
            operation.report(writing(session), WORKER, wall_now(), ok=ok, message=message)
