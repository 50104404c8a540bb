"""Wave speed (celerity) along a path: a normal prior in ln c, updated with observed travel times.

Median: conjugate normal update (METHOD B.3). Spread, by rule (reproduces the planning table of
the method note within 1 %): one or no event on the path itself says little about another flood
(METHOD B.3: with one event the prior alone is as good), so the spread goes back to the prior's,
plus 10 % for estimated river kilometres. On the fast side the prior's variance counts twice once
events are in, for these are overbank floods and a wave within its banks runs faster; early arrival
is the dangerous side. Each further event on the path shrinks this widening as 1/n.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from services.flood.constants import METRES_PER_KM, SECONDS_PER_MIN, Z80
from services.flood.model import Celerity, FloatArray

PRIOR_MEDIAN_MS = 1.4
PRIOR_SIGMA = 0.35
"""Prior of ln c (METHOD B.3); a region's own value is in its `region.toml`."""

DISTANCE_SIGMA = 0.10
"""River kilometres are estimates of +-10 % (METHOD A, villages)."""

LOCAL_SHARE = 0.5
"""Half of the prior's variance is the stretch's own (kernel of METHOD B.3), half is shared."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before any event: median in m/s and spread of ln c."""

    median_ms: float = PRIOR_MEDIAN_MS
    sigma: float = PRIOR_SIGMA


@dataclass(frozen=True, slots=True)
class Lag:
    """An observed travel time on one river between two kilometres above its mouth."""

    river_id: str
    upper_km: float
    lower_km: float
    lag_min: float
    sigma_ln: float

    @property
    def ln_celerity(self) -> float:
        """Return ln of metres per second."""
        metres = (self.upper_km - self.lower_km) * METRES_PER_KM
        return math.log(metres / (self.lag_min * SECONDS_PER_MIN))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a path that lies on one river, from its upper to its lower kilometre."""

    river_id: str
    upper_km: float
    lower_km: float


def posterior(prior: Prior, observed: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return mean and spread of ln c after observations.

    Parameters
    ----------
    prior
        Median in m/s and spread of ln c.
    observed
        Pairs of ln c and its spread.

    Returns
    -------
    tuple of float
        Mean and standard deviation of the normal posterior of ln c.
    """
    precision = 1.0 / prior.sigma**2
    weighted = math.log(prior.median_ms) * precision
    for ln_c, sigma in observed:
        precision += 1.0 / sigma**2
        weighted += ln_c / sigma**2
    return weighted / precision, math.sqrt(1.0 / precision)


def path_celerity(prior: Prior, lags: Sequence[Lag], stretches: Sequence[Stretch]) -> Celerity:
    """Return the celerity of a path from all lags of the region.

    Lags that overlap the path count fully; beside them, lags from elsewhere carry the variance of
    the stretch's own half of the prior. Without own lags those from elsewhere are borrowed.
    """
    own = [lag for lag in lags if any(_overlap(lag, stretch) for stretch in stretches)]
    other = [lag for lag in lags if lag not in own]
    extra = LOCAL_SHARE * prior.sigma**2 if own else 0.0
    observed = [(lag.ln_celerity, lag.sigma_ln) for lag in own]
    observed += [(lag.ln_celerity, math.sqrt(lag.sigma_ln**2 + extra)) for lag in other]
    mean, sigma = posterior(prior, sorted(observed))
    base = prior.sigma**2 + DISTANCE_SIGMA**2
    fast = base + (prior.sigma**2 if observed else 0.0)
    share = 1.0 / max(1, len(own))
    return Celerity(
        median_ms=math.exp(mean),
        sigma_fast=math.sqrt(sigma**2 + share * (fast - sigma**2)),
        sigma_slow=math.sqrt(sigma**2 + share * (base - sigma**2)),
        n_events=len(own),
        basis=_basis(len(own), len(other)),
    )


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


def stratified_normal(generator: np.random.Generator, members: int) -> FloatArray:
    """Return `members` normal draws, one from each equal slice of probability, in random order."""
    quantiles = (np.arange(members) + 0.5) / members
    return np.asarray(generator.permutation(ndtri(quantiles)), dtype=np.float64)


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


def _overlap(lag: Lag, stretch: Stretch) -> bool:
    if lag.river_id != stretch.river_id:
        return False
    return min(lag.upper_km, stretch.upper_km) > max(lag.lower_km, stretch.lower_km)


def _basis(own: int, other: int) -> str:
    if own:
        return f"{own} Ereignis{'se' if own > 1 else ''} auf dieser Strecke"
    if other:
        return "Ereignisse auf anderen Strecken der Region, aufgeweitet"
    return "Vorannahme der Region, kein Ereignis"
