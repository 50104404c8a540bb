"""Hydraulics of a section at normal depth: trapezoid, and beyond bankfull a floodplain.

Q is the sum of the conveyances of channel and floodplain (Manning; Chow et al. 1988, section 2.5),
with no friction between the two. Both rise with the depth, so Q(A) is monotone; the celerity
c = dQ/dA = (dQ/dh) / B drops where the top width jumps at bankfull and recovers above it (the care
that TR-20 needs: Merkel 2002).

Vertical banks (side slope 0) bear no friction: that is the wide channel Q = α A^(5/3) of the
kinematic wave theory. Sloped banks bear it along their length.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
TWO_THIRDS = 2.0 / 3.0
BISECTIONS = 80
"""Halvings of the depth: from 1e6 m down to rounding."""
FIRST_DEPTH_M = 1.0


@dataclass(frozen=True, slots=True)
class Section:
    """A section in metres; without a bankfull depth it has no floodplain.

    Parameters
    ----------
    width_m
        Bottom width of the channel.
    side_slope
        Horizontal metres per vertical metre of each bank.
    manning_n, floodplain_n
        Roughness in s m^(-1/3).
    slope
        Bed slope, m/m.
    bankfull_m
        Depth at which the floodplain, `floodplain_width_m` wide in all, begins to carry water.
    """

    width_m: float
    side_slope: float
    manning_n: float
    slope: float
    bankfull_m: float = np.inf
    floodplain_width_m: float = 0.0
    floodplain_n: float = 0.1

    def area(self, depth_m: FloatArray) -> FloatArray:
        """Return the wetted area, m²."""
        inside = np.minimum(depth_m, self.bankfull_m)
        main = (self.width_m + self.side_slope * inside) * inside
        return main + self._over(depth_m) * self.top_width(depth_m)

    def top_width(self, depth_m: FloatArray) -> FloatArray:
        """Return the width of the surface, m; at bankfull itself that of the channel."""
        inside = np.minimum(depth_m, self.bankfull_m)
        main = self.width_m + 2.0 * self.side_slope * inside
        return main + np.where(depth_m > self.bankfull_m, self.floodplain_width_m, 0.0)

    def discharge(self, depth_m: FloatArray) -> FloatArray:
        """Return the discharge at normal depth, m³/s."""
        over = self._over(depth_m)
        main, perimeter = self._channel(depth_m)
        carried = main * (main / perimeter) ** TWO_THIRDS / self.manning_n
        beside = self.floodplain_width_m * over ** (1.0 + TWO_THIRDS) / self.floodplain_n
        return np.asarray(np.sqrt(self.slope) * (carried + beside))

    def celerity(self, depth_m: FloatArray) -> FloatArray:
        """Return c = dQ/dA of a wave, m/s: 5/3 of the velocity in a wide channel; 0 when dry."""
        main, perimeter = self._channel(depth_m)
        radius = main / perimeter
        inside = depth_m <= self.bankfull_m
        width = self.width_m + 2.0 * self.side_slope * np.minimum(depth_m, self.bankfull_m)
        longer = np.where(inside, self._bank_length_per_m(), 0.0)
        in_channel = (
            radius**TWO_THIRDS
            * ((1.0 + TWO_THIRDS) * width - TWO_THIRDS * radius * longer)
            / self.manning_n
        )
        over = self._over(depth_m) ** TWO_THIRDS
        beside = (1.0 + TWO_THIRDS) * self.floodplain_width_m * over / self.floodplain_n
        rise = np.sqrt(self.slope) * (in_channel + beside)
        return np.asarray(rise / self.top_width(depth_m))

    def depth(self, discharge_m3s: FloatArray) -> FloatArray:
        """Return the depth that carries a discharge, by bisection."""
        wanted = np.asarray(discharge_m3s, dtype=np.float64)
        low, high = np.zeros_like(wanted), np.full_like(wanted, FIRST_DEPTH_M)
        while np.any(is_low := self.discharge(high) < wanted):
            high = np.where(is_low, 2.0 * high, high)
        for _ in range(BISECTIONS):
            middle = (low + high) / 2.0
            is_low = self.discharge(middle) < wanted
            low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
        return np.where(wanted > 0.0, high, 0.0)

    def diffusivity(self, depth_m: FloatArray) -> FloatArray:
        """Return the hydraulic diffusivity D = Q / (2 B S0), m²/s (Hayami 1951)."""
        return self.discharge(depth_m) / (2.0 * self.top_width(depth_m) * self.slope)

    def _over(self, depth_m: FloatArray) -> FloatArray:
        return np.maximum(depth_m - self.bankfull_m, 0.0)

    def _channel(self, depth_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return area and wetted perimeter of the channel up to the surface above it."""
        inside = np.minimum(depth_m, self.bankfull_m)
        width = self.width_m + 2.0 * self.side_slope * inside
        main = (self.width_m + self.side_slope * inside) * inside + self._over(depth_m) * width
        return main, self.width_m + self._bank_length_per_m() * inside

    def _bank_length_per_m(self) -> float:
        """Return the wetted length of both banks per metre of depth."""
        return 2.0 * float(np.hypot(1.0, self.side_slope)) if self.side_slope > 0.0 else 0.0
