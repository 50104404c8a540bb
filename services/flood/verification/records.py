"""What one event leaves behind for the scores: forecasts with their outcome, and warnings."""

from dataclasses import dataclass
from typing import Final

FORMAT: Final = 2
"""Format of the report; a page shows no other."""

HORIZON_MIN: Final = 720.0
"""Arrivals within 12 h of the issue are scored; what is forecast later counts as 12 h."""

LEADS_MIN: Final = (0, 30, 60, 120)
"""Lead times of the contingency tables, minutes."""

BASELINES: Final = ("strecke", "beharrung", "anstieg")
"""Distance over velocity, persistence, extrapolated rise (see `baselines`)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One forecast of one level at one village whose arrival came within the horizon.

    All times are minutes after the issue. Quantiles belong to the run's probabilities, None where
    the engine gave no P50: `ahead` for somebody who sees that the level is not there yet, `unseen`
    for somebody who knows the gauges only. `baselines` follow `BASELINES`, None where one refuses.
    """

    place: tuple[str, str]
    level: str
    issue_s: float
    truth_min: float
    ahead: tuple[float, ...] | None
    unseen: tuple[float, ...] | None
    baselines: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One level at one village in one event: when it came, when it was warned of.

    `truth_s` and `first_s` are None when it never came or was never warned of. `standing` tells
    per `LEADS_MIN` whether the warning stood so long before the arrival. `missing_m` is what the
    highest stage lacked to the level, 0 when it was reached. `was_ok` means an all-clear was on
    the screen when the level was reached; `is_misled` that a gauge above read too high in the
    event (spikes, debris, drift).
    """

    place: tuple[str, str]
    level: str
    truth_s: float | None
    first_s: float | None
    standing: tuple[bool, ...]
    missing_m: float
    was_ok: bool
    is_misled: bool


@dataclass(frozen=True, slots=True)
class PairCase:
    """One level's way from an upper to a lower gauge: lag in minutes, its forecast, baseline."""

    pair: tuple[str, str]
    level: str
    truth_min: float
    quantiles: tuple[float, float, float]
    baseline_min: float


@dataclass(frozen=True, slots=True)
class EventRecord:
    """All that one event leaves behind."""

    number: int
    kind: str
    rain: str
    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]
    pairs: tuple[PairCase, ...]
    cycles: int
    skipped: int
