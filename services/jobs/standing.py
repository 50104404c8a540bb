"""The jobs that every cockpit has: roll up, archive, count, search for travel times."""

from datetime import timedelta

from services.archive.service import ArchiveService
from services.clock import Clock
from services.devices.counter import DayCounter
from services.flood.learning.service import LearningService
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
ARCHIVE_TTL = timedelta(hours=2)


def rollup_job(roller: Roller) -> Job:
    """Return the rolling up of what changed: some batches at a time, so that ingest can write."""

    def roll() -> str:
        settled = sum(roller.step() for _ in range(ROLL_BATCHES))
        return f"{settled} Stunden verdichtet" if settled >= WORTH_SAYING else ""

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

    return Job("archivieren", ARCHIVE_EVERY, move, ttl=ARCHIVE_TTL)


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
