"""The jobs that delete what is old: runs, weather warnings, findings without observations."""

from datetime import timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import alert_pruning, quality_pruning, runs
from data.engine import writing
from services.clock import Clock, wall_now
from services.jobs.model import Job

PRUNE_EVERY = timedelta(hours=6)
KEEP_EVERY_CYCLE = timedelta(hours=48)
THIN_TO = timedelta(minutes=15)
"""Older cycles are thinned to one a quarter of an hour: a cycle takes about 100 kB (measured)."""
DAILY = timedelta(days=1)
FINDINGS_AT_ONCE = 5000
"""Findings a transaction (estimate): ingest waits meanwhile on SQLite."""


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


def alert_pruning_job(sessions: sessionmaker[Session], keep_for: timedelta, clock: Clock) -> Job:
    """Return the cleaning of weather warnings that are long over on the clock that counts."""

    def prune() -> str:
        with sessions() as session, session.begin():
            gone = alert_pruning.prune(writing(session), clock.now() - keep_for)
        return f"{gone} abgelaufene Wetterwarnungen gelöscht" if gone else ""

    return Job("warnungen-aufraeumen", DAILY, prune)


def finding_pruning_job(sessions: sessionmaker[Session]) -> Job:
    """Return the cleaning of findings about observations that the database no longer holds.

    The archive keeps flag and reason with each value. Decisions of people stay: they hold for
    values that come late.
    """

    def prune() -> str:
        gone = 0
        while True:
            with sessions() as session:  # looking is slow: it must not hold up ingest
                found = quality_pruning.orphans(session, FINDINGS_AT_ONCE)
            if not found:
                break
            with sessions() as session, session.begin():
                removed = quality_pruning.remove(writing(session), found)
            gone += removed
            if removed < len(found):
                break  # observations came meanwhile: the next run looks again
        return f"{gone} Befunde ohne Messwerte gelöscht" if gone else ""

    return Job("befunde-aufraeumen", DAILY, prune)
