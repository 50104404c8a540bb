"""Quantiles of an arrival out of a village's result, in minutes after the issue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.flood.constants import SECONDS_PER_MIN
from services.flood.model import OUTLOOK_QUANTILES, State, VillageResult
from services.flood.verification.records import HORIZON_MIN

PROBABILITIES: Final = OUTLOOK_QUANTILES
"""Probabilities of the quantiles that are scored."""

MEDIAN: Final = PROBABILITIES.index(0.5)


def arrival_quantiles(
    result: VillageResult, level: State, issue: datetime
) -> tuple[float, ...] | None:
    """Return the quantiles of a level's arrival, None without a median.

    What lies in the past counts as now; a quantile that does not exist (too few members arrive)
    counts as the horizon, or as the one before it where that is later.
    """
    outlook = result.outlook.get(level)
    if outlook is None or outlook.quantiles[MEDIAN] is None:
        return None
    return _minutes(outlook.quantiles, issue)


def ahead_quantiles(
    result: VillageResult, level: State, issue: datetime
) -> tuple[float, ...] | None:
    """Return the quantiles for somebody who sees that the level is not there, None without any."""
    outlook = result.outlook.get(level)
    return _minutes(outlook.ahead, issue) if outlook is not None and outlook.ahead else None


def _minutes(instants: Sequence[datetime | None], issue: datetime) -> tuple[float, ...]:
    minutes: list[float] = []
    for at in instants:
        latest = max(minutes, default=0.0)
        told = HORIZON_MIN if at is None else (at - issue).total_seconds() / SECONDS_PER_MIN
        minutes.append(max(told, latest))
    return tuple(minutes)
