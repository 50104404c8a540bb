"""Rating curves: stage to discharge by power-law segments, with the spread of the discharge.

Q = a (h - h0)^b per segment (METHOD B.4; the form of BaRatin, Le Coz et al. 2014). What the loop of
a wave (Jones) would add is left out: 0.7 % under the root at the slopes of these creeks.
`docs/method/rating.md` derives it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from data.region_pack.model import RegionPack
from data.region_pack.rows import RatingRow
from services.flood.exceedance import Scale
from services.flood.model import FloatArray

EXTRAPOLATED_SIGMA = 0.5
"""Relative spread of Q at twice the depth of the highest gauged stage (METHOD B.4: 30 to 50 %)."""

DECORRELATION = 1.0
"""Difference of ln depth over which the errors of a rating stop going together (estimate: those of
one segment do, those of bed and floodplain do not)."""

KNOTS = 240
"""Knots of the scale that is made of a rating; interpolated in logarithms between them."""

LEAST_DEPTH_SHARE = 0.02
"""First knot, as a share of the depth of the Voralarm level."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A gauge's rating. Arrays hold one value a segment, from low to high stages.

    `from_m` where a segment begins, `a`, `h0_m`, `b` its formula in m and m³/s, `sigma` the
    relative spread of Q, `valid_to_m` the highest gauged stage. `rating_of` makes segments meet.
    """

    from_m: FloatArray
    a: FloatArray
    h0_m: FloatArray
    b: FloatArray
    sigma: FloatArray
    valid_to_m: float

    @property
    def zero_m(self) -> float:
        """Return the stage at and below which nothing flows."""
        return float(self.h0_m[0])

    def discharge(self, stage_m: FloatArray) -> FloatArray:
        """Return Q in m³/s, same shape; monotone, 0 at and below the lowest h0."""
        h = np.asarray(stage_m, dtype=np.float64)
        at = self._segment(h)
        depth = np.maximum(h - self.h0_m[at], 0.0)
        return np.asarray(self.a[at] * depth ** self.b[at], dtype=np.float64)

    def stage(self, discharge: FloatArray) -> FloatArray:
        """Return h in m for Q in m³/s, the inverse of `discharge`; the lowest h0 for 0."""
        q = np.maximum(np.asarray(discharge, dtype=np.float64), 0.0)
        joints = self.discharge(self.from_m)
        at = np.clip(np.searchsorted(joints, q, side="right") - 1, 0, None)
        return np.asarray(self.h0_m[at] + (q / self.a[at]) ** (1.0 / self.b[at]))

    def ln_sigma(self, stage_m: FloatArray) -> FloatArray:
        """Return the spread of ln Q: the segment's, growing above the highest gauged stage."""
        h = np.asarray(stage_m, dtype=np.float64)
        own = self.sigma[self._segment(h)]
        gauged = self.valid_to_m - self.h0_m[0]
        beyond = np.clip((h - self.valid_to_m) / gauged, 0.0, 1.0)
        relative = own + np.maximum(EXTRAPOLATED_SIGMA - own, 0.0) * beyond
        return np.asarray(np.sqrt(np.log1p(relative**2)))

    def _segment(self, h: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        return np.clip(np.searchsorted(self.from_m, h, side="right") - 1, 0, None)


def rating_of(rows: Sequence[RatingRow]) -> Rating:
    """Return the rating of one gauge from its checked rows, in any order.

    A jump at a joint (the pack allows 10 %) is closed by scaling the segments above it.
    """
    ordered = sorted(rows, key=lambda row: row.from_m)
    factors = [1.0]
    for lower, upper in pairwise(ordered):
        below, above = (row.a * (upper.from_m - row.h0_m) ** row.b for row in (lower, upper))
        factors.append(factors[-1] * below / above)
    return Rating(
        from_m=np.array([row.from_m for row in ordered]),
        a=np.array([row.a * factor for row, factor in zip(ordered, factors, strict=True)]),
        h0_m=np.array([row.h0_m for row in ordered]),
        b=np.array([row.b for row in ordered]),
        sigma=np.array([row.sigma_rel for row in ordered]),
        valid_to_m=max(row.valid_to_m for row in ordered),
    )


def pack_ratings(pack: RegionPack) -> dict[str, Rating]:
    """Return the ratings of a pack by gauge id, empty where its operator gave none."""
    found: dict[str, list[RatingRow]] = {}
    for row in pack.ratings:
        found.setdefault(row.gauge_id, []).append(row)
    return {gauge_id: rating_of(rows) for gauge_id, rows in found.items()}


def rated_scale(rating: Rating, voralarm_m: float, highest_m: float) -> Scale:
    """Return e(h) = Q(h) / Q(Voralarm level) as a scale.

    Parameters
    ----------
    rating
        The gauge's rating.
    voralarm_m
        Stage of the Voralarm level.
    highest_m
        Highest reading; above it the scale goes on with its last exponent.

    Raises
    ------
    ValueError
        When nothing flows at the Voralarm level.
    """
    zero = rating.zero_m
    one = float(rating.discharge(np.array(voralarm_m)))
    if one <= 0:
        raise ValueError(f"am Voralarmwert {voralarm_m:g} m fließt nach der Abflusskurve nichts")
    top = max(highest_m, voralarm_m) - zero
    depths = np.geomspace(LEAST_DEPTH_SHARE * (voralarm_m - zero), 2.0 * top, KNOTS)
    depths = np.unique(np.append(depths, voralarm_m - zero))
    stages = zero + depths
    e = rating.discharge(stages) / one
    steps = np.diff(np.log(e)) / np.diff(np.log(depths))
    exponents = np.append(steps, steps[-1])
    return Scale(zero, stages, e, exponents, _ratio_sigma(rating, stages, voralarm_m))


def _ratio_sigma(rating: Rating, stages: FloatArray, voralarm_m: float) -> FloatArray:
    """Return the spread of ln e: nothing at the Voralarm level, where e is 1 by definition.

    Errors at two stages go together the more, the nearer the stages are: with r = exp(-x^2/2) and x
    the difference of ln depth, the ratio has the variance s1^2 + s2^2 - 2 r s1 s2.
    """
    zero = rating.zero_m
    here, there = rating.ln_sigma(stages), float(rating.ln_sigma(np.array(voralarm_m)))
    apart = np.log((stages - zero) / (voralarm_m - zero)) / DECORRELATION
    variance = here**2 + there**2 - 2.0 * np.exp(-(apart**2) / 2.0) * here * there
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))
