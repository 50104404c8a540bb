"""How a data set stands: age of its newest value against its own frequency, quality, counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from data.catalogue import EntryRow
from data.region_pack.datasets import DatasetFile, DatasetRow
from services.catalogue.formats.registry import formats_of
from services.catalogue.model import (
    DatasetView,
    ProviderView,
    SeriesQuality,
    Timeliness,
    YearCount,
)
from services.catalogue.vocabulary import FREQUENCIES, LICENCES

MISSED = 2.0
"""A data set is stale when its newest value is older than so many of its intervals (estimate)."""
GOOD, NOT_EVALUATED, SUSPECT, FAIL = 1, 2, 3, 4


def timeliness(row: DatasetRow, age: timedelta | None) -> Timeliness:
    """Judge an age; without a promised frequency nothing is stale."""
    every = FREQUENCIES[row.frequency].every
    if age is None:
        return Timeliness.EMPTY
    if every is not None and age > MISSED * every:
        return Timeliness.STALE
    return Timeliness.CURRENT


def dataset_view(
    row: DatasetRow, provider: str, newest_at: datetime | None, now: datetime
) -> DatasetView:
    """Return a data set as lists show it; a forecast has no negative age."""
    age = None if newest_at is None else max(timedelta(), now - newest_at)
    return DatasetView(
        row=row,
        provider=provider,
        licence=LICENCES[row.licence],
        rhythm=FREQUENCIES[row.frequency],
        timeliness=timeliness(row, age),
        newest_at=newest_at,
        age_min=None if age is None else age.total_seconds() / 60.0,
        formats=formats_of(row.holds),
    )


def midnight(day: date | None) -> datetime | None:
    """Return the beginning of a day in UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)


def providers(found: DatasetFile, views: Iterable[DatasetView]) -> tuple[ProviderView, ...]:
    """Return who has data: connected is who has a data set here that holds values."""
    filled: dict[str, int] = {}
    for view in views:
        if view.timeliness is not Timeliness.EMPTY:
            filled[view.row.provider] = filled.get(view.row.provider, 0) + 1
    return tuple(
        ProviderView(
            provider_id=row.id,
            name=row.name,
            homepage=row.homepage,
            is_estimate=row.estimate,
            datasets=filled.get(row.id, 0),
            is_connected=row.id in filled,
        )
        for row in found.provider
    )


def years(entries: Sequence[EntryRow], now: datetime) -> tuple[YearCount, ...]:
    """Count new data sets by calendar year, from the first year to this one without a gap."""
    if not entries:
        return ()
    first = min(entry.issued.year for entry in entries)
    last = max(now.year, *(entry.issued.year for entry in entries))
    return tuple(_year(entries, year) for year in range(first, last + 1))


def _year(entries: Sequence[EntryRow], year: int) -> YearCount:
    of_year = [entry for entry in entries if entry.issued.year == year]
    gone = sum(entry.withdrawn_at is not None for entry in of_year)
    return YearCount(year, len(of_year), gone)


def quality(counts: Mapping[int, int], expected: int, days: int) -> SeriesQuality:
    """Sum the flags of a series up."""
    return SeriesQuality(
        days=days,
        expected=expected,
        arrived=counts.get(GOOD, 0)
        + counts.get(NOT_EVALUATED, 0)
        + counts.get(SUSPECT, 0)
        + counts.get(FAIL, 0),
        good=counts.get(GOOD, 0),
        suspect=counts.get(SUSPECT, 0),
        failed=counts.get(FAIL, 0),
    )
