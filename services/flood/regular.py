"""Series on a regular grid of instants, read at others: linear between steps, ends held."""

import numpy as np

from services.flood.model import FloatArray


def on_grid(grid_s: FloatArray, values: FloatArray, times_s: FloatArray) -> FloatArray:
    """Return the values, shape (rows, grid), at other instants, shape (rows, times)."""
    step_s = float(grid_s[1] - grid_s[0])
    position = np.clip((times_s - grid_s[0]) / step_s, 0.0, grid_s.size - 1.0)
    index = np.minimum(position.astype(np.int64), grid_s.size - 2)
    share = position - index
    return np.asarray(values[:, index] * (1.0 - share) + values[:, index + 1] * share)
