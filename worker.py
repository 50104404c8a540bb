"""The worker process: a flood cycle for each new reading, at the latest every minute."""

import logging
import signal
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from config import FIRST_PAGE, Settings
from data import operation, runs
from data.engine import writing
from services.clock import ReplayClock, wall_now
from services.flood.routing.warm import warm
from services.ingestion.writer import SOURCE as INGEST
from services.logs import set_up_logging
from services.sources.runner import SourceRunner
from wiring import Wired, make_poller, wire

LOG = logging.getLogger("worker")
POLL_S = 0.2
"""How often the worker asks whether something came in: part of the two seconds to the screen."""
REST_S = 0.3
"""Pause after a cycle, so that readings that come together share the next one (estimate)."""
RETRY_S = 5.0
PRUNE_EVERY = timedelta(hours=6)
KEEP_EVERY_CYCLE = timedelta(hours=48)
THIN_TO = timedelta(minutes=15)
"""Older cycles are thinned to one a quarter of an hour: a cycle takes about 100 kB (measured)."""
LEARN_EVERY = timedelta(hours=1)
"""How often the readings are searched for travel times, on the clock that counts."""
SOURCE = "worker"


@dataclass(slots=True)
class Worker:
    """Watches the store and runs cycles."""

    wired: Wired
    stop: threading.Event
    _seen: datetime | None = field(default=None, init=False)
    _epoch: datetime | None = field(default=None, init=False)
    _cycle_at: float = field(default=0.0, init=False)
    _pruned_at: datetime | None = field(default=None, init=False)
    _learnt_at: datetime | None = field(default=None, init=False)

    def run_forever(self) -> None:
        """Work until told to stop; a database that does not answer is tried again."""
        while not self.stop.is_set():
            try:
                self.step()
                self.stop.wait(POLL_S)
            except OperationalError as error:
                LOG.warning("Datenbank antwortet nicht, neuer Versuch in 5 s: %s", error.orig)
                self.stop.wait(RETRY_S)

    def step(self) -> bool:
        """Run a cycle if one is due and tell whether it ran."""
        with self.wired.sessions() as session:
            newest = operation.last_success(session, INGEST)
        epoch = self.wired.clock.epoch()
        is_new = newest != self._seen or epoch != self._epoch
        waited = time.monotonic() - self._cycle_at
        is_due = waited >= self._cycle_seconds()
        if not is_due and (not is_new or waited < REST_S):
            return False
        self._cycle_at = time.monotonic()
        self._cycle()
        self._seen, self._epoch = newest, epoch
        self._learn()
        self._prune()
        return True

    def _cycle_seconds(self) -> float:
        """Return a minute on the clock that counts, but at least two seconds."""
        seconds = self.wired.settings.cycle_seconds
        clock = self.wired.clock
        if isinstance(clock, ReplayClock):
            seconds = max(seconds / max(clock.view().speed, 1.0), 2.0)
        return seconds

    def _cycle(self) -> None:
        try:
            row = self.wired.cycles.run()
        except OperationalError:
            raise
        except Exception as error:  # the edge: a bug must not end the watch, it is kept and shown
            LOG.exception("Der Zyklus ist fehlgeschlagen")
            self._report(ok=False, message=f"{type(error).__name__}: {error}")
            return
        LOG.info("Zyklus %s, Stand %s", row.run_id, row.as_of.isoformat())
        self._report(ok=True, message=row.run_id)

    def _report(self, *, ok: bool, message: str) -> None:
        with self.wired.sessions() as session, session.begin():
            writing(session)
            operation.report(session, SOURCE, wall_now(), ok=ok, message=message)

    def _learn(self) -> None:
        """Search for travel times once an hour; a replay that begins anew is searched as well."""
        now = self.wired.clock.now()
        if self._learnt_at is not None and timedelta() <= now - self._learnt_at < LEARN_EVERY:
            return
        self._learnt_at = now
        try:
            report = self.wired.learning.extract(now)
        except OperationalError:
            raise
        except Exception:  # the edge: learning must not stop the warnings
            LOG.exception("Die Suche nach Laufzeiten ist fehlgeschlagen")
            return
        if report.new:
            LOG.info("%d neue Laufzeiten vorgeschlagen", report.new)

    def _prune(self) -> None:
        now = wall_now()
        if self._pruned_at is not None and now - self._pruned_at < PRUNE_EVERY:
            return
        self._pruned_at = now
        keep = timedelta(days=self.wired.settings.keep_runs_days)
        with self.wired.sessions() as session, session.begin():
            writing(session)
            gone = runs.prune(session, now - keep)
            gone += runs.thin(session, now - KEEP_EVERY_CYCLE, THIN_TO)
        if gone:
            LOG.info("%d alte Läufe gelöscht", gone)


def fetch_boundaries(wired: Wired, stop: threading.Event) -> None:
    """Try the official boundaries once, after the first page has been served."""
    marker = wired.settings.state_dir / FIRST_PAGE
    while not marker.exists():
        if stop.wait(1.0):
            return
    wired.boundaries.fetch_once(wired.settings.boundaries_url)


def warm_kernels() -> None:
    """Compile the routing kernels or load them, beside the first cycle."""
    began = time.monotonic()
    warm()
    LOG.info("Rechenkerne bereit nach %.1f s", time.monotonic() - began)


def main() -> None:
    """Run the worker until it is told to stop."""
    settings = Settings()
    set_up_logging(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=warm_kernels, name="kernels", daemon=True).start()
    wired = wire(settings)
    if not settings.offline:
        threading.Thread(
            target=fetch_boundaries, args=(wired, stop), name="boundaries", daemon=True
        ).start()
    if wired.polls_sources:
        runner = SourceRunner(make_poller(wired), stop)
        threading.Thread(target=runner.run_forever, name="sources", daemon=True).start()
    Worker(wired, stop).run_forever()
    wired.engine.dispose()


if __name__ == "__main__":
    main()
