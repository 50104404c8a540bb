"""Hits, misses and false alarms of warnings by lead time: POD, FAR, CSI, bias.

Unit is a (village, event) for one level. Hit at a lead: the level was reached and the warning
stood that long before. Miss: reached, and it did not. False alarm: the state was shown at any time
of the event though the level was never reached. A late warning is a miss, not a false alarm.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from services.flood.verification.records import LEADS_MIN, EventRecord, Outcome
from services.flood.verification.resampling import Resampling

FloatArray = NDArray[np.float64]

NEAR_M: Final = 0.10
"""A false alarm is a near one when the highest stage lacked at most so much to the level."""

Place = tuple[str, str]


def contingency(
    records: Sequence[EventRecord],
    resampling: Resampling,
    level: str,
    places: frozenset[Place] | None = None,
) -> dict[str, Any]:
    """Return the tables of a level by lead time, for all villages or for those named."""
    chosen = [
        [o for o in record.outcomes if o.level == level and (places is None or o.place in places)]
        for record in records
    ]
    false = _count(chosen, _is_false)
    near = _count(chosen, lambda o: _is_false(o) and o.missing_m <= NEAR_M)
    due = _count(chosen, lambda o: o.truth_s is not None)
    return {
        "reached": int(due.sum()),
        "false_alarms": int(false.sum()),
        "near_false_alarms": int(near.sum()),
        "misled_false_alarms": int(_count(chosen, lambda o: _is_false(o) and o.is_misled).sum()),
        "quiet": int(_count(chosen, _is_quiet).sum()),
        "green_when_reached": int(_count(chosen, lambda o: o.was_ok).sum()),
        "events": int((due > 0).sum()),
        "leads": {
            str(lead): _at_lead(chosen, index, (due, false), resampling)
            for index, lead in enumerate(LEADS_MIN)
        },
    }


def _at_lead(
    chosen: Sequence[Sequence[Outcome]],
    index: int,
    counts: tuple[FloatArray, FloatArray],
    resampling: Resampling,
) -> dict[str, Any]:
    due, false = counts
    hits = _count(chosen, lambda o: o.standing[index])
    warned = hits + false
    return {
        "hits": int(hits.sum()),
        "misses": int((due - hits).sum()),
        "pod": resampling.ratio(hits, due).to_dict(),
        "far": resampling.ratio(false, warned).to_dict(),
        "csi": resampling.ratio(hits, due + false).to_dict(),
        "bias": resampling.ratio(warned, due).to_dict(),
    }


def _count(chosen: Sequence[Sequence[Outcome]], wanted: Callable[[Outcome], bool]) -> FloatArray:
    return np.array([sum(map(wanted, outcomes)) for outcomes in chosen], dtype=np.float64)


def _is_false(outcome: Outcome) -> bool:
    return outcome.truth_s is None and outcome.first_s is not None


def _is_quiet(outcome: Outcome) -> bool:
    return outcome.truth_s is None and outcome.first_s is None
