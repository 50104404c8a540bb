"""Wave speed per reach and flow class, learnt from travel times: a Gaussian process in ln c.

Prior (METHOD B.3): ln c ~ N(ln m, s²); covariance of (reach r, flow a) and (reach q, flow b)

    s² rho(r, q) (1/2 + 1/2 exp(-1/2 ((ln e_a - ln e_b) / 0.5)²))

with rho = 1/2 between rivers and 1/2 + 1/2 exp(-d / 25 km) on one river. A travel time is the
length-weighted mean of ln c over what it covers, plus noise. `docs/method/learning.md` derives it.
"""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from services.flood.flow_classes import FLOOD, FLOW_CLASSES
from services.flood.lags import LagObservation, Prior, Reach
from services.flood.model import FloatArray
from services.flood.reach_observed import (
    CountArray,
    Observed,
    count_events,
    everywhere,
    observed,
    one_per_event,
    order_of,
)

DISTANCE_SIGMA = 0.10
"""River kilometres are estimates of +-10 % (METHOD A, villages)."""

LOCAL_SHARE = 0.5
"""Half of the prior's variance is the river's own, half is shared by the region (estimate)."""

FLOW_SHARE = 0.5
FLOW_SCALE = 0.5
"""Half of the variance is shared by all flows; the other half has this scale in ln Q (B.3)."""

REACH_SCALE_KM = 25.0
"""Along a river reaches differ on this length, half of a river of the region (estimate)."""

FORMULA = "1"
"""Counts up when the formulas here change, so that a version names them too."""

_VERSION_DIGITS = 12
_ROUNDED = 9


@dataclass(frozen=True, slots=True)
class ReachCelerity:
    """Posterior of ln c (c in m/s) per reach and flow class.

    `sigma` is how well the usual speed is known, `sigma_fast` and `sigma_slow` the spread to
    plan with on either side; arrays are [reach, class], `correlation` is [reach, reach].
    """

    reaches: tuple[Reach, ...]
    ln_mean: FloatArray
    sigma: FloatArray
    sigma_fast: FloatArray
    sigma_slow: FloatArray
    n_events: CountArray
    correlation: FloatArray
    n_lags: int
    version: str

    def row_of(self, river_id: str, river_km: float) -> int:
        """Return the row of the reach at a kilometre of a river, the nearest one beyond its ends.

        Raises
        ------
        KeyError
            When the river has no reach.
        """
        rows = [row for row, reach in enumerate(self.reaches) if reach.river_id == river_id]
        if not rows:
            raise KeyError(river_id)
        return min(rows, key=lambda row: self.reaches[row].distance_km(river_km))


def learn(reaches: Sequence[Reach], prior: Prior, lags: Sequence[LagObservation]) -> ReachCelerity:
    """Return the posterior per reach and flow class after all travel times.

    Parameters
    ----------
    reaches
        Reaches of all rivers; their order is that of the result.
    prior
        Median in m/s and spread of ln c.
    lags
        Travel times in any order. Several of one event on one way count as one observation, for
        peak, rise and threshold of a wave share its course.

    Raises
    ------
    ValueError
        When a travel time lies on a river that has no reach.
    """
    version = _version(reaches, prior, lags)
    ordered = one_per_event(lags)
    seen = observed(reaches, ordered)
    rho = _rho(reaches)
    mean, cov = _posterior(prior, seen, rho)
    pooled, pooled_cov = _posterior(prior, everywhere(seen), np.ones((1, 1)))
    events = count_events(reaches, ordered)
    own = _own_share(reaches, events)[:, None]
    ln_mean = own * mean + (1.0 - own) * pooled
    variance = np.einsum("krr->rk", cov)
    variance = own * variance + (1.0 - own) * np.einsum("krr->rk", pooled_cov)
    slow = _widened(variance, events, prior.sigma**2 + DISTANCE_SIGMA**2)
    doubled = prior.sigma**2 if ordered else 0.0
    fast = _widened(variance, events, prior.sigma**2 + DISTANCE_SIGMA**2 + doubled)
    return ReachCelerity(
        reaches=tuple(reaches),
        ln_mean=ln_mean,
        sigma=np.sqrt(variance),
        sigma_fast=np.sqrt(fast),
        sigma_slow=np.sqrt(slow),
        n_events=events,
        correlation=_correlation(cov[FLOOD], variance[:, FLOOD], fast[:, FLOOD]),
        n_lags=len(lags),
        version=version,
    )


def _posterior(prior: Prior, seen: Observed, rho: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the mean [reach, class] and the covariance of reaches in each class."""
    classes = np.log(FLOW_CLASSES.centres)
    mean = np.full((rho.shape[0], classes.size), math.log(prior.median_ms))
    cov = np.repeat(prior.sigma**2 * rho[None], classes.size, axis=0)
    if not seen.ln_c.size:
        return mean, cov
    spread = seen.weights @ rho
    among = prior.sigma**2 * (spread @ seen.weights.T) * _kappa(seen.ln_e, seen.ln_e)
    factor = cho_factor(among + np.diag(seen.variance), lower=True)
    gap = cho_solve(factor, seen.ln_c - math.log(prior.median_ms))
    alike = _kappa(seen.ln_e, classes)
    for k in range(classes.size):
        cross = prior.sigma**2 * spread * alike[:, k, None]
        mean[:, k] += cross.T @ gap
        cov[k] -= cross.T @ cho_solve(factor, cross)
    return mean, cov


def _kappa(left: FloatArray, right: FloatArray) -> FloatArray:
    apart = (left[:, None] - right[None, :]) / FLOW_SCALE
    return FLOW_SHARE + (1.0 - FLOW_SHARE) * np.exp(-0.5 * apart**2)


def _distance_km(reaches: Sequence[Reach]) -> FloatArray:
    """Return distances between middles [reach, reach], infinite between rivers."""
    middle = np.array([reach.middle_km for reach in reaches])
    river = np.array([reach.river_id for reach in reaches])
    apart = np.abs(middle[:, None] - middle[None, :])
    return np.where(river[:, None] == river[None, :], apart, np.inf)


def _rho(reaches: Sequence[Reach]) -> FloatArray:
    return (1.0 - LOCAL_SHARE) + LOCAL_SHARE * np.exp(-_distance_km(reaches) / REACH_SCALE_KM)


def _own_share(reaches: Sequence[Reach], events: CountArray) -> FloatArray:
    """Return 1 on reaches with events of their own, less with the distance, 0 on other rivers."""
    has_own = events.sum(axis=1) > 0
    if not has_own.any():
        return np.zeros(len(reaches))
    nearest = _distance_km(reaches)[:, has_own].min(axis=1)
    return np.asarray(np.exp(-nearest / REACH_SCALE_KM), dtype=np.float64)


def _widened(variance: FloatArray, events: CountArray, base: float) -> FloatArray:
    """Return the variance to plan with: one event says little about another flood."""
    return variance + np.maximum(base - variance, 0.0) / np.maximum(1, events)


def _correlation(cov: FloatArray, variance: FloatArray, planned: FloatArray) -> FloatArray:
    """Return correlations of the fast spread: what widens it is shared by one flood."""
    scale = np.sqrt(variance / np.diag(cov))
    extra = np.sqrt(np.maximum(planned - variance, 0.0))
    total = cov * np.outer(scale, scale) + np.outer(extra, extra)
    spread = np.sqrt(np.diag(total))
    return np.asarray(total / np.outer(spread, spread), dtype=np.float64)


def _version(reaches: Sequence[Reach], prior: Prior, lags: Sequence[LagObservation]) -> str:
    """Return a short hash of formulas, reaches, prior and travel times in any order."""
    content = [
        FORMULA,
        sorted(astuple(reach) for reach in reaches),
        [round(value, _ROUNDED) for value in astuple(prior)],
        sorted(order_of(lag) for lag in lags),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:_VERSION_DIGITS]
