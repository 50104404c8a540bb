"""The jobs that every cockpit has: search for travel times, and drop runs that are old."""

from datetime import timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import runs
from data.engine import writing
from services.archive.service import ArchiveService
from services.clock import Clock, wall_now
from services.devices.counter import DayCounter
from services.flood.learning.service import LearningService
from services.jobs.errors import NotRolledUpError
from services.jobs.model import Job
from services.series.roller import Roller

COUNT_EVERY = timedelta(seconds=30)
COUNT_BATCHES = 20
"""At most so many batches of receipts in one run (estimate)."""
LEARN_EVERY = timedelta(hours=1)
ROLL_EVERY = timedelta(seconds=10)
ROLL_BATCHES = 20
"""At most so many batches of marks in one run; charts read what is not rolled up yet (estimate)."""
WORTH_SAYING = 1000
ARCHIVE_EVERY = timedelta(days=1)
PRUNE_EVERY = timedelta(hours=6)
KEEP_EVERY_CYCLE = timedelta(hours=48)
THIN_TO = timedelta(minutes=15)
"""Older cycles are thinned to one a quarter of an hour: a cycle takes about 100 kB (measured)."""


def rollup_job(roller: Roller) -> Job:
    """Return the rolling up of what changed: some batches at a time, so that ingest can write."""

    def roll() -> str:
        done = roller.run(ROLL_BATCHES)
        if done.damaged:
            raise NotRolledUpError(done.left, done.damaged)
        return f"{done.settled} Stunden verdichtet" if done.settled >= WORTH_SAYING else ""

    return Job("verdichten", ROLL_EVERY, roll)


def archive_job(archive: ArchiveService) -> Job:
    """Return the moving of old months into files, after the region's rules."""

    def move() -> str:
        done = archive.run()
        if not done.months and not done.waiting:
            return ""
        return (
            f"{done.months} Monate mit {done.observations} Werten archiviert, "
            f"{done.waiting} noch nicht verdichtet"
        )

    return Job("archivieren", ARCHIVE_EVERY, move)


def counting_job(counter: DayCounter) -> Job:
    """Return the counting of devices' days from their receipts."""

    def count() -> str:
        for _ in range(COUNT_BATCHES):
            if not counter.step():
                break
        return ""

    return Job("geraete-zaehlen", COUNT_EVERY, count)


def learning_job(learning: LearningService, clock: Clock) -> Job:
    """Return the search for travel times in the readings."""

    def search() -> str:
        report = learning.extract(clock.now())
        return f"{report.new} neue Laufzeiten vorgeschlagen" if report.new else ""

    return Job("laufzeiten", LEARN_EVERY, search)


def pruning_job(sessions: sessionmaker[Session], keep_for: timedelta) -> Job:
    """Return the cleaning of old runs."""

    def prune() -> str:
        now = wall_now()
        with sessions() as session, session.begin():
            writing(session)
            gone = runs.prune(session, now - keep_for)
            gone += runs.thin(session, now - KEEP_EVERY_CYCLE, THIN_TO)
        return f"{gone} alte Läufe gelöscht" if gone else ""

    return Job("laeufe-aufraeumen", PRUNE_EVERY, prune)
