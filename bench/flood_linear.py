"""A state of 100,000 reaches, linear: ours beside plain numpy and SciPy's sparse solver."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_matrix, eye
from scipy.sparse.linalg import splu

from services.flood.routing.linear import FloatArray, IntArray, route_linear

REACHES, STEPS = 100_000, 96
FARTHEST = 2000
"""A reach drains into one of so many that follow: about 200 reaches from source to mouth."""
REPEATS = 3
AGREE = 1e-9


@dataclass(frozen=True, slots=True)
class State:
    """A random network with an inflow into each reach."""

    downstream: IntArray
    coefficients: FloatArray
    inflow: FloatArray


def make_state() -> State:
    """Return the network that all three route."""
    random = np.random.default_rng(20210714)
    below = np.arange(REACHES) + random.integers(1, FARTHEST, REACHES)
    below[below >= REACHES] = -1
    travel, weight, step = random.uniform(400.0, 1500.0, REACHES), 0.3, 900.0
    total = 2.0 * travel * (1.0 - weight) + step
    parts = [step - 2.0 * travel * weight, step + 2.0 * travel * weight]
    first, second = parts[0] / total, parts[1] / total
    inflow = random.uniform(0.0, 0.1, (REACHES, STEPS))
    inflow[:, 0] = 0.0
    return State(below, np.stack([first, second, 1.0 - first - second], axis=1), inflow)


def measure_linear() -> dict[str, float]:
    """Return the times of all three and the ratios; the results must agree.

    Raises
    ------
    ArithmeticError
        When they do not.
    """
    state = make_state()
    ours, expected = _timed(_ours, state, REPEATS)
    plain, from_numpy = _timed(_numpy, state, 1)
    _check(from_numpy, expected)
    solver = _factor(state)
    sparse, from_scipy = _timed(lambda it: _scipy(it, solver), state, 1)
    _check(from_scipy, expected)
    return {
        "linear_1e5x96_s": ours,
        "numpy_1e5x96_s": plain,
        "scipy_1e5x96_s": sparse,
        "ratio_numpy": plain / ours,
        "ratio_scipy": sparse / ours,
    }


def _timed(
    route: Callable[[State], FloatArray], state: State, repeats: int
) -> tuple[float, FloatArray]:
    """Return the median time and the result; a route may work in place on its inflow."""
    found = route(replace(state, inflow=state.inflow.copy()))
    times = []
    for _ in range(repeats):
        fresh = replace(state, inflow=state.inflow.copy())
        began = time.perf_counter()
        found = route(fresh)
        times.append(time.perf_counter() - began)
    return statistics.median(times), found


def _check(found: FloatArray, expected: FloatArray) -> None:
    if not np.allclose(found, expected, rtol=AGREE, atol=AGREE):
        raise ArithmeticError("the references do not agree with our kernel")


def _ours(state: State) -> FloatArray:
    route_linear(state.downstream, state.coefficients, np.zeros(REACHES), state.inflow)
    return state.inflow


def _numpy(state: State) -> FloatArray:
    """All reaches of one distance from their sources at once, step by step."""
    flows = state.inflow
    level = _levels(state.downstream)
    for index in range(int(level.max()) + 1):
        chosen = np.flatnonzero(level == index)
        first, second, third = state.coefficients[chosen].T
        into, out = flows[chosen], np.zeros((chosen.size, STEPS))
        for step in range(1, STEPS):
            out[:, step] = first * into[:, step] + second * into[:, step - 1]
            out[:, step] += third * out[:, step - 1]
        flows[chosen] = out
        drained = state.downstream[chosen]
        np.add.at(flows, drained[drained >= 0], out[drained >= 0])
    return flows


def _levels(downstream: IntArray) -> IntArray:
    level = np.zeros(downstream.size, dtype=np.int64)
    for reach, below in enumerate(downstream.tolist()):
        if below >= 0:
            level[below] = max(level[below], level[reach] + 1)
    return level


def _factor(state: State) -> Callable[[FloatArray], FloatArray]:
    """Return the solver of (1 - c1 N) O' = rhs, factored once and not timed."""
    own = np.flatnonzero(state.downstream >= 0)
    upward = csc_matrix(
        (state.coefficients[state.downstream[own], 0], (state.downstream[own], own)),
        shape=(REACHES, REACHES),
    )
    matrix = (eye(REACHES, format="csc") - upward).tocsc()
    solve: Callable[[FloatArray], FloatArray] = splu(matrix, permc_spec="NATURAL").solve
    return solve


def _scipy(state: State, solve: Callable[[FloatArray], FloatArray]) -> FloatArray:
    first, second, third = state.coefficients.T
    own = np.flatnonzero(state.downstream >= 0)
    below = state.downstream[own]
    flows = np.zeros((STEPS, REACHES))
    inflow = np.ascontiguousarray(state.inflow.T)
    for step in range(1, STEPS):
        last = inflow[step - 1] + np.bincount(below, flows[step - 1][own], REACHES)
        right = first * inflow[step] + second * last + third * flows[step - 1]
        flows[step] = solve(right)
    return flows.T
