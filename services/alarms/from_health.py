"""Conditions of the system itself: the calculation stands, messages wait, the disk fills up."""

from dataclasses import dataclass

from services.alarms.model import Condition, Rule, Severity, Standing
from services.alarms.policy import Policy
from services.health.model import SpoolHealth
from services.host_clock.model import ClockFinding, in_words

SYSTEM = "system"
NAME = "System"
SECONDS_PER_MIN = 60.0
PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the watchdog found. Ages in seconds of wall time.

    `run_age_s` is None without any cycle; `watched_s` is how long this process has been looking;
    `beat_age_s` is since when no heartbeat was delivered, None before the first.
    """

    run_age_s: float | None
    watched_s: float
    spool: SpoolHealth
    disk_free_share: float
    beat_age_s: float | None = None
    paper_age_s: float | None = None
    """Since when the emergency list was not written, None before the first."""
    paper_fault: str = ""
    """What went wrong at the last attempt to write it, empty where it worked."""
    clock: ClockFinding | None = None


def system_conditions(vitals: Vitals, policy: Policy) -> list[Condition]:
    """Return the conditions of the system."""
    found = [
        _standstill(vitals, policy),
        _backlog(vitals.spool, policy),
        _disk(vitals, policy),
        _heartbeat(vitals, policy),
        _paper(vitals, policy),
        _clock(vitals.clock, policy),
    ]
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


def _heartbeat(vitals: Vitals, policy: Policy) -> Condition:
    """Return whether the way from a sensor to a delivered message was proven lately."""
    limit_s = policy.limits["beat_min"] * SECONDS_PER_MIN
    age_s = vitals.beat_age_s
    standing = Standing.CLEAR if age_s is not None and age_s <= limit_s else Standing.UNKNOWN
    if standing is Standing.UNKNOWN and vitals.watched_s > limit_s:
        standing = Standing.HOLDS
    since = "noch nie" if age_s is None else f"zuletzt vor {age_s / SECONDS_PER_MIN:.0f} Minuten"
    text = (
        f"Die Meldekette vom Sensor bis zur Zustellung ist {since} bewiesen. Ob Meldungen ankommen,"
        " ist ungewiss: Bitte anrufen und die Seite Meldungen ansehen."
    )
    severity = policy.severity(Rule.HEARTBEAT)
    return Condition(Rule.HEARTBEAT, SYSTEM, NAME, severity, standing, text)


def _paper(vitals: Vitals, policy: Policy) -> Condition:
    """Return whether the printed list is there and young: a folder may be gone, a disk full."""
    limit_s = policy.limits["paper_min"] * SECONDS_PER_MIN
    age_s = vitals.paper_age_s
    standing = Standing.CLEAR if age_s is not None and age_s <= limit_s else Standing.UNKNOWN
    if vitals.paper_fault or (standing is Standing.UNKNOWN and vitals.watched_s > limit_s):
        standing = Standing.HOLDS
    since = "noch nie" if age_s is None else f"zuletzt vor {age_s / SECONDS_PER_MIN:.0f} Minuten"
    text = f"Die Notfallliste wurde {since} vollständig geschrieben. {vitals.paper_fault}".strip()
    return Condition(Rule.PAPER, SYSTEM, NAME, policy.severity(Rule.PAPER), standing, text)


def _clock(found: ClockFinding | None, policy: Policy) -> Condition:
    """Return whether this host's clock is off; where nothing was compared it is not known."""
    severity = policy.severity(Rule.CLOCK)
    if found is None or not found.offsets:
        text = "Die Uhr des Rechners konnte mit keiner anderen verglichen werden."
        return Condition(Rule.CLOCK, SYSTEM, NAME, severity, Standing.UNKNOWN, text)
    off_s = abs(found.worst_s)
    if off_s <= policy.limits["clock_s"]:
        text = "Die Uhr des Rechners stimmt mit den anderen überein."
        return Condition(Rule.CLOCK, SYSTEM, NAME, severity, Standing.CLEAR, text)
    if off_s > policy.limits["clock_grave_s"]:
        severity = Severity.WARNUNG
    return Condition(Rule.CLOCK, SYSTEM, NAME, severity, Standing.HOLDS, in_words(found))
