"""Members that an observed downstream gauge contradicts count less (METHOD E, step 6).

Each member was routed from the gauges above to the gauge below; the difference between its stage
there and the readings of the last hours is its residual r. What all hours have in common is taken
off it, for the gauge itself corrects the height; what remains tells early from late, fast from
slow. The likelihood of a member is

    ln L = -1/2 · n_eff · mean((r - mean r)² / sigma²),   sigma = 0.1 m

and members are drawn again in proportion to it. The likelihood is flattened where fewer than a
tenth of the members would carry all weight: the model is not so good that one may believe a few.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.flood.model import FloatArray

IndexArray = NDArray[np.int64]

RESIDUAL_SIGMA_M = 0.1
"""Spread of a good member's residual (METHOD E, step 6)."""

WINDOW_H = 6.0
"""Hours of readings that members are judged by (estimate: a rise and what came before)."""

EFFECTIVE_READINGS = 3.0
"""Readings that count as independent in the window; neighbours err alike (estimate)."""

LEAST_EFFECTIVE_SHARE = 0.1
_HALVINGS = 30


def log_likelihood(residuals_m: FloatArray) -> FloatArray:
    """Return ln of the likelihood per member for residuals of shape (members, readings)."""
    if residuals_m.shape[1] == 0:
        return np.zeros(residuals_m.shape[0])
    shape = residuals_m - residuals_m.mean(axis=1, keepdims=True)
    mean_square = np.mean((shape / RESIDUAL_SIGMA_M) ** 2, axis=1)
    return np.asarray(-0.5 * EFFECTIVE_READINGS * mean_square)


def weights(logs: Sequence[FloatArray]) -> FloatArray:
    """Return the members' weights, sum 1, from the log-likelihoods of all observed gauges."""
    total = np.sum(logs, axis=0)
    total = total - total.max()
    power = 1.0
    for _ in range(_HALVINGS):
        found = np.exp(power * total)
        found = found / found.sum()
        if 1.0 / np.sum(found**2) >= LEAST_EFFECTIVE_SHARE * found.size:
            break
        power /= 2.0
    return np.asarray(found)


def resample(member_weights: FloatArray, wanted: int | None = None) -> IndexArray:
    """Return the members to keep, systematic (Kitagawa 1996): the same weights, the same choice.

    As many as there are weights, or as many as are wanted.
    """
    count = member_weights.size if wanted is None else wanted
    marks = (np.arange(count) + 0.5) / count
    found = np.searchsorted(np.cumsum(member_weights), marks)
    return np.minimum(found, member_weights.size - 1).astype(np.int64)
