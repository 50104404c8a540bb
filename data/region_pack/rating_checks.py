"""Faults of rating curves: a jump at a joint, a segment at its own zero, a gauge of discharge."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from data.region_pack.faults import Fault
from data.region_pack.model import RegionPack
from data.region_pack.rows import RatingRow

FILE = "ratings.csv"

JOINT_TOLERANCE = 0.10
"""Two segments may differ by this share of the discharge where they meet (estimate: less than the
spread of a good rating curve, 10 to 20 %)."""

Segments = list[tuple[int, RatingRow]]


def rating_faults(pack: RegionPack, lines: Mapping[str, tuple[int, ...]]) -> Iterator[Fault]:
    """Yield every fault of a rating curve that a single row does not show."""
    observes = {row.gauge_id: row.observes for row in pack.gauges}
    curves: dict[str, Segments] = {}
    for line, row in zip(lines["ratings"], pack.ratings, strict=True):
        curves.setdefault(row.gauge_id, []).append((line, row))
        if row.h0_m >= row.from_m:
            reason = f"{row.h0_m:g} liegt nicht unter from_m ({row.from_m:g}); Q wäre dort null"
            yield Fault(FILE, line, "h0_m", reason)
        if observes.get(row.gauge_id, "stage") != "stage":
            reason = f"der Pegel {row.gauge_id} misst Abfluss und braucht keine Abflusskurve"
            yield Fault(FILE, line, "gauge_id", reason)
    for segments in curves.values():
        yield from _joints(segments)
        yield from _ends(segments)


def _joints(segments: Segments) -> Iterator[Fault]:
    for (_, lower), (line, upper) in pairwise(segments):
        if upper.from_m <= lower.from_m:
            reason = f"die Abschnitte von {upper.gauge_id} steigen nicht mit from_m"
            yield Fault(FILE, line, "from_m", reason)
        elif upper.h0_m < upper.from_m and lower.h0_m < lower.from_m:
            below, above = (_discharge(row, upper.from_m) for row in (lower, upper))
            if abs(above - below) > JOINT_TOLERANCE * below:
                reason = (
                    f"bei {upper.from_m:g} m springt der Abfluss von {below:.3g} auf {above:.3g} "
                    "m³/s, erlaubt sind 10 %"
                )
                yield Fault(FILE, line, "a", reason)


def _ends(segments: Segments) -> Iterator[Fault]:
    first = segments[0][1].valid_to_m
    for line, row in segments:
        if row.valid_to_m != first:
            reason = f"{row.valid_to_m:g} statt {first:g}: je Pegel gilt ein höchster Wert"
            yield Fault(FILE, line, "valid_to_m", reason)
    line, lowest = segments[0]
    if first <= lowest.from_m:
        reason = f"{first:g} liegt nicht über from_m ({lowest.from_m:g})"
        yield Fault(FILE, line, "valid_to_m", reason)


def _discharge(row: RatingRow, stage_m: float) -> float:
    return float(row.a * (stage_m - row.h0_m) ** row.b)
