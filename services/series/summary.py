"""What a stretch of readings says in short: extremes with their times, mean, counts, flags."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

from data.rollups import BY_FLAG, RawValue, RollupRow, hour_of

DRAWN_UP_TO = 3
"""QARTOD flag of the worst value that a long chart still draws: suspect. Fail is counted only."""
GOOD_UP_TO = 2
"""Good (1) and not evaluated (2) count as good."""
QUARTER_MIN = 15
"""The region asks for one record from each gauge in every quarter of an hour."""
FLAGS = (1, 2, 3, 4, 9)
"""QARTOD flags in the order of the columns that count them."""
NO_FLAG = 0
"""Drawn flag of a stretch without any value to draw."""


def summarise(
    datastream_id: int, start_at: datetime, readings: Sequence[RawValue]
) -> RollupRow | None:
    """Return the summary of readings in order of time, None without any.

    Of equal extremes the first counts. Suspect values are drawn and counted as not good.
    """
    if not readings:
        return None
    drawn = [
        (value, at, flag)
        for at, value, flag in readings
        if value is not None and flag <= DRAWN_UP_TO
    ]
    low = min(drawn, key=_value, default=None)
    high = max(drawn, key=_value, default=None)
    return RollupRow(
        datastream_id,
        start_at,
        lowest=low[0] if low else None,
        lowest_at=low[1] if low else None,
        highest=high[0] if high else None,
        highest_at=high[1] if high else None,
        mean=sum(value for value, _, _ in drawn) / len(drawn) if drawn else None,
        count=len(drawn),
        not_good=sum(value is None or flag > GOOD_UP_TO for _, value, flag in readings),
        drawn_flag=max((flag for _, _, flag in drawn), default=NO_FLAG),
        worst_flag=max(flag for _, _, flag in readings),
        slots=_quarters(at for at, value, _ in readings if value is not None),
        good_slots=_quarters(
            at for at, value, flag in readings if value is not None and flag <= GOOD_UP_TO
        ),
        **_by_flag(flag for _, _, flag in readings),
    )


def combine(parts: Sequence[RollupRow], start_at: datetime | None = None) -> RollupRow | None:
    """Return the summary of summaries of one datastream, None without any.

    It begins at `start_at`, else with the first.
    """
    if not parts:
        return None
    drawn = [part for part in parts if part.count]
    low = min(drawn, key=_lowest, default=None)
    high = max(drawn, key=_highest, default=None)
    count = sum(part.count for part in drawn)
    return RollupRow(
        parts[0].datastream_id,
        start_at or parts[0].start_at,
        lowest=low.lowest if low else None,
        lowest_at=low.lowest_at if low else None,
        highest=high.highest if high else None,
        highest_at=high.highest_at if high else None,
        mean=sum((part.mean or 0.0) * part.count for part in drawn) / count if count else None,
        count=count,
        not_good=sum(part.not_good for part in parts),
        drawn_flag=max((part.drawn_flag for part in drawn), default=NO_FLAG),
        worst_flag=max(part.worst_flag for part in parts),
        slots=_sum(part.slots for part in parts),
        good_slots=_sum(part.good_slots for part in parts),
        **{name: _sum(getattr(part, name) for part in parts) for name in BY_FLAG},
    )


def day_of(instant: datetime, zone: tzinfo) -> datetime:
    """Return the start of the local calendar day of an instant, in UTC.

    Days begin with an hour of UTC, as everywhere in Europe: they are sums of hours.
    """
    local = instant.astimezone(zone)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return hour_of(start)


def next_day(day: datetime, zone: tzinfo) -> datetime:
    """Return the start of the local day after one that starts at `day`: 23 to 25 hours later."""
    return day_of(day + timedelta(hours=36), zone)


def _quarters(instants: Iterable[datetime]) -> int:
    """Return how many quarters of the hour hold at least one of the instants."""
    return len({at.minute // QUARTER_MIN for at in instants})


def _by_flag(flags: Iterable[int]) -> dict[str, int]:
    counted = Counter(flags)
    return {name: counted[flag] for name, flag in zip(BY_FLAG, FLAGS, strict=True)}


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return the sum, None where one of the counts is unknown."""
    known = list(counts)
    return None if None in known else sum(count or 0 for count in known)


def _value(item: tuple[float, datetime, int]) -> float:
    return item[0]


def _lowest(part: RollupRow) -> float:
    return part.lowest if part.lowest is not None else float("inf")


def _highest(part: RollupRow) -> float:
    return part.highest if part.highest is not None else float("-inf")
