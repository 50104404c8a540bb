"""Conditions of the system itself: the calculation stands, messages wait, the disk fills up."""

from dataclasses import dataclass

from services.alarms.model import Condition, Rule, Standing
from services.alarms.policy import Policy
from services.health.model import SpoolHealth

SYSTEM = "system"
NAME = "System"
SECONDS_PER_MIN = 60.0
PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the watchdog found. Ages in seconds of wall time.

    `run_age_s` is None without any cycle; `watched_s` is how long this process has been looking.
    """

    run_age_s: float | None
    watched_s: float
    spool: SpoolHealth
    disk_free_share: float


def system_conditions(vitals: Vitals, policy: Policy) -> list[Condition]:
    """Return the conditions of the system."""
    found = [_standstill(vitals, policy), _backlog(vitals.spool, policy), _disk(vitals, policy)]
    return [condition for condition in found if condition.rule not in policy.disabled]


def watchdog_conditions(age_s: float | None, watched_s: float, policy: Policy) -> list[Condition]:
    """Return whether the watchdog itself still looks; the calculation asks that."""
    if Rule.WATCHDOG in policy.disabled:
        return []
    limit = policy.limits["watchdog_s"]
    standing = Standing.CLEAR if age_s is not None and age_s <= limit else Standing.UNKNOWN
    if standing is Standing.UNKNOWN and watched_s > limit:
        standing = Standing.HOLDS
    text = (
        "Der Wächter sieht nicht mehr nach: Steht auch noch die Berechnung, fällt es niemandem auf."
        " Bitte den Prozess „ingest“ prüfen."
    )
    severity = policy.severity(Rule.WATCHDOG)
    return [Condition(Rule.WATCHDOG, SYSTEM, NAME, severity, standing, text)]


def _standstill(vitals: Vitals, policy: Policy) -> Condition:
    limit = policy.limits["standstill_s"]
    age_s = vitals.run_age_s
    standing = Standing.CLEAR if age_s is not None and age_s <= limit else Standing.UNKNOWN
    if standing is Standing.UNKNOWN and vitals.watched_s > limit:
        standing = Standing.HOLDS
    since = "noch nie" if age_s is None else f"zuletzt vor {age_s / SECONDS_PER_MIN:.0f} Minuten"
    text = (
        f"System steht: Es wurde {since} gerechnet. Die angezeigte Lage ist veraltet."
        " Pegel unmittelbar beobachten, den Prozess „worker“ prüfen."
    )
    severity = policy.severity(Rule.STANDSTILL)
    return Condition(Rule.STANDSTILL, SYSTEM, NAME, severity, standing, text)


def _backlog(spool: SpoolHealth, policy: Policy) -> Condition:
    share = spool.used_bytes / spool.max_bytes if spool.max_bytes else 0.0
    age_min = (spool.oldest_age_s or 0.0) / SECONDS_PER_MIN
    is_late = age_min > policy.limits["backlog_min"]
    holds = is_late or share > policy.limits["backlog_share"]
    text = (
        f"Messwerte stauen sich vor der Datenbank: {spool.files} Dateien, die älteste seit"
        f" {age_min:.0f} Minuten, der Puffer ist zu {share * PERCENT:.0f} % voll."
    )
    return Condition(
        Rule.BACKLOG,
        SYSTEM,
        NAME,
        policy.severity(Rule.BACKLOG),
        Standing.HOLDS if holds else Standing.CLEAR,
        text,
    )


def _disk(vitals: Vitals, policy: Policy) -> Condition:
    holds = vitals.disk_free_share < policy.limits["disk_free_share"]
    free = vitals.disk_free_share * PERCENT
    text = f"Auf der Platte des Cockpits sind noch {free:.0f} % frei: bald ist nichts speicherbar."
    return Condition(
        Rule.DISK,
        SYSTEM,
        NAME,
        policy.severity(Rule.DISK),
        Standing.HOLDS if holds else Standing.CLEAR,
        text,
    )
