"""Asks store and spool whether this process may serve, and how old what it serves is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from data import observations, operation, rejected, runs, schema
from services.clock import Clock, wall_now
from services.errors import StoreUnavailableError
from services.health.model import Check, Freshness, GaugeAge, SourceHealth, SpoolHealth
from services.ingestion.spool import Spool
from services.region import Region

STALE_AFTER = timedelta(minutes=3)
"""Three missed cycles of a minute: the calculation stands still (METHOD E, watchdog)."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Probe:
    """A further thing to check; `ask` returns what is wrong in German, empty where nothing is."""

    name: str
    ask: Callable[[], str]


@dataclass(frozen=True, slots=True)
class HealthService:
    """Readiness and freshness of one process."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    spool: Spool
    probes: Sequence[Probe] = ()
    wall: Callable[[], datetime] = wall_now

    def checks(self) -> tuple[Check, ...]:
        """Return all checks: database, its schema, and the probes of this installation."""
        found = [self._store()]
        for probe in self.probes:
            words = probe.ask()
            found.append(Check(probe.name, not words, words))
        return tuple(found)

    def freshness(self) -> Freshness:
        """Return the ages.

        Raises
        ------
        StoreUnavailableError
            When the database does not answer.
        """
        now = self.clock.now()
        try:
            with self.sessions() as session:
                run = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
                newest = {row.key: row.phenomenon_time for row in observations.latest(session)}
                sources = operation.sources(session)
                refused = rejected.counts(session, now - DAY)
        except SQLAlchemyError as error:
            raise StoreUnavailableError(type(error).__name__) from error
        run_age_s = _age_s(run.finished_at if run else None, self.wall())
        return Freshness(
            run_id=run.run_id if run else None,
            run_age_s=run_age_s,
            is_stale=run_age_s is None or run_age_s > STALE_AFTER.total_seconds(),
            gauges=tuple(
                GaugeAge(gauge.gauge_id, _age_s(newest.get(f"{gauge.gauge_id}/{gauge.kind}"), now))
                for gauge in self._gauges()
            ),
            sources=tuple(
                SourceHealth(row.source, row.last_success_at, row.last_failure_at, row.message)
                for row in sources
            ),
            spool=self.waiting(),
            rejected_last_day=refused,
        )

    def _store(self) -> Check:
        try:
            with self.sessions() as session:
                found = schema.current(session.connection())
        except SQLAlchemyError as error:
            return Check("datenbank", is_ok=False, message=f"antwortet nicht: {_first_line(error)}")
        wanted = schema.newest()
        if found != wanted:
            words = f"Schema {found}, erwartet {wanted}: ./cockpit db upgrade"
            return Check("datenbank", is_ok=False, message=words)
        return Check("datenbank", is_ok=True)

    def _gauges(self) -> list["_Heard"]:
        return [
            _Heard(gauge_id, "stage" if gauge.unit == "m" else "discharge")
            for gauge_id, gauge in sorted(self.region.network.gauges.items())
        ]

    def waiting(self) -> SpoolHealth:
        """Return what waits on this host; asks no database."""
        state = self.spool.state()
        oldest = state.oldest_ns
        wall_s = self.wall().astimezone(UTC).timestamp()
        return SpoolHealth(
            files=state.files,
            used_bytes=state.used_bytes,
            max_bytes=state.max_bytes,
            oldest_age_s=None if oldest is None else max(wall_s - oldest / 1e9, 0.0),
            set_aside=state.set_aside,
        )


@dataclass(frozen=True, slots=True)
class _Heard:
    gauge_id: str
    kind: str


def _age_s(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else max((now - at).total_seconds(), 0.0)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
