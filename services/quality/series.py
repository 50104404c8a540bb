"""The tests in hindsight: a stretch of stored values, each by those before and the one after."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from data.observation_rows import ObservationRow
from data.quality import FindingRow
from services.flood.model import Flag, Series
from services.quality.manual_periods import Periods
from services.quality.receipt import judge_value, look_back
from services.quality.rules import Checks
from services.quality.verdict import KEPT, NOT_EVALUATED, SOURCE, WORDS, Verdict

RECENT = 64
"""Earlier values that a test may look at: as many as at receipt."""
Version = tuple[datetime, float | None, int]


def judge_series(
    before: Sequence[Version],
    rows: Sequence[ObservationRow],
    after: ObservationRow | None,
    checks: Checks | None,
) -> list[Verdict]:
    """Return what each row is; `before` keeps the flags that it has, `after` only confirms."""
    values = [row for row in [*rows, *([after] if after else [])] if row.value is not None]
    if checks is None:
        return [_unjudged(row) for row in rows]
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
        flags[index] = verdict.flag
        verdicts.append(verdict)
        part = slice(max(0, index + 1 - RECENT), index + 1)
        seen = look_back(Series(times[part], numbers[part], flags[part]), checks)
        if seen is not None and index > start:
            flags[index - 1], verdicts[-2] = seen.flag, seen
    judged = iter(verdicts)
    return [next(judged) if row.value is not None else _unjudged(row) for row in rows]


def with_kept(
    row: ObservationRow, verdict: Verdict, kept: Sequence[FindingRow], manual: Periods
) -> Verdict:
    """Return the worst of the tests and of what was known at receipt; a person's word wins."""
    decided = manual.of(row.datastream_id, row.phenomenon_time)
    if decided is not None:
        return decided
    known = [
        Verdict(item.flag, item.reason, item.test)
        for item in kept
        if item.test in KEPT and item.start_at <= row.phenomenon_time <= item.end_at
    ]
    return max([verdict, *known], key=lambda item: item.flag)


def _time(row: ObservationRow) -> float:
    return row.phenomenon_time.timestamp()


def _unjudged(row: ObservationRow) -> Verdict:
    """Return the verdict on a row without a value: missing, in the words of whoever said so."""
    if row.value is not None:
        return NOT_EVALUATED
    reason = row.flag_reason.removeprefix(f"{WORDS[SOURCE]}: ")
    return Verdict(Flag.MISSING, reason, SOURCE if reason else "")
