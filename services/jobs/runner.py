"""Runs the jobs that are due, each under its lease; one that fails does not stop the others."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from data import leases, operation
from data.engine import reason_of, writing
from services.clock import Clock, ReplayClock, wall_now
from services.errors import CockpitError
from services.jobs.model import Job
from services.renewal import HeldLease, renewed

LOG = logging.getLogger(__name__)
LOOK_S = 2.0
"""How often the runner asks which jobs are due (estimate)."""
RETRY_S = 5.0


@dataclass(frozen=True, slots=True)
class JobRunner:
    """The jobs of a region; their last runs are in the store, so that all hosts share them."""

    sessions: sessionmaker[Session]
    jobs: Sequence[Job]
    clock: Clock
    holder: str
    wall: Callable[[], datetime] = wall_now

    def run_forever(self, stop: threading.Event) -> None:
        """Run what is due until told to stop; a database that fails is tried again."""
        while not stop.is_set():
            try:
                self.step(stop)
                stop.wait(LOOK_S)
            except SQLAlchemyError as error:
                LOG.warning("Datenbank antwortet nicht, Aufträge warten: %s", reason_of(error))
                stop.wait(RETRY_S)

    def step(self, stop: threading.Event | None = None) -> list[str]:
        """Run all jobs that are due and free; returns their names."""
        ran = []
        for job in self.jobs:
            if stop is not None and stop.is_set():
                break
            if self._is_due(job) and self._take(job):
                try:
                    with renewed(self._lease(job)):
                        self._run(job)
                finally:
                    self._release(job)
                ran.append(job.name)
        return ran

    def _is_due(self, job: Job) -> bool:
        with self.sessions() as session:
            last = operation.last_attempt(session, job.source)
        if last is None:
            return True
        epoch = self.clock.epoch()
        if epoch is not None and last < epoch:
            return True
        return not timedelta() <= self.wall() - last < job.every / self._speed()

    def _speed(self) -> float:
        return max(self.clock.view().speed, 1.0) if isinstance(self.clock, ReplayClock) else 1.0

    def _take(self, job: Job) -> bool:
        """Take the lease; another host may have done the job since we looked."""
        with self.sessions() as session, session.begin():
            is_ours = leases.acquire(
                writing(session), job.source, self.holder, self.wall(), job.ttl
            )
        if is_ours and not self._is_due(job):
            self._release(job)
            return False
        return is_ours

    def _lease(self, job: Job) -> HeldLease:
        return HeldLease(self.sessions, job.source, self.holder, job.ttl, self.wall)

    def _release(self, job: Job) -> None:
        with self.sessions() as session, session.begin():
            leases.release(writing(session), job.source, self.holder)

    def _run(self, job: Job) -> None:
        try:
            message = job.run()
        except OperationalError:
            raise
        except CockpitError as error:
            if self._said(job) != error.user_message:
                LOG.warning("Auftrag %s: %s", job.name, error.user_message)
            self._report(job, ok=False, message=error.user_message)
            return
        except Exception as error:  # the edge: a job must not stop the others, it is kept and shown
            LOG.exception("Auftrag %s ist fehlgeschlagen", job.name)
            self._report(job, ok=False, message=f"{type(error).__name__}: {error}")
            return
        if message:
            LOG.info("Auftrag %s: %s", job.name, message)
        self._report(job, ok=True, message=message)

    def _said(self, job: Job) -> str:
        """Return the last message of a job: what goes wrong every few seconds is logged once."""
        with self.sessions() as session:
            return operation.message(session, job.source)

    def _report(self, job: Job, *, ok: bool, message: str) -> None:
        with self.sessions() as session, session.begin():
            operation.report(writing(session), job.source, self.wall(), ok=ok, message=message)
