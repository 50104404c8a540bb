"""In which order waiting batches are stored, and how many of them share a transaction."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from services.ingestion.spool import Batch, put_ns

FRESH_NS = 20 * 60 * 1_000_000_000
"""What came in the last 20 minutes goes first: a gauge whose newest reading is older is suspect
anyway (SUSPECT_AGE_MIN of the engine)."""


def newest_first(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Split files into what came within FRESH_NS before the newest one, and what is older."""
    newest = put_ns(paths[-1].name)
    if newest is None:
        return list(paths), []
    first = f"{newest - FRESH_NS:020d}"
    fresh = [path for path in paths if path.name >= first]
    return fresh, list(paths[: len(paths) - len(fresh)])


def in_groups(batches: Iterable[Batch], most: int) -> Iterator[list[Batch]]:
    """Put batches together in their order, `most` messages a group; a larger one stands alone."""
    group: list[Batch] = []
    size = 0
    for batch in batches:
        if group and size + len(batch.messages) > most:
            yield group
            group, size = [], 0
        group.append(batch)
        size += len(batch.messages)
    if group:
        yield group
