"""What a watchdog and a monitoring system are told: checks, ages, and what waits."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must work before this process may serve, with what is wrong in German."""

    name: str
    is_ok: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class GaugeAge:
    """Age of a gauge's newest reading in seconds, None where it has never sent one."""

    gauge_id: str
    age_s: float | None


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """When a source, process or job last succeeded and failed, and what it said."""

    source: str
    last_success_at: datetime | None
    last_failure_at: datetime | None
    message: str


@dataclass(frozen=True, slots=True)
class SpoolHealth:
    """What waits between receivers and database."""

    files: int
    used_bytes: int
    max_bytes: int
    oldest_age_s: float | None
    set_aside: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old everything is that people act on; `run_age_s` is wall time since the newest cycle."""

    run_id: str | None
    run_age_s: float | None
    is_stale: bool
    gauges: tuple[GaugeAge, ...]
    sources: tuple[SourceHealth, ...]
    spool: SpoolHealth
    rejected_last_day: dict[str, int]
