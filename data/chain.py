"""Chains of hashes: each entry of an append-only log seals the one before it.

The hash of an entry is SHA-256 over the hash before it and its own content as canonical JSON.
Whoever changes, removes or inserts an entry later breaks the chain at that place. What was cut off
at the end cannot be seen from the log alone: its head is therefore worth keeping elsewhere.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

PAGE = 1000
"""So many entries are read at once when a chain is walked (estimate)."""


class Link(Protocol):
    """An entry of a chain."""

    @property
    def number(self) -> int:
        """Return the number of the entry."""

    @property
    def prev_hash(self) -> str:
        """Return the hash of the entry before."""

    @property
    def entry_hash(self) -> str:
        """Return the hash of this entry."""

    def content(self) -> Sequence[object]:
        """Return what is sealed of it, fit for JSON."""


Entry = TypeVar("Entry", bound=Link)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: entries, unsealed older ones, head, first broken one."""

    entries: int
    unsealed: int
    head: str
    broken_at: int | None


def seal(previous: str, content: Sequence[object]) -> str:
    """Return the hash of an entry: 64 hex digits."""
    canonical = json.dumps(
        [previous, *content], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def walk(after: Callable[[int], Sequence[Entry]]) -> Iterator[Entry]:
    """Give all entries of a log in order; `after` reads the next `PAGE` behind a number."""
    last = 0
    while entries := after(last):
        yield from entries
        last = entries[-1].number


def verify(links: Iterable[Link]) -> Verdict:
    """Walk a chain in order; entries before the first that has a hash count as unsealed."""
    entries = unsealed = 0
    previous = ""
    for link in links:
        entries += 1
        if not link.entry_hash and not previous:
            unsealed += 1
            continue
        if link.prev_hash != previous or link.entry_hash != seal(previous, link.content()):
            return Verdict(entries, unsealed, previous, link.number)
        previous = link.entry_hash
    return Verdict(entries, unsealed, previous, None)
