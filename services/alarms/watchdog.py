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

from data import operation, runs
from data.engine import writing
from services.alarms.from_health import Vitals, system_conditions
from services.alarms.keeper import AlarmKeeper
from services.alarms.model import WATCHDOG_RULES
from services.clock import wall_now
from services.health.service import HealthService

LOG = logging.getLogger(__name__)
WATCHDOG = "waechter"
"""Source under which the watchdog notes that it has looked."""
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
        finished_at = run.finished_at if run else None
        vitals = Vitals(
            run_age_s=None if finished_at is None else self._age_s(finished_at),
            watched_s=self.seconds() - self._began_s,
            spool=self.health.waiting(),
            disk_free_share=self._disk_free(),
        )
        changes = keeper.look(system_conditions(vitals, keeper.policy), WATCHDOG_RULES)
        with keeper.sessions.begin() as session:
            operation.report(writing(session), WATCHDOG, self.wall(), ok=True)
        return changes

    def _age_s(self, at: datetime) -> float:
        return max((self.wall() - at).total_seconds(), 0.0)

    def _disk_free(self) -> float:
        usage = shutil.disk_usage(self.folder)
        return usage.free / usage.total if usage.total else 0.0
