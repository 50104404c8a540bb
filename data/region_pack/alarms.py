"""Alarms of a region (`alarms.toml`): where it differs from what the product ships.

The file of the product has the same form (`services/alarms/alarms.toml`).
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from data.region_pack.columns import Slug, Text
from data.region_pack.toml_file import read_toml, require_once

FILE = "alarms.toml"
Severity = Literal["hinweis", "voralarm", "warnung", "alarm"]
RuleKey = Literal[
    "stufe", "anstieg", "still", "messausfall", "geraet", "batterie",
    "steht", "stau", "platte", "waechter", "herzschlag", "notfallliste", "uhr",
]  # fmt: skip
LimitKey = Literal[
    "battery_percent", "battery_days", "backlog_min", "backlog_share", "disk_free_share",
    "standstill_s", "watchdog_s", "beat_min", "gap_min", "paper_min", "clock_s", "clock_grave_s",
]  # fmt: skip
LocalTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Minutes = Annotated[float, Field(ge=0, le=10_080)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    source: Text


class RuleEntry(_Entry):
    """One rule; a level and a rate of rise bring their own severity."""

    key: RuleKey
    enabled: bool = True
    severity: Severity | None = None
    severity_in_flood: Severity | None = None
    clear_min: Annotated[float, Field(gt=0, le=10_080)]


class RiseEntry(_Entry):
    """A rate of rise from which an alarm of this severity begins."""

    severity: Severity
    m_per_h: Annotated[float, Field(gt=0, le=20)]


class LimitEntry(_Entry):
    """A number that a rule compares with; the key names its unit."""

    key: LimitKey
    value: Annotated[float, Field(ge=0, le=100_000)]


class StepEntry(BaseModel):
    """After so many minutes without an acknowledgement a group is called."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    after_min: Minutes
    group: Slug


class ChainEntry(_Entry):
    """Whom an alarm of one severity calls, and how often the last call is repeated."""

    severity: Severity
    repeat_min: Annotated[float, Field(ge=1, le=1440)] = 15.0
    repeats: Annotated[int, Field(ge=0, le=300)] = 0
    step: tuple[StepEntry, ...] = ()


class QuietEntry(_Entry):
    """Local hours in which notices below a warning wait."""

    start: LocalTime
    end: LocalTime


class AlarmFile(BaseModel):
    """Rules, rates, limits, chains and quiet hours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: tuple[RuleEntry, ...] = ()
    rise: tuple[RiseEntry, ...] = ()
    limit: tuple[LimitEntry, ...] = ()
    chain: tuple[ChainEntry, ...] = ()
    quiet: QuietEntry | None = None


def load_alarms(directory: Path) -> AlarmFile:
    """Return the alarms of a folder; a folder without the file changes nothing.

    Raises
    ------
    RegionPackError
        With every fault of the file.
    """
    found = read_toml(directory, FILE, AlarmFile) or AlarmFile()
    require_once(directory, FILE, "rule.key", (row.key for row in found.rule))
    require_once(directory, FILE, "rise.severity", (row.severity for row in found.rise))
    require_once(directory, FILE, "limit.key", (row.key for row in found.limit))
    require_once(directory, FILE, "chain.severity", (row.severity for row in found.chain))
    return found
