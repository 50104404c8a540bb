"""Reaches as arrays: how they hang together, and how fast and how spread a wave runs in them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

KNOTS = 64
"""Flows per reach table, uniform in the root of the flow: dense where the celerity bends."""
LEAST_EXPONENT, MOST_EXPONENT = 0.0, 0.9
"""Bounds of the power of the flow that celerity follows below the first knot; Manning: 0.4."""


@dataclass(frozen=True, slots=True)
class ReachArrays:
    """A river network in topological order.

    Parameters
    ----------
    downstream
        `[n]` index of the reach below, greater than the own one, or -1 at an outlet.
    length_m
        `[n]` length of each reach.

    Raises
    ------
    ValueError
        If a reach does not lie below all that drain into it, or has no length.
    """

    downstream: IntArray
    length_m: FloatArray

    def __post_init__(self) -> None:
        if self.downstream.shape != self.length_m.shape:
            raise ValueError("downstream and length_m differ in shape")
        own = np.arange(self.downstream.size)
        is_below = (self.downstream > own) & (self.downstream < own.size)
        if not np.all(is_below | (self.downstream == -1)):
            raise ValueError("downstream must be -1 or a later reach")
        if not np.all(self.length_m > 0.0):
            raise ValueError("length_m must be positive")


@dataclass(frozen=True, slots=True)
class ReachTables:
    """Celerity, diffusivity and wetted area of each reach over its flow.

    Knot j of k lies at `flow_max * (j / (k - 1))**2`. The flow may have any unit: with the wave
    speed in m/s the area is in (flow unit) s/m and the scheme stays conservative in that unit.

    Parameters
    ----------
    flow_max
        `[n]` flow of the last knot; beyond it the last interval is continued.
    celerity_ms
        `[n, k]` c = dQ/dA.
    diffusivity_m2s
        `[n, k]` D = Q / (2 B S0); zeros leave the spread to the scheme's floor.
    area
        `[n, k]` A(Q) = ∫dQ/c.

    Raises
    ------
    ValueError
        If a table does not rise or a diffusivity is negative.
    """

    flow_max: FloatArray
    celerity_ms: FloatArray
    diffusivity_m2s: FloatArray
    area: FloatArray

    def __post_init__(self) -> None:
        if not (self.celerity_ms.shape == self.diffusivity_m2s.shape == self.area.shape):
            raise ValueError("tables differ in shape")
        if not np.all(self.flow_max > 0.0) or not np.all(np.diff(self.area, axis=1) > 0.0):
            raise ValueError("flow_max must be positive and area must rise with the flow")
        if not np.all(self.diffusivity_m2s >= 0.0):
            raise ValueError("diffusivity_m2s must not be negative")

    @classmethod
    def from_celerity(
        cls, flow_max: FloatArray, celerity_ms: FloatArray, diffusivity_m2s: FloatArray
    ) -> "ReachTables":
        """Build the tables from celerities at the knots, taken as a power of the flow between."""
        knots = knot_flows(flow_max, celerity_ms.shape[1])
        area = _areas(knots, celerity_ms)
        return cls(flow_max, celerity_ms, diffusivity_m2s, area)

    @classmethod
    def from_function(
        cls,
        flow_max: FloatArray,
        celerity_ms: Callable[[FloatArray], FloatArray],
        diffusivity_m2s: Callable[[FloatArray], FloatArray] | None = None,
        knots: int = KNOTS,
    ) -> "ReachTables":
        """Build the tables from functions of the flows at the knots, `[n, k]` to `[n, k]`."""
        flows = knot_flows(flow_max, knots)
        diffusivity = np.zeros_like(flows) if diffusivity_m2s is None else diffusivity_m2s(flows)
        return cls.from_celerity(flow_max, celerity_ms(flows), diffusivity)


def knot_flows(flow_max: FloatArray, knots: int = KNOTS) -> FloatArray:
    """Return the flows `[n, k]` that the tables of reaches belong to."""
    share = np.linspace(0.0, 1.0, knots)
    return np.asarray(flow_max[:, None] * share**2, dtype=np.float64)


def _areas(flows: FloatArray, celerity_ms: FloatArray) -> FloatArray:
    """Integrate dQ/c with c a power of Q between two knots."""
    low, high = flows[:, 1:-1], flows[:, 2:]
    slow, fast = celerity_ms[:, 1:-1], celerity_ms[:, 2:]
    if not np.all(celerity_ms[:, 1:] > 0.0):
        raise ValueError("celerity_ms must be positive above zero flow")
    power = np.log(fast / slow) / np.log(high / low)
    rest = 1.0 - power
    is_one = np.abs(rest) < 1e-9  # noqa: PLR2004  # the integral of 1/Q is a logarithm
    safe = np.where(is_one, 1.0, rest)
    part = np.where(is_one, low / slow * np.log(high / low), (high / fast - low / slow) / safe)
    first_power = np.clip(power[:, :1], LEAST_EXPONENT, MOST_EXPONENT)
    first = flows[:, 1:2] / (celerity_ms[:, 1:2] * (1.0 - first_power))
    zero = np.zeros_like(first)
    return np.cumsum(np.hstack([zero, first, part]), axis=1)
