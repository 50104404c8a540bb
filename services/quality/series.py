"""The tests in hindsight: a stretch of stored values, each by those before and the one after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data.observation_rows import ObservationRow
from data.quality import FindingRow
from services.flood.model import Flag, Series
from services.quality.manual_periods import Periods
from services.quality.receipt import judge_value, look_back
from services.quality.rules import Checks
from services.quality.verdict import (
    KEPT,
    NOT_EVALUATED,
    READING,
    SOURCE,
    WORDS,
    Verdict,
    named_test,
)

RECENT = 64
"""Earlier values that a test may look at: as many as at receipt."""
BY_HAND = "manual"
"""Origin of a value that a person entered."""
BY_HAND_WORDS = "von Hand eingetragen"
Version = tuple[datetime, float | None, int]
Settle = Callable[[ObservationRow, Verdict], Verdict]
"""Gives the last word on a row: what a person said, or what only the receipt knew."""


def judge_series(
    before: Sequence[Version],
    rows: Sequence[ObservationRow],
    after: ObservationRow | None,
    checks: Checks | None,
    settle: Settle,
) -> list[Verdict]:
    """Return what each row is; `before` keeps the flags that it has, `after` only confirms.

    As at receipt, a value that a person took out is no measure for the values after it.
    """
    values = [row for row in [*rows, *([after] if after else [])] if row.value is not None]
    if checks is None:
        return [settle(row, _unjudged(row)) for row in rows]
    start = len(before)
    times = np.array(
        [at.timestamp() for at, _, _ in before] + [_time(row) for row in values], dtype=float
    )
    numbers = np.array(
        [np.nan if value is None else value for _, value, _ in before]
        + [row.value for row in values],
        dtype=float,
    )
    flags = np.full(times.size, Flag.MISSING, dtype=np.int8)
    flags[:start] = [flag for _, _, flag in before]
    verdicts: list[Verdict] = []
    for index in range(start, times.size):
        part = slice(max(0, index - RECENT), index)
        recent = Series(times[part], numbers[part], flags[part])
        verdict = judge_value(recent, float(times[index]), float(numbers[index]), checks)
        verdict = settle(values[index - start], verdict)
        flags[index] = verdict.flag
        verdicts.append(verdict)
        part = slice(max(0, index + 1 - RECENT), index + 1)
        seen = look_back(Series(times[part], numbers[part], flags[part]), checks)
        if seen is not None and index > start:
            seen = settle(values[index - start - 1], seen)
            flags[index - 1], verdicts[-2] = seen.flag, seen
    judged = iter(verdicts)
    return [next(judged) if row.value is not None else settle(row, _unjudged(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class Known:
    """What no test can find again: decisions of people, and findings of the receipt by instant."""

    kept: dict[datetime, list[Verdict]]
    manual: Periods

    @classmethod
    def of(cls, standing: Sequence[FindingRow], manual: Periods) -> "Known":
        """Return it for a stretch, from the findings that stand there."""
        kept: dict[datetime, list[Verdict]] = {}
        for item in standing:
            if item.test in KEPT:
                verdict = Verdict(item.flag, item.reason, item.test)
                kept.setdefault(item.start_at, []).append(verdict)
        return cls(kept, manual)

    def settle(self, row: ObservationRow, verdict: Verdict) -> Verdict:
        """Return the worst of the tests and of what was known at receipt; a person's word wins."""
        decided = self.manual.of(row.datastream_id, row.phenomenon_time)
        if decided is not None:
            return decided
        if row.origin == BY_HAND:
            verdict = worst(verdict, entered(row))
        return worst(verdict, *self.kept.get(row.phenomenon_time, ()))


def worst(*verdicts: Verdict) -> Verdict:
    """Return the verdict with the highest flag, of equals the first."""
    return max(verdicts, key=lambda item: item.flag)


def entered(row: ObservationRow) -> Verdict:
    """Return what a person said of a value that was entered by hand; no test takes that back."""
    if named_test(row.flag_reason) != READING:
        return Verdict(Flag.NOT_EVALUATED, BY_HAND_WORDS, READING)
    return Verdict(row.flag, row.flag_reason.removeprefix(f"{WORDS[READING]}: "), READING)


def _time(row: ObservationRow) -> float:
    return row.phenomenon_time.timestamp()


def _unjudged(row: ObservationRow) -> Verdict:
    """Return the verdict on a row without a value: missing, in the words of whoever said so."""
    if row.value is not None:
        return NOT_EVALUATED
    reason = row.flag_reason.removeprefix(f"{WORDS[SOURCE]}: ")
    return Verdict(Flag.MISSING, reason, SOURCE if reason else "")
