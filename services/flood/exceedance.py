"""Relative exceedance: how high a gauge stands on the scale of its own levels, without discharge.

Where no rating curve exists, discharge is never invented. What is routed instead is

    e = Q / Q(Voralarm level)

a ratio that needs no rating: the levels of a gauge are points of known e, and between them a
wide-channel rating's shape holds, e = a (h - h0)^b (METHOD B.4). A gauge that observes discharge,
or has a rating curve, gives e by division.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from services.flood.constants import RATING_EXPONENT
from services.flood.model import LEVELS, FloatArray, State

LEVEL_EXCEEDANCE: Mapping[State, float] = {
    State.VORALARM: 1.0,
    State.WARNUNG: 1.5,
    State.ALARM: 2.1,
}
"""e at the three levels: HQ1 : HQ2 : HQ5 = 0.20 : 0.30 : 0.42 (estimate, the factors that the
start values of the thresholds were set with; `services.simulation.levels.FLOOD_FACTORS`)."""

LEAST_STEEP = 0.5
STEEPEST = 6.0
"""Bounds of the exponent between two levels (estimate: a wide section has 5/3, a V has 2.5)."""

FADE_E = 0.2
"""Growth of e over which a reading's distance from the scale fades (estimate)."""

E_MAX = 30.0
"""e is not told beyond: fifteen times an alarm discharge leaves every scale (estimate)."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Knots of a gauge's scale: values in its unit, e at them, exponents between; `zero` has e = 0.

    `exponents[i]` holds from knot i on, the first one also below it.
    """

    zero: float
    values: FloatArray
    exceedances: FloatArray
    exponents: FloatArray
    sigmas: FloatArray | None = None
    """Spread of ln e at the knots where a rating curve tells it, see `services.flood.rating`."""

    def sigma(self, values: FloatArray) -> FloatArray:
        """Return the spread of ln e at readings, same shape; 0 without a rating curve."""
        if self.sigmas is None:
            return np.zeros(np.shape(values))
        return np.interp(values, self.values, self.sigmas)

    def e(self, values: FloatArray) -> FloatArray:
        """Return e of readings in the gauge's unit, same shape; monotone, 0 at and below `zero`."""
        above = np.maximum(np.asarray(values, dtype=np.float64) - self.zero, 0.0)
        index = np.clip(np.searchsorted(self.values, values, side="right") - 1, 0, None)
        ratio = above / (self.values - self.zero)[index]
        return np.minimum(self.exceedances[index] * ratio ** self.exponents[index], E_MAX)

    def value(self, e: FloatArray) -> FloatArray:
        """Return the reading that has exceedance `e`, the inverse of `e`."""
        given = np.asarray(e, dtype=np.float64)
        index = np.clip(np.searchsorted(self.exceedances, given, side="right") - 1, 0, None)
        ratio = np.maximum(given, 0.0) / self.exceedances[index]
        above = (self.values - self.zero)[index] * ratio ** (1.0 / self.exponents[index])
        return np.asarray(self.zero + above, dtype=np.float64)

    def from_reading(self, reading: FloatArray, e: FloatArray) -> FloatArray:
        """Return courses that begin at a reading, shape of `e` (members, steps).

        A reading below `zero` has e = 0, which is not its value: the difference fades as e grows.
        """
        apart = reading - self.value(self.e(reading))
        grown = np.maximum(e - self.e(reading)[:, None], 0.0)
        return np.asarray(self.value(e) + apart[:, None] * np.exp(-grown / FADE_E))


def scale_of(levels: Mapping[State, float], *, is_discharge: bool) -> Scale | None:
    """Return the scale of a gauge from its levels, None below two usable ones.

    Stage: `zero` is where a wide-channel rating through the lowest and the highest level has no
    flow, h0 = (r h1 - h3) / (r - 1) with r = (e3 / e1)^(3/5). Discharge: e is proportional to Q.
    """
    known = [(levels[name], LEVEL_EXCEEDANCE[name]) for name in LEVELS if name in levels]
    if not known or not np.isfinite([value for value, _ in known]).all():
        return None
    values = np.array([value for value, _ in known])
    if is_discharge:
        return _proportional(float(values[0]))
    e = np.array([part for _, part in known])
    if values.size < 2 or (np.diff(values) <= 0).any():  # noqa: PLR2004  # a shape needs two points
        return None
    ratio = float(e[-1] / e[0]) ** (1.0 / RATING_EXPONENT)
    zero = float((ratio * values[0] - values[-1]) / (ratio - 1.0))
    depths = values - zero
    steps = np.clip(np.diff(np.log(e)) / np.diff(np.log(depths)), LEAST_STEEP, STEEPEST)
    # the outer stretches keep the shape of a wide section, so nothing is extrapolated steeply
    exponents = np.concatenate([steps[:1], steps[1:], [RATING_EXPONENT]])
    fitted = e[0] * np.concatenate([[1.0], np.cumprod((depths[1:] / depths[:-1]) ** steps)])
    return Scale(zero, values, fitted, exponents)


def _proportional(voralarm: float) -> Scale | None:
    if voralarm <= 0:
        return None
    one = np.ones(1)
    return Scale(0.0, np.array([voralarm]), one, one)
