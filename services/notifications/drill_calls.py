"""Messages of a drill as one would get them: what a group is told at one moment is one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.drill_box import DrillRow
from services.alarms.model import Severity

AT_ONCE = timedelta(seconds=1)
"""One run writes its calls within milliseconds of each other; runs are seconds apart (estimate)."""


@dataclass(frozen=True, slots=True)
class DrillCall:
    """What one group was told at one moment, gravest first; never empty."""

    rows: tuple[DrillRow, ...]

    @property
    def at(self) -> datetime:
        """Return when its first message was written, wall time."""
        return min(row.created_at for row in self.rows)

    @property
    def recipients(self) -> str:
        """Return the group."""
        return self.rows[0].recipients


def calls_of(rows: Sequence[DrillRow]) -> tuple[DrillCall, ...]:
    """Gather messages, newest first, into calls, newest first.

    A call is broken by more than `AT_ONCE` between two messages, by another group and by another
    kind: a test stays a line of its own in the middle of a flood.
    """
    gathered: list[list[DrillRow]] = []
    for row in rows:
        if gathered and _is_same(gathered[-1][-1], row):
            gathered[-1].append(row)
        else:
            gathered.append([row])
    return tuple(DrillCall(tuple(sorted(found, key=_gravest))) for found in gathered)


def _is_same(later: DrillRow, row: DrillRow) -> bool:
    is_near = later.created_at - row.created_at <= AT_ONCE
    return is_near and (later.recipients, later.kind) == (row.recipients, row.kind)


def _gravest(row: DrillRow) -> tuple[int, str]:
    return -Severity(row.severity).rank, row.subject
