"""What alarms are made of: conditions, open alarms, and the changes between them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """How grave an alarm is, lowest first."""

    HINWEIS = "hinweis"
    VORALARM = "voralarm"
    WARNUNG = "warnung"
    ALARM = "alarm"

    @property
    def rank(self) -> int:
        """Return the place in the order, 0 for the lowest."""
        return _ORDER.index(self)


_ORDER = tuple(Severity)


class Standing(StrEnum):
    """What is known of a condition; UNKNOWN is never an all-clear."""

    HOLDS = "holds"
    CLEAR = "clear"
    UNKNOWN = "unknown"


class Rule(StrEnum):
    """Which rule speaks; the value is the first part of an alarm's key."""

    LEVEL = "stufe"
    RISE = "anstieg"
    SILENT = "still"
    LOST_RISING = "messausfall"
    DEVICE = "geraet"
    BATTERY = "batterie"
    STANDSTILL = "steht"
    BACKLOG = "stau"
    DISK = "platte"
    WATCHDOG = "waechter"
    HEARTBEAT = "herzschlag"
    PAPER = "notfallliste"
    CLOCK = "uhr"


CYCLE_RULES = frozenset({Rule.LEVEL, Rule.RISE, Rule.SILENT, Rule.LOST_RISING, Rule.WATCHDOG})
"""Evaluated after each cycle."""
DEVICE_RULES = frozenset({Rule.DEVICE, Rule.BATTERY})
WATCHDOG_RULES = frozenset(
    {Rule.STANDSTILL, Rule.BACKLOG, Rule.DISK, Rule.HEARTBEAT, Rule.PAPER, Rule.CLOCK}
)
"""Evaluated outside of the worker, so that they speak when it is dead."""


class Outcome(StrEnum):
    """What an alarm turned out to be; a person says so."""

    HIT = "hit"
    FALSE = "false"
    LATE = "late"
    DRILL = "drill"
    UNCLEAR = "unclear"
    MISSED = "missed"
    """Not of an alarm: a flood that none was raised for."""


class Evacuation(StrEnum):
    """Whether people were evacuated in a flood; a person says so."""

    UNKNOWN = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule says about one subject now. `text` is a German sentence.

    `usable_min` are the minutes left at a place before a level, at least; None where unknown.
    """

    rule: Rule
    subject: str
    name: str
    severity: Severity
    standing: Standing
    text: str
    usable_min: float | None = None

    @property
    def key(self) -> str:
        """Return the identity: there is at most one open alarm of a key."""
        return f"{self.rule}:{self.subject}"


@dataclass(frozen=True, slots=True)
class OpenAlarm:
    """What a decision must know of an alarm that nobody has closed. Instants of the event clock.

    `seen_clear_at` is the last time that it was seen clear: between two sights that are far
    apart nothing is known.
    """

    alarm_id: str
    key: str
    severity: Severity
    standing: Standing
    text: str = ""
    clear_since: datetime | None = None
    seen_clear_at: datetime | None = None
    ended_at: datetime | None = None
    usable_min: float | None = None

    @property
    def rule(self) -> Rule:
        """Return the rule that the key begins with."""
        return Rule(self.key.partition(":")[0])


@dataclass(frozen=True, slots=True)
class Opened:
    """A new alarm."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Raised:
    """A graver condition under the same key: an acknowledgement of the lower one ends."""

    alarm: OpenAlarm
    condition: Condition


@dataclass(frozen=True, slots=True)
class Reopened:
    """The condition of an ended alarm holds again before anybody has closed it."""

    alarm: OpenAlarm
    condition: Condition
    severity: Severity


@dataclass(frozen=True, slots=True)
class Ended:
    """The condition was clear for long enough; a person has still to close the alarm."""

    alarm: OpenAlarm


@dataclass(frozen=True, slots=True)
class Seen:
    """Nothing that anybody must be told: how the condition stands, since when it is clear."""

    alarm: OpenAlarm
    standing: Standing
    text: str
    clear_since: datetime | None
    seen_clear_at: datetime | None
    usable_min: float | None = None


Change = Opened | Raised | Reopened | Ended | Seen
