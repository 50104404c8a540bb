"""Wave speed (celerity) of a path: what the posterior per reach says along it, and travel times.

There is one posterior, `reach_celerity.learn`. A path takes its reaches: travel times add up, and
the spreads join with their correlation. `path_celerity` learns and reads in one step where no
table of reaches is at hand. `docs/method/lead-times.md` has the formulas.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from services.flood.constants import METRES_PER_KM, SECONDS_PER_MIN, Z80
from services.flood.flow_classes import FLOOD
from services.flood.lags import Lag, Prior, Reach, Stretch
from services.flood.model import Celerity, FloatArray
from services.flood.reach_celerity import ReachCelerity, learn
from services.flood.reach_draws import stratified_normal

__all__ = [
    "Lag",
    "Prior",
    "Stretch",
    "along",
    "path_celerity",
    "stratified_normal",
    "travel_draws_s",
    "travel_min",
    "travel_quantiles_min",
]

ANYWHERE = Stretch("", 1.0, 0.0)
"""Stands for a path without stretches: the region's own speed."""


def along(learnt: ReachCelerity, stretches: Sequence[Stretch], flow_class: int = FLOOD) -> Celerity:
    """Return the celerity of a path from the posterior of its reaches.

    The median is that of the sum of median travel times; the spread weighs each reach with its
    share of the time. A path without length takes the reach that it lies in.

    Raises
    ------
    ValueError
        When no reach lies on the path's rivers.
    """
    length = _lengths(learnt.reaches, stretches)
    rows = np.flatnonzero(length)
    time = length[rows] * np.exp(-learnt.ln_mean[rows, flow_class])
    share = time / time.sum()
    rho = learnt.correlation[np.ix_(rows, rows)]

    def joined(sigma: FloatArray) -> float:
        part = share * sigma[rows, flow_class]
        return math.sqrt(float(part @ rho @ part))

    own = int(learnt.n_events[rows, flow_class].max())
    return Celerity(
        median_ms=float(length[rows].sum() / time.sum()),
        sigma_fast=joined(learnt.sigma_fast),
        sigma_slow=joined(learnt.sigma_slow),
        n_events=own,
        basis=_basis(own, learnt.n_lags),
    )


def path_celerity(prior: Prior, lags: Sequence[Lag], stretches: Sequence[Stretch]) -> Celerity:
    """Return the celerity of a path from all lags of the region, each an event of its own.

    The rivers are cut where a lag or the path begins or ends.
    """
    way = tuple(stretches) or (ANYWHERE,)
    observed = [lag.observed(str(number)) for number, lag in enumerate(lags)]
    known = [part for lag in observed for part in lag.stretches]
    return along(learn(_cut([*known, *way]), prior, observed), way)


def travel_min(distance_km: float, celerity: Celerity, z: float = 0.0) -> float:
    """Return the travel time in minutes at a normal quantile `z` of ln c (positive is fast)."""
    sigma = celerity.sigma_fast if z > 0 else celerity.sigma_slow
    speed = celerity.median_ms * math.exp(z * sigma)
    return distance_km * METRES_PER_KM / speed / SECONDS_PER_MIN


def travel_quantiles_min(distance_km: float, celerity: Celerity) -> tuple[float, float, float]:
    """Return fast P10, median and slow P90 of the travel time in minutes."""
    return (
        travel_min(distance_km, celerity, Z80),
        travel_min(distance_km, celerity),
        travel_min(distance_km, celerity, -Z80),
    )


def travel_draws_s(distance_km: float, celerity: Celerity, z: FloatArray) -> FloatArray:
    """Return travel times in seconds for normal draws `z` of ln c.

    Raises
    ------
    ValueError
        When distance or celerity is not a usable number.
    """
    wanted = (distance_km, celerity.median_ms, celerity.sigma_fast, celerity.sigma_slow)
    if not all(math.isfinite(value) for value in wanted) or celerity.median_ms <= 0:
        raise ValueError(f"unbrauchbare Laufzeit: {distance_km} km, {celerity.median_ms} m/s")
    if distance_km < 0:
        raise ValueError(f"negative Strecke: {distance_km} km")
    sigma = np.where(z > 0, celerity.sigma_fast, celerity.sigma_slow)
    return distance_km * METRES_PER_KM / (celerity.median_ms * np.exp(z * sigma))


def _cut(stretches: Iterable[Stretch]) -> tuple[Reach, ...]:
    """Return the reaches between all ends of stretches, by river downstream."""
    ends: dict[str, set[float]] = {}
    for part in stretches:
        ends.setdefault(part.river_id, set()).update((part.upper_km, part.lower_km))
    return tuple(
        Reach(f"{river_id}-{upper:g}", river_id, upper, lower)
        for river_id in sorted(ends)
        for upper, lower in pairwise(_two_or_more(sorted(ends[river_id], reverse=True)))
    )


def _two_or_more(kms: list[float]) -> list[float]:
    return kms if len(kms) > 1 else [*kms, *kms]


def _lengths(reaches: Sequence[Reach], stretches: Sequence[Stretch]) -> FloatArray:
    """Return the kilometres of each reach on a path; a path without length gets one reach."""
    covered = [sum(reach.covered_km(part) for part in stretches) for reach in reaches]
    if not any(covered):
        point = stretches[-1]
        on_river = [k for k, reach in enumerate(reaches) if reach.river_id == point.river_id]
        if not on_river:
            raise ValueError(f"keine Gewässerstrecke auf {point.river_id}")
        nearest = min(on_river, key=lambda k: reaches[k].distance_km(point.lower_km))
        covered[nearest] = 1.0
    return np.array(covered, dtype=np.float64)


def _basis(own: int, all_lags: int) -> str:
    if own:
        return f"{own} Ereignis{'se' if own > 1 else ''} auf dieser Strecke"
    if all_lags:
        return "Ereignisse auf anderen Strecken der Region, aufgeweitet"
    return "Vorannahme der Region, kein Ereignis"
