"""Quantiles of an arrival out of a village's result, in minutes after the issue."""

from datetime import datetime
from typing import Final

from services.flood.constants import SECONDS_PER_MIN
from services.flood.model import State, VillageResult
from services.flood.verification.records import HORIZON_MIN

PROBABILITIES: Final = (0.1, 0.5, 0.9)
"""Probabilities of the quantiles that are scored."""


def arrival_quantiles(
    result: VillageResult, level: State, issue: datetime
) -> tuple[float, ...] | None:
    """Return the quantiles of a level's arrival, None without a median.

    What lies in the past counts as now; a quantile that does not exist (too few members arrive)
    counts as the horizon.
    """
    if result.level is not level or result.likely is None:
        return None
    minutes = [_minutes(at, issue) for at in (result.earliest, result.likely, result.latest)]
    return tuple(minutes)


def _minutes(at: datetime | None, issue: datetime) -> float:
    if at is None:
        return HORIZON_MIN
    return max((at - issue).total_seconds() / SECONDS_PER_MIN, 0.0)
