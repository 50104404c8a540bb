"""Times of a table: ISO 8601 or German, with offset or as local time, both DST nights included."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import pairwise

from services.ingestion.fields import parse_time

GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
LOCAL, WINTER_TIME, UTC_TIME = "", "UTC+1", "UTC"
TIME_ZONES = (LOCAL, WINTER_TIME, UTC_TIME)
NO_TIME = "keine Zeit (2026-03-01T12:00, 01.03.2026 12:00)"
SKIPPED_HOUR = (
    "diese Ortszeit gibt es nicht (Beginn der Sommerzeit); ist MEZ ganzjährig gemeint, bitte diese "
    "Zeitzone wählen"
)
TWICE = (
    "diese Ortszeit gibt es zweimal (Ende der Sommerzeit), und die Datei sagt nicht, welche "
    "gemeint ist; bitte Zeitzone wählen oder den Abstand angeben (+02:00)"
)
ENOUGH_TO_ORDER = 2
"""So many other times tell whether a file runs forwards or backwards."""


@dataclass(frozen=True, slots=True)
class NoInstant:
    """Why a cell is no instant."""

    reason: str


def zone_of(time_zone: str, local: tzinfo) -> tzinfo:
    """Return the zone of times without offset: one of `TIME_ZONES`, by default the region's."""
    fixed = {WINTER_TIME: timezone(timedelta(hours=1)), UTC_TIME: UTC}
    return fixed.get(time_zone, local)


def written_time(text: str) -> datetime | None:
    """Return a time as written: aware UTC with an offset, else naive; None if it is none."""
    plain = text.strip()
    aware = parse_time(plain)
    if aware is not None:
        return aware
    german = GERMAN_DATE.fullmatch(plain)
    try:
        if german:
            day, month, year, hour, minute, second = (int(part or 0) for part in german.groups())
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # zone comes later
        return datetime.fromisoformat(plain)
    except (ValueError, OverflowError):
        return None


def instants(texts: Sequence[str], zone: tzinfo) -> list[datetime | NoInstant]:
    """Return the instants (UTC) of a column in file order, each or why it is none.

    A local time that exists twice is the earlier one at its first place in a file that runs
    forwards, the later one in a file that runs backwards; alone or in disorder it is refused.
    """
    written = [written_time(text) for text in texts]
    local = [at for at in written if at is not None and at.tzinfo is None]
    twice = [at for at in local if _is_twice(at, zone)]
    folds = _Folds(twice, _direction([at for at in local if not _is_twice(at, zone)], twice))
    return [_instant(at, zone, folds) for at in written]


class _Folds:
    """Tells the two meanings of a repeated local time apart by their order in the file."""

    def __init__(self, twice: Sequence[datetime], direction: int) -> None:
        self._direction = direction
        self._count = Counter(twice)
        self._met: Counter[datetime] = Counter()

    def next(self, at: datetime) -> int | None:
        """Return the fold of the next row with this time, None when it can't be told."""
        if not self._direction or self._count[at] == 1:
            return None
        place = min(self._met[at], 1)
        self._met[at] += 1
        return place if self._direction > 0 else 1 - place


def _instant(at: datetime | None, zone: tzinfo, folds: _Folds) -> datetime | NoInstant:
    try:
        if at is None:
            return NoInstant(NO_TIME)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
        return _local_instant(at, zone, folds)
    except OverflowError:
        return NoInstant(NO_TIME)


def _local_instant(at: datetime, zone: tzinfo, folds: _Folds) -> datetime | NoInstant:
    early, late = at.replace(tzinfo=zone), at.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    if not _is_twice(at, zone):
        return NoInstant(SKIPPED_HOUR)
    fold = folds.next(at)
    return NoInstant(TWICE) if fold is None else (late if fold else early).astimezone(UTC)


def _is_twice(at: datetime, zone: tzinfo) -> bool:
    try:
        first = at.replace(tzinfo=zone).utcoffset()
        second = at.replace(tzinfo=zone, fold=1).utcoffset()
    except OverflowError:
        return False
    return first is not None and second is not None and first > second


def _direction(others: Sequence[datetime], twice: Sequence[datetime]) -> int:
    """Return 1 for a file that runs forwards, -1 backwards, 0 when it can't be told."""
    if not twice or len(others) < ENOUGH_TO_ORDER:
        return 0
    steps = list(pairwise(others))
    if all(before <= after for before, after in steps):
        return 1
    return -1 if all(before >= after for before, after in steps) else 0
