"""Gaps in a wave, and whether its peak may lie in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from services.gauge_context.model import Rise
from services.gauge_context.rise import HOUR
from services.gauge_events.model import Reading, Wave


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing valid is known between two readings; None where there is no reading on a side."""

    before: Reading | None
    after: Reading | None

    @property
    def until(self) -> datetime | None:
        """Return when the gap ends."""
        return self.after[0] if self.after else None


def gaps_of(
    known: Sequence[Reading], wave: Wave, longest_step: timedelta, now: datetime
) -> list[Gap]:
    """Return the gaps that touch a wave: at its beginning, within it, and silence until now."""
    found: list[Gap] = []
    if not known or known[0][0] >= wave.began_at:
        found.append(Gap(None, known[0] if known else None))
    for before, after in pairwise(known):
        is_touching = after[0] >= wave.began_at and before[0] <= wave.last_above_at
        if is_touching and after[0] - before[0] > longest_step:
            found.append(Gap(before, after))
    is_silent = bool(known) and wave.ended_at is None and now - known[-1][0] > longest_step
    if is_silent:
        found.append(Gap(known[-1], None))
    return found


def may_hide_peak(gap: Gap, wave: Wave, steepest: Rise | None) -> bool:
    """Tell whether the water may have stood higher in a gap than in any valid reading of a wave.

    It may where the highest reading stands at the edge of the gap, where nothing is known after
    it, and where a rise and fall as steep as the steepest one measured would reach higher.
    """
    if gap.after is None:
        return True
    if gap.before is None:
        return gap.after[0] == wave.peaked_at
    if wave.peaked_at in (gap.before[0], gap.after[0]):
        return True
    hours = (gap.after[0] - gap.before[0]) / HOUR
    rate = steepest.per_hour if steepest else 0.0
    return (gap.before[1] + gap.after[1]) / 2 + rate * hours / 2 > wave.peak
