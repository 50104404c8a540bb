"""Compares this host's clock with every other clock that can be heard, and stores what it finds."""

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import host_clock, operation
from data.engine import writing
from services.host_clock.model import (
    SOURCE,
    SOURCE_WORDS,
    TOLERANCE_S,
    ClockFinding,
    Clocks,
    in_words,
)
from services.jobs.model import Job
from services.reading import Reading
from services.region import Region

EVERY = timedelta(minutes=1)
FRESH = timedelta(hours=1)
LEAST = 3
"""Fewer radio devices may all have been late (estimate)."""
QUARTER = 4


def found_in(message: str) -> ClockFinding | None:
    """Return a stored finding, None where nothing readable is stored."""
    try:
        told = json.loads(message)
        offsets = {Clocks(key): float(value) for key, value in told["offsets"].items()}
        return ClockFinding(offsets, told["is_synchronised"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def stored(sessions: sessionmaker[Session]) -> ClockFinding | None:
    """Return the last finding, None before the first."""
    with Reading(sessions) as session:
        return found_in(operation.message(session, SOURCE))


@dataclass(frozen=True, slots=True)
class ClockCheck:
    """Looks at the clock of the host that the jobs run on."""

    sessions: sessionmaker[Session]
    region: Region
    wall: Callable[[], datetime]
    server_offset_s: Callable[[], float | None]
    is_synchronised: Callable[[], bool | None]

    def look(self) -> ClockFinding:
        """Compare, store the finding and return it."""
        keys = [f"{row.gauge_id}/{row.observed_property}" for row in self.region.sensors]
        with self.sessions() as session:
            before = self.wall()
            database = host_clock.now(session)
            between = before + (self.wall() - before) / 2
            delays = host_clock.delays_s(session, keys, self.wall() - FRESH)
        raw: dict[Clocks, float | None] = {
            Clocks.DATABASE: None if database is None else (between - database).total_seconds(),
            Clocks.SERVERS: self.server_offset_s(),
            Clocks.GATEWAYS: _quickest(delays),
        }
        offsets = {key: _beyond(value, key) for key, value in raw.items() if value is not None}
        finding = ClockFinding(offsets, self.is_synchronised())
        told = {"offsets": offsets, "is_synchronised": finding.is_synchronised}
        with self.sessions.begin() as session:
            operation.report(
                writing(session), SOURCE, self.wall(), ok=True, message=json.dumps(told)
            )
        return finding

    def job(self) -> Job:
        """Return the check as recurring work."""

        def check() -> str:
            finding = self.look()
            return in_words(finding) if abs(finding.worst_s) > 0 else ""

        return Job("uhr", EVERY, check)


def _beyond(seconds: float, clock: Clocks) -> float:
    """Return what of an offset is beyond what its way explains."""
    rest = max(abs(seconds) - TOLERANCE_S[clock], 0.0)
    return round(rest if seconds > 0 else -rest, 1)


def _quickest(delays: list[float]) -> float | None:
    """Return the lower quartile: a way takes time, so the quick ones tell of the clock."""
    if len(delays) < LEAST:
        return None
    return statistics.quantiles(delays, n=QUARTER)[0]


def words_of(finding: ClockFinding) -> list[str]:
    """Return a line for each clock that was compared."""
    return [
        f"{SOURCE_WORDS[clock]}: {'kein Unterschied' if not value else _apart(value)}"
        for clock, value in finding.offsets.items()
    ]


def _apart(value: float) -> str:
    way = "geht vor" if value > 0 else "geht nach"
    return f"dieser Rechner {way}, {abs(value):.1f} s".replace(".", ",")
