"""What the own record of a gauge says of usual and of low water: percentiles of daily means."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor

from services.gauge_context.model import LowFlow, NormalRange

LOW_SHARE, HIGH_SHARE = 0.05, 0.95
NORMAL_DAYS = 30
"""Days needed for a normal range (estimate): with fewer the outer twentieths are no whole day."""
LOW_FLOW_DAYS = 365
"""Days needed to call water low (estimate): a whole year, or each summer would be low."""
LOW_FOR_DAYS = 7
"""So many days in a row below the 5th percentile are low flow (estimate, after the seven-day
minimum NM7Q that German low-flow statistics use)."""
DAY = timedelta(days=1)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies, between two neighbours in line."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def normal_range(daily_means: Sequence[float]) -> NormalRange:
    """Return the range of nine days in ten, or how long the record still must grow."""
    if len(daily_means) < NORMAL_DAYS:
        return NormalRange(None, None, len(daily_means), NORMAL_DAYS)
    low, high = (percentile(daily_means, share) for share in (LOW_SHARE, HIGH_SHARE))
    return NormalRange(low, high, len(daily_means), NORMAL_DAYS)


def low_flow(days: Sequence[tuple[date, float]], today: date) -> LowFlow:
    """Tell whether the last days were unusually low, from daily means in order of their dates.

    Days in a row follow each other by date, up to `today` or the day before. A day without a mean
    ends the row: whether the water was low on it nobody knows.
    """
    limit = percentile([mean for _, mean in days], LOW_SHARE) if days else None
    if limit is None or len(days) < LOW_FLOW_DAYS:
        return LowFlow(None, None, 0, len(days), LOW_FLOW_DAYS)
    means = dict(days)
    day = today if today in means else today - DAY
    below = 0
    while day in means and means[day] <= limit:
        below, day = below + 1, day - DAY
    missing = None if day in means else day
    is_low = True if below >= LOW_FOR_DAYS else None if missing else False
    return LowFlow(is_low, limit, below, len(days), LOW_FLOW_DAYS, missing)
