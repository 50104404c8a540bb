"""Scores of forecast arrival times: timing error, coverage, width, CRPS and pinball, skill.

CRPS from quantiles is twice the mean pinball loss (`scoringrules.crps_quantile`); for a forecast
of one instant it is the absolute error, so that baselines are compared on the same scale
(Gneiting & Raftery 2007).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import scoringrules as sr
from numpy.typing import NDArray

from services.flood.verification.records import BASELINES, HORIZON_MIN, Case, EventRecord
from services.flood.verification.resampling import Resampling

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LOWER: Final = 0.1
UPPER: Final = 0.9
OUTSIDE: Final = 0.2
"""The 80 % interval runs from P10 to P90."""

Place = tuple[str, str]

Knowing = Literal["ahead", "unseen"]
AHEAD: Final[Knowing] = "ahead"
BY_GAUGES: Final[Knowing] = "unseen"
"""Which quantiles of a case are scored, see `Case`."""


@dataclass(frozen=True, slots=True)
class CaseTable:
    """Scored forecasts as columns: event index, truth, quantiles, baselines (NaN: refused)."""

    event: IntArray
    truth: FloatArray
    quantiles: FloatArray
    baselines: FloatArray
    events: int
    silent: int
    """Cases in which the arrival came and the engine gave no median."""

    def sums(self, values: FloatArray) -> FloatArray:
        """Return the sums of a column by event."""
        found: FloatArray = np.bincount(self.event, values, self.events).astype(np.float64)
        return found


def case_table(
    records: Sequence[EventRecord],
    levels: frozenset[str],
    places: frozenset[Place] | None = None,
    knowing: Knowing = AHEAD,
) -> CaseTable:
    """Return the forecasts of some levels at all villages, or at those named.

    `knowing` chooses for whom.
    """
    chosen: list[tuple[int, Case]] = [
        (index, case)
        for index, record in enumerate(records)
        for case in record.cases
        if case.level in levels and (places is None or case.place in places)
    ]
    told = ((index, case, getattr(case, knowing)) for index, case in chosen)
    spoken = [item for item in told if item[2]]
    width = len(spoken[0][2]) if spoken else 1
    return CaseTable(
        event=np.array([index for index, _, _ in spoken], dtype=np.int64),
        truth=np.array([case.truth_min for _, case, _ in spoken], dtype=np.float64),
        quantiles=np.array([q for _, _, q in spoken], dtype=np.float64).reshape(-1, width),
        baselines=np.array(
            [[np.nan if b is None else b for b in case.baselines] for _, case, _ in spoken],
            dtype=np.float64,
        ).reshape(-1, len(BASELINES)),
        events=len(records),
        silent=len(chosen) - len(spoken),
    )


def arrival_scores(
    table: CaseTable, probabilities: Sequence[float], resampling: Resampling
) -> dict[str, Any]:
    """Return all scores of a table as plain values."""
    if not table.truth.size:
        return {"cases": 0, "silent": table.silent}
    ones = table.sums(np.ones_like(table.truth))
    lower, middle, upper = (table.quantiles[:, probabilities.index(p)] for p in (LOWER, 0.5, UPPER))
    error = middle - table.truth
    crps = np.asarray(sr.crps_quantile(table.truth, table.quantiles, np.array(probabilities)))
    interval = np.asarray(sr.interval_score(table.truth, lower, upper, OUTSIDE))
    inside = (lower <= table.truth) & (table.truth <= upper)

    def mean(values: FloatArray) -> dict[str, Any]:
        return resampling.ratio(table.sums(values), ones).to_dict()

    return {
        "cases": int(table.truth.size),
        "silent": table.silent,
        "median_error_min": round(float(np.median(error)), 1),
        "p90_abs_error_min": round(float(np.quantile(np.abs(error), UPPER)), 1),
        "mae_min": mean(np.abs(error)),
        "coverage": mean(inside.astype(np.float64)),
        "too_early": mean((table.truth > upper).astype(np.float64)),
        "too_late": mean((table.truth < lower).astype(np.float64)),
        "width_min": mean(upper - lower),
        "interval_score_min": mean(interval),
        "crps_min": mean(crps),
        "pinball_min": {
            f"{p:g}": round(float(np.mean(sr.quantile_score(table.truth, q, p))), 2)
            for p, q in zip(probabilities, table.quantiles.T, strict=True)
        },
        "skill": {
            name: _skill(table, crps, table.baselines[:, index], resampling)
            for index, name in enumerate(BASELINES)
        },
    }


def _skill(
    table: CaseTable, crps: FloatArray, told: FloatArray, resampling: Resampling
) -> dict[str, Any]:
    """Return skill where the baseline speaks too, and with "never" (12 h) where it refuses."""
    speaks = np.isfinite(told)
    other = np.abs(np.where(speaks, told, HORIZON_MIN) - table.truth)
    both = speaks.astype(np.float64)
    ones = table.sums(both)
    return {
        "cases": int(speaks.sum()),
        "refused": int((~speaks).sum()),
        "crps_min": resampling.ratio(table.sums(crps * both), ones).to_dict(),
        "baseline_crps_min": resampling.ratio(table.sums(other * both), ones).to_dict(),
        "skill": resampling.skill(table.sums(crps * both), table.sums(other * both)).to_dict(),
        "skill_refusals_as_never": resampling.skill(table.sums(crps), table.sums(other)).to_dict(),
    }
