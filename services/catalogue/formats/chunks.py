"""Rows in portions, so that a file never needs all of them in memory."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from services.catalogue.model import Column, Record, Value


def chunks(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """Yield lists of at most `size` records, none of them empty."""
    running = iter(records)
    while portion := list(islice(running, size)):
        yield portion


def turned(columns: Sequence[Column], rows: Sequence[Record]) -> list[tuple[Value, ...]]:
    """Return rows as columns; without rows each column is empty."""
    if not rows:
        return [() for _ in columns]
    return list(zip(*(row.values for row in rows), strict=True))  # no data frame
