"""Travel times as the posterior reads them: weights on reaches, one per event, counts."""

import json
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from services.flood.flow_classes import FLOW_CLASSES
from services.flood.lags import LagObservation, Reach
from services.flood.model import FloatArray

CountArray = NDArray[np.int64]

MIN_COVERED = 0.5
"""An event counts on a reach when it covers half of it, or lies half inside it."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Travel times as arrays: weights [lag, reach], ln c, variance and ln e [lag]."""

    weights: FloatArray
    ln_c: FloatArray
    variance: FloatArray
    ln_e: FloatArray


def observed(reaches: Sequence[Reach], lags: Sequence[LagObservation]) -> Observed:
    """Return travel times as arrays.

    Raises
    ------
    ValueError
        When a travel time lies on no reach.
    """
    weights = np.array([_weights(reaches, lag) for lag in lags]).reshape(len(lags), len(reaches))
    return Observed(
        weights,
        np.array([lag.ln_celerity for lag in lags], dtype=np.float64),
        np.array([lag.sigma_ln**2 for lag in lags], dtype=np.float64),
        np.array([FLOW_CLASSES.ln_of(lag.exceedance) for lag in lags], dtype=np.float64),
    )


def everywhere(seen: Observed) -> Observed:
    """Return the travel times as if the region were one reach."""
    return Observed(np.ones((seen.ln_c.size, 1)), seen.ln_c, seen.variance, seen.ln_e)


def _weights(reaches: Sequence[Reach], lag: LagObservation) -> list[float]:
    covered = [sum(reach.covered_km(part) for part in lag.stretches) for reach in reaches]
    total = sum(covered)
    if total <= 0:
        way = ", ".join(
            f"{part.river_id} km {part.upper_km:g}-{part.lower_km:g}" for part in lag.stretches
        )
        raise ValueError(f"keine Gewässerstrecke für die Laufzeit {way}")
    return [value / total for value in covered]


def count_events(reaches: Sequence[Reach], lags: Sequence[LagObservation]) -> CountArray:
    """Return how many events each reach has seen in each class."""
    found: set[tuple[int, int, str]] = set()
    for lag in lags:
        for row, reach in enumerate(reaches):
            covered = sum(reach.covered_km(part) for part in lag.stretches)
            least = MIN_COVERED * min(reach.upper_km - reach.lower_km, lag.distance_km)
            if covered > 0 and covered >= least:
                found.add((row, FLOW_CLASSES.index(lag.exceedance), lag.event))
    counts = np.zeros((len(reaches), len(FLOW_CLASSES.names)), dtype=np.int64)
    for row, column, _ in found:
        counts[row, column] += 1
    return counts


def one_per_event(lags: Sequence[LagObservation]) -> list[LagObservation]:
    """Return one travel time per event and way: weighted mean, spread of the best one."""
    groups: dict[tuple[object, ...], list[LagObservation]] = {}
    for lag in sorted(lags, key=order_of):
        groups.setdefault((lag.event, lag.stretches), []).append(lag)
    return [_joined(group) for _, group in sorted(groups.items(), key=lambda item: str(item[0]))]


def _joined(group: list[LagObservation]) -> LagObservation:
    precision = [1.0 / lag.sigma_ln**2 for lag in group]
    ln_lag = np.average([math.log(lag.lag_min) for lag in group], weights=precision)
    flows = [math.log(lag.exceedance) for lag in group if lag.exceedance is not None]
    return LagObservation(
        group[0].event,
        group[0].stretches,
        math.exp(float(ln_lag)),
        min(lag.sigma_ln for lag in group),
        math.exp(sum(flows) / len(flows)) if flows else None,
    )


def order_of(lag: LagObservation) -> str:
    """Return a text that orders travel times, whatever order they came in."""
    return json.dumps(astuple(lag))
