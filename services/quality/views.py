"""What the page on data quality shows: shares, datastreams, findings, one series with its flags."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it is shown; `flag` 0 gives a period back to the tests."""

    key: str
    name: str
    start_at: datetime
    end_at: datetime
    test: str
    flag: int
    reason: str
    actor: str


@dataclass(frozen=True, slots=True)
class FlaggedReading:
    """One stored value with its flag and what was found about it; `value` None is missing."""

    at: datetime
    value: float | None
    flag: int
    findings: tuple[FindingView, ...] = ()


@dataclass(frozen=True, slots=True)
class FlaggedWindow:
    """What is not trusted of one datastream in a window.

    `count` values are suspect, failed or missing; `readings` are the newest of them, newest first.
    `hints` come from comparisons and change no flag. `newest` is the newest value, whatever its
    flag.
    """

    key: str = ""
    count: int = 0
    readings: tuple[FlaggedReading, ...] = ()
    hints: tuple[FindingView, ...] = ()
    newest: FlaggedReading | None = None


@dataclass(frozen=True, slots=True)
class StreamQuality:
    """One datastream: values of a day by flag, newest finding, age of the newest value.

    `staleness` is a flag for levels and discharges, None where the product has no limit of age.
    """

    key: str
    name: str
    observed_property: str
    unit: str
    counts: Mapping[int, int]
    newest_at: datetime | None
    staleness: int | None
    is_configured: bool
    finding: FindingView | None


@dataclass(frozen=True, slots=True)
class Strip:
    """A series with its flags: instant, value, flag."""

    key: str
    name: str
    unit: str
    points: tuple[tuple[datetime, float | None, int], ...]


@dataclass(frozen=True, slots=True)
class QualityView:
    """Everything on the page."""

    now: datetime
    day: Mapping[int, int]
    month: Mapping[int, int]
    streams: tuple[StreamQuality, ...]
    findings: tuple[FindingView, ...]
    strip: Strip | None
    digest: str
