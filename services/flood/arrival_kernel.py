"""When members reach a level, seen from the clock: the rise they are in, or the next one."""

import numpy as np
from numpy.typing import NDArray

from services.flood.routing.jit import kernel


@kernel
def reached_steps(
    values: NDArray[np.float32], levels: NDArray[np.float64], now_step: int
) -> NDArray[np.float64]:
    """Return the step position at which each member reaches each level.

    Parameters
    ----------
    values
        `[m, t, k]` courses of members at places.
    levels
        `[m, k, L]` levels in the unit of the values.
    now_step
        The clock's step. A member that is at or above a level then gets the last rise above it
        before, a negative infinity where the series begins above; else the first one after.

    Returns
    -------
    numpy.ndarray
        `[m, k, L]`, interpolated between steps; infinite where it is never reached.
    """
    members, _, places = values.shape
    found = np.empty((members, places, levels.shape[2]))
    for member in range(members):
        for place in range(places):
            course = values[member, :, place]
            for index in range(levels.shape[2]):
                level = levels[member, place, index]
                if course[now_step] >= level:
                    found[member, place, index] = _last_rise(course, level, now_step)
                else:
                    found[member, place, index] = _next_rise(course, level, now_step)
    return found


@kernel
def _last_rise(course: NDArray[np.float32], level: float, now_step: int) -> float:
    step = now_step
    while step > 0 and course[step - 1] >= level:
        step -= 1
    return _between(course, level, step) if step > 0 else -np.inf


@kernel
def _next_rise(course: NDArray[np.float32], level: float, now_step: int) -> float:
    for step in range(now_step + 1, course.size):
        if course[step] >= level:
            return _between(course, level, step)
    return np.inf


@kernel
def _between(course: NDArray[np.float32], level: float, step: int) -> float:
    """Return the position between the step before, below the level, and this one."""
    return float(step - (course[step] - level) / (course[step] - course[step - 1]))


@kernel
def peaks(values: NDArray[np.float32], now_step: int) -> NDArray[np.float64]:
    """Return the highest value from `now_step` on and its step, `[m, k, 2]`."""
    members, steps, places = values.shape
    found = np.empty((members, places, 2))
    for member in range(members):
        for place in range(places):
            best, at = values[member, now_step, place], now_step
            for step in range(now_step + 1, steps):
                if values[member, step, place] > best:
                    best, at = values[member, step, place], step
            found[member, place, 0] = best
            found[member, place, 1] = at
    return found
