"""When routed members first reach a level."""

import numpy as np
from numpy.typing import NDArray

from services.flood.routing.jit import kernel


@kernel
def first_crossings(
    values: NDArray[np.float32], levels: NDArray[np.float64], start_step: int
) -> NDArray[np.float64]:
    """Return the step position at which each member first is at or above each level.

    Parameters
    ----------
    values
        `[m, t, k]` as `route_members` gives them.
    levels
        `[k, L]` in the unit of the values; NaN is never reached.
    start_step
        First step that counts; who is above there already gets it.

    Returns
    -------
    numpy.ndarray
        `[m, k, L]`, interpolated between steps; infinite where it is never reached.
    """
    members, steps, columns = values.shape
    found = np.full((members, columns, levels.shape[1]), np.inf)
    for member in range(members):
        for column in range(columns):
            for index in range(levels.shape[1]):
                level = levels[column, index]
                for step in range(start_step, steps):
                    value = values[member, step, column]
                    if value >= level:
                        found[member, column, index] = step
                        if step > start_step:
                            below = values[member, step - 1, column]
                            found[member, column, index] -= (value - level) / (value - below)
                        break
    return found
