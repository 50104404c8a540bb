"""The jobs that delete what is old: runs, warnings, findings without observations, messages."""

from datetime import timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import alert_pruning, outbox, quality_pruning, runs
from data.engine import writing
from services.clock import Clock, wall_now
from services.jobs.model import Job
from services.subscriptions.service import SubscriptionService

PRUNE_EVERY = timedelta(hours=6)
KEEP_EVERY_CYCLE = timedelta(hours=48)
THIN_TO = timedelta(minutes=15)
"""Older cycles are thinned to one a quarter of an hour: a cycle takes about 100 kB (measured)."""
DAILY = timedelta(days=1)
HOURLY = timedelta(hours=1)
KEEP_MESSAGES = timedelta(days=90)
"""Time to look back at an event (estimate); the ledger of alarms stays."""
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
        return f"{gone} abgelaufene Warnungen gelöscht" if gone else ""

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


def outbox_pruning_job(sessions: sessionmaker[Session], region_id: str) -> Job:
    """Return the cleaning of messages that were sent long ago, with their deliveries."""

    def prune() -> str:
        with sessions() as session, session.begin():
            gone = outbox.prune(writing(session), region_id, wall_now() - KEEP_MESSAGES)
        return f"{gone} alte Meldungen gelöscht" if gone else ""

    return Job("meldungen-aufraeumen", DAILY, prune)


def subscription_pruning_job(kept: SubscriptionService) -> Job:
    """Return the deleting of subscriptions that nobody confirmed within 48 hours."""

    def prune() -> str:
        gone = kept.prune()
        return f"{gone} unbestätigte Benachrichtigungen gelöscht" if gone else ""

    return Job("abos-aufraeumen", HOURLY, prune)
