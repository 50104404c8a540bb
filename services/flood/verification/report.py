"""The report of a verification: lists fixed beforehand, scores overall, per village, per pair."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import scoringrules as sr
from numpy.typing import NDArray

from services.flood.model import LEVELS
from services.flood.verification.arrival_scores import (
    BY_GAUGES,
    OUTSIDE,
    arrival_scores,
    case_table,
)
from services.flood.verification.attainable import POSSIBLE, TOO_NEAR, UNSEEN, Attainable
from services.flood.verification.contingency import contingency
from services.flood.verification.extraction import PROBABILITIES
from services.flood.verification.records import EventRecord, PairCase
from services.flood.verification.resampling import Resampling

FloatArray = NDArray[np.float64]

ALL_LEVELS: Final = frozenset(level.value for level in LEVELS)
SHORT: Final = ("cases", "silent", "mae_min", "coverage", "width_min", "crps_min")
"""Arrival scores that are kept by village."""
GROUPS: Final = (POSSIBLE, TOO_NEAR, UNSEEN)
LAG_PROBABILITIES: Final = np.array([0.1, 0.5, 0.9])


def attainable_lists(found: Sequence[Attainable]) -> dict[str, list[dict[str, Any]]]:
    """Return the three lists of villages as plain values, fixed before scoring."""
    return {
        group: [
            {
                "place_id": item.place[0],
                "river_id": item.place[1],
                "name": item.name,
                "river": item.river,
                "minutes": round(item.minutes),
                "gauges": list(item.gauge_ids),
                "share": round(item.share, 2),
            }
            for item in found
            if item.group == group
        ]
        for group in GROUPS
    }


def scores(
    records: Sequence[EventRecord], found: Sequence[Attainable], seed: int
) -> dict[str, Any]:
    """Return all scores of the events as plain values."""
    resampling = Resampling.of(len(records), seed)
    groups: dict[str, frozenset[tuple[str, str]] | None] = {"alle": None}
    for group in GROUPS:
        groups[group] = frozenset(item.place for item in found if item.group == group)
    return {
        "classes": dict(Counter(record.kind for record in records)),
        "rains": dict(Counter(record.rain for record in records)),
        "cycles": sum(record.cycles for record in records),
        "calm_cycles_skipped": sum(record.skipped for record in records),
        "warnings": {
            name: {
                level.value: contingency(records, resampling, level.value, places)
                for level in LEVELS
            }
            for name, places in groups.items()
        },
        "arrivals": {
            name: arrival_scores(case_table(records, ALL_LEVELS, places), PROBABILITIES, resampling)
            for name, places in groups.items()
        },
        "arrivals_by_level": {
            level.value: arrival_scores(
                case_table(records, frozenset({level.value})), PROBABILITIES, resampling
            )
            for level in LEVELS
        },
        "arrivals_unseen": {
            name: arrival_scores(
                case_table(records, levels, knowing=BY_GAUGES), PROBABILITIES, resampling
            )
            for name, levels in (
                ("alle", ALL_LEVELS),
                *((level.value, frozenset({level.value})) for level in LEVELS),
            )
        },
        "villages": [_village(records, item, resampling) for item in found],
        "pairs": _pairs(records, resampling),
    }


def _village(
    records: Sequence[EventRecord], item: Attainable, resampling: Resampling
) -> dict[str, Any]:
    places = frozenset({item.place})
    arrivals = arrival_scores(case_table(records, ALL_LEVELS, places), PROBABILITIES, resampling)
    return {
        "place_id": item.place[0],
        "river_id": item.place[1],
        "name": item.name,
        "river": item.river,
        "group": item.group,
        "warnings": {
            level.value: _short_warnings(contingency(records, resampling, level.value, places))
            for level in LEVELS
        },
        "arrivals": {name: arrivals[name] for name in SHORT if name in arrivals},
        "skill": {name: found["skill"] for name, found in arrivals.get("skill", {}).items()},
    }


def _short_warnings(table: dict[str, Any]) -> dict[str, Any]:
    leads = {
        lead: {name: found[name] for name in ("hits", "misses", "pod", "far")}
        for lead, found in table["leads"].items()
    }
    return {**table, "leads": leads}


def _pairs(records: Sequence[EventRecord], resampling: Resampling) -> list[dict[str, Any]]:
    by_pair: dict[tuple[str, str], list[tuple[int, PairCase]]] = {}
    for index, record in enumerate(records):
        for case in record.pairs:
            by_pair.setdefault(case.pair, []).append((index, case))
    return [_pair(pair, cases, resampling) for pair, cases in sorted(by_pair.items())]


def _pair(
    pair: tuple[str, str], cases: Sequence[tuple[int, PairCase]], resampling: Resampling
) -> dict[str, Any]:
    event = np.array([index for index, _ in cases])
    truth = np.array([case.truth_min for _, case in cases])
    told = np.array([case.quantiles for _, case in cases])
    other = np.abs(np.array([case.baseline_min for _, case in cases]) - truth)
    crps = np.asarray(sr.crps_quantile(truth, told, LAG_PROBABILITIES))
    width = resampling.weights.shape[1]

    def sums(values: FloatArray) -> FloatArray:
        found: FloatArray = np.bincount(event, values, width).astype(np.float64)
        return found

    ones = sums(np.ones_like(truth))
    inside = (told[:, 0] <= truth) & (truth <= told[:, 2])
    spread = np.asarray(sr.interval_score(truth, told[:, 0], told[:, 2], OUTSIDE))
    return {
        "upper": pair[0],
        "lower": pair[1],
        "cases": len(cases),
        "lag_min": [round(float(np.quantile(truth, p)), 0) for p in LAG_PROBABILITIES],
        "told_min": [round(float(v), 0) for v in np.median(told, axis=0)],
        "mae_min": resampling.ratio(sums(np.abs(told[:, 1] - truth)), ones).to_dict(),
        "coverage": resampling.ratio(sums(inside.astype(np.float64)), ones).to_dict(),
        "interval_score_min": resampling.ratio(sums(spread), ones).to_dict(),
        "crps_min": resampling.ratio(sums(crps), ones).to_dict(),
        "skill_over_distance": resampling.skill(sums(crps), sums(other)).to_dict(),
    }
