"""Standard draws for an ensemble: stratified, and correlated along the rivers."""

import numpy as np
from scipy.special import ndtri

from services.flood.model import FloatArray


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
