"""Draws of wave speeds for an ensemble: correlated along the rivers, two-piece lognormal."""

import numpy as np
from scipy.special import ndtri

from services.flood.flow_classes import FLOW_CLASSES
from services.flood.model import FloatArray
from services.flood.reach_celerity import ReachCelerity


def stratified_normal(generator: np.random.Generator, members: int) -> FloatArray:
    """Return `members` normal draws, one from each equal slice of probability, in random order."""
    quantiles = (np.arange(members) + 0.5) / members
    return np.asarray(generator.permutation(ndtri(quantiles)), dtype=np.float64)


def draw_standard(
    correlation: FloatArray, members: int, generator: np.random.Generator
) -> FloatArray:
    """Return standard normal draws [member, reach] with a correlation [reach, reach].

    Positive is fast. Each principal axis is stratified, so that the quantiles of the common part
    are exact with any number of members.
    """
    values, axes = np.linalg.eigh(correlation)
    order = np.argsort(values)[::-1]
    draws = np.column_stack([stratified_normal(generator, members) for _ in order])
    scale = np.sqrt(np.maximum(values[order], 0.0))
    return np.asarray((draws * scale) @ axes[:, order].T, dtype=np.float64)


def at_exceedance(
    posterior: ReachCelerity, exceedance: float | FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return mean of ln c, fast and slow spread [reach] at a flow, linear in ln e between classes.

    `exceedance` is one number or one for each reach; beyond the outer centres those hold.
    """
    n = len(posterior.reaches)
    ln_e = np.log(np.broadcast_to(np.asarray(exceedance, dtype=np.float64), (n,)))
    position = np.interp(ln_e, np.log(FLOW_CLASSES.centres), np.arange(len(FLOW_CLASSES.centres)))
    lower = np.minimum(position.astype(int), len(FLOW_CLASSES.centres) - 2)
    share = position - lower
    rows = np.arange(n)

    def between(table: FloatArray) -> FloatArray:
        mixed = (1.0 - share) * table[rows, lower] + share * table[rows, lower + 1]
        return np.asarray(mixed, dtype=np.float64)

    return (
        between(posterior.ln_mean),
        between(posterior.sigma_fast),
        between(posterior.sigma_slow),
    )


def speeds_ms(
    posterior: ReachCelerity, standard: FloatArray, exceedance: float | FloatArray
) -> FloatArray:
    """Return speeds [member, reach] in m/s for standard draws at a flow (two-piece lognormal)."""
    mean, fast, slow = at_exceedance(posterior, exceedance)
    return np.asarray(np.exp(mean + standard * np.where(standard > 0, fast, slow)))


def factors(posterior: ReachCelerity, standard: FloatArray) -> FloatArray:
    """Return speed over its median [member, reach, class] for standard draws."""
    z = standard[:, :, None]
    return np.asarray(np.exp(z * np.where(z > 0, posterior.sigma_fast, posterior.sigma_slow)))
