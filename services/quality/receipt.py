"""Tests at receipt: a new value by what came before, and the value before by the new one."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from services.flood import qc
from services.flood.constants import SECONDS_PER_HOUR
from services.flood.model import Flag, Series
from services.ingestion.model import Reading
from services.quality.rules import Checks, Rules
from services.quality.verdict import (
    FLAT,
    GOOD,
    NOT_EVALUATED,
    SPIKE,
    Verdict,
    by_kernel,
)

CONFIRMED = Verdict(Flag.GOOD, "Anstieg durch den folgenden Wert bestätigt")
ALONE = Verdict(Flag.SUSPECT, "steht allein gegen beide Nachbarwerte", SPIKE)
FAR_ALONE = Verdict(Flag.FAIL, "steht weit allein gegen beide Nachbarwerte", SPIKE)
STILL_H = "seit {hours:.0f} Stunden unverändert"
TRIPLE = 3
"""A spike is seen in three values: the one between two others."""


class Flagger(Protocol):
    """Judges readings of datastreams as they come."""

    def judge(self, key: str, recent: Series, reading: Reading) -> Verdict:
        """Return what a new reading is, from the readings before it."""

    def look_back(self, key: str, recent: Series) -> Verdict | None:
        """Return what the last but one of these readings turned out to be, None: as it was."""

    @property
    def digest(self) -> str:
        """Name the version of the limits."""


@dataclass(frozen=True, slots=True)
class ReceiptFlagger:
    """The flagger of operation: every datastream by the limits of its rules."""

    rules: Rules

    @property
    def digest(self) -> str:
        """Name the version of the limits."""
        return self.rules.digest

    def judge(self, key: str, recent: Series, reading: Reading) -> Verdict:
        """Return what a new reading is, from the readings before it."""
        checks = self.rules.of(key)
        if checks is None:
            return NOT_EVALUATED
        return judge_value(
            recent,
            reading.phenomenon_time.timestamp(),
            reading.value,
            checks,
            received_s=reading.result_time.timestamp(),
        )

    def look_back(self, key: str, recent: Series) -> Verdict | None:
        """Return what the last but one of these readings turned out to be, None: as it was."""
        checks = self.rules.of(key)
        return None if checks is None else look_back(recent, checks)


def look_back(recent: Series, checks: Checks) -> Verdict | None:
    """Return what the last but one of these readings turned out to be, None: as it was."""
    if recent.values.size < TRIPLE:
        return None
    before, middle, after = recent.values[-TRIPLE:].tolist()
    was = int(recent.flags[-2])
    apart = abs(middle - (before + after) / 2.0)
    if was == Flag.MISSING or (was < Flag.SUSPECT and not apart > checks.limits.spike_suspect):
        return None
    now = int(qc.resolve(recent, checks.limits).flags[-2])
    return None if now == was else in_hindsight(now)


def judge_value(
    recent: Series, time_s: float, value: float, checks: Checks, *, received_s: float | None = None
) -> Verdict:
    """Return what a value is, from the readings before it."""
    found = by_kernel(*qc.flag_reading(recent, time_s, value, checks.limits, received_s=received_s))
    if found.flag == Flag.GOOD and checks.flat_alone:
        return _flat(recent, time_s, value, checks.limits)
    return found


def in_hindsight(flag: int) -> Verdict:
    """Return why a flag was changed by what came afterwards."""
    return {Flag.GOOD: CONFIRMED, Flag.SUSPECT: ALONE, Flag.FAIL: FAR_ALONE}[flag]


def _flat(recent: Series, time_s: float, value: float, limits: qc.Limits) -> Verdict:
    """Return whether values have not moved for hours; most have, and then it is cheap."""
    if not recent.values.size or abs(float(recent.values[-1]) - value) > limits.flat_tolerance:
        return GOOD
    moved = np.flatnonzero(np.abs(recent.values - value) > limits.flat_tolerance)
    first = int(moved[-1]) + 1 if moved.size else 0
    hours = (time_s - float(recent.times_s[first])) / SECONDS_PER_HOUR
    reason = STILL_H.format(hours=hours)
    if hours >= limits.flat_fail_h:
        return Verdict(Flag.FAIL, reason, FLAT)
    return Verdict(Flag.SUSPECT, reason, FLAT) if hours >= limits.flat_suspect_h else GOOD
