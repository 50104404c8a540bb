"""Figures of a pair on the second half: timing error, interval coverage, POD and FAR (B.8, G.9).

The prediction of a wave is issued when its front has settled, from what was known at that reading;
it counts only if that was before the wave was observed below. A hit is a matched wave with such a
prediction, a miss a front below without one, a false alarm a front above without match. The latest
prediction before the arrival is scored beside it. The tolerance figures ask in addition for an
error of at most 30 minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.flood.constants import SECONDS_PER_MIN
from services.flood.hindcast.calibration import LagModel
from services.flood.hindcast.matching import Match
from services.flood.hindcast.waves import Front

TOLERANCE_MIN = 30.0
"""Error up to which an arrival counts as told in time (estimate: two readings)."""

_P90 = 0.9


@dataclass(frozen=True, slots=True)
class Prediction:
    """One scored prediction: error in minutes (positive is late), inside the interval, lead."""

    error_min: float
    is_inside: bool | None
    lead_min: float


@dataclass(frozen=True, slots=True)
class Events:
    """What happened in the score half, apart from the matched waves."""

    matches: tuple[Match, ...]
    unmatched_below: int
    unmatched_above: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one method on one pair or pooled; None where nothing could be counted."""

    n: int
    median_abs_error_min: float | None
    p90_abs_error_min: float | None
    median_error_min: float | None
    share_inside_80: float | None
    median_lead_min: float | None
    pod: float | None
    far: float | None
    pod_30min: float | None
    far_30min: float | None


def predict(model: LagModel, front: Front, observed_s: float) -> Prediction:
    """Return the prediction from a front as it was known, against the observed arrival."""
    arrival = front.arrival_s + model.lag_s(front)
    interval = model.interval_s(front)
    is_inside = None
    if interval is not None:
        is_inside = interval[0] <= observed_s - front.arrival_s <= interval[1]
    return Prediction(
        error_min=(arrival - observed_s) / SECONDS_PER_MIN,
        is_inside=is_inside,
        lead_min=(observed_s - front.known_s) / SECONDS_PER_MIN,
    )


def predictions(model: LagModel, matches: Sequence[Match]) -> tuple[Prediction, ...]:
    """Return the prediction of each matched wave whose front settled before its arrival below."""
    found = []
    for match in matches:
        front = match.upper.settled()
        if front is not None and front.known_s < match.lower.arrival_s:
            found.append(predict(model, front, match.lower.arrival_s))
    return tuple(found)


def latest_predictions(model: LagModel, matches: Sequence[Match]) -> tuple[Prediction, ...]:
    """Return the newest prediction of each matched wave before its arrival below."""
    found = []
    for match in matches:
        front = match.upper.last_seen_before(match.lower.arrival_s)
        if front is not None:
            found.append(predict(model, front, match.lower.arrival_s))
    return tuple(found)


def figures(scored: Sequence[Prediction], matched: int, below: int, above: int) -> Figures:
    """Return the figures of predictions.

    `matched` waves of the score half include those predicted too late; `below` and `above` count
    fronts without match.
    """
    errors = np.array([item.error_min for item in scored])
    inside = [item.is_inside for item in scored if item.is_inside is not None]
    close = int(np.sum(np.abs(errors) <= TOLERANCE_MIN))
    observed, hits = matched + below, len(scored)
    return Figures(
        n=hits,
        median_abs_error_min=_round(np.median(np.abs(errors))) if hits else None,
        p90_abs_error_min=_round(np.quantile(np.abs(errors), _P90)) if hits else None,
        median_error_min=_round(np.median(errors)) if hits else None,
        share_inside_80=_share(sum(inside), len(inside)),
        median_lead_min=_round(np.median([item.lead_min for item in scored])) if hits else None,
        pod=_share(hits, observed),
        far=_share(above, hits + above),
        pod_30min=_share(close, observed),
        far_30min=_share(hits - close + above, hits + above),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _round(minutes: np.floating) -> float:
    return round(float(minutes), 1)
