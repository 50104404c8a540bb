"""Fewer points without losing a peak: first, lowest, highest and last of each column (M4)."""

from collections.abc import Sequence
from itertools import pairwise

from services.situation.model import Point


def thin(points: Sequence[Point], columns: int) -> list[Point]:
    """Keep at most four points a column; a gap stays a gap."""
    if len(points) <= columns * 2:
        return list(points)
    start, end = points[0].at, points[-1].at
    width = (end - start) / columns
    buckets: dict[int, list[Point]] = {}
    for point in points:
        buckets.setdefault(int((point.at - start) / width), []).append(point)
    return [kept for _, bucket in sorted(buckets.items()) for kept in _column(bucket)]


def _column(bucket: list[Point]) -> list[Point]:
    known = [point for point in bucket if point.value is not None]
    if not known:
        return [bucket[0]]
    lowest = min(known, key=lambda point: point.value or 0.0)
    highest = max(known, key=lambda point: point.value or 0.0)
    gaps = [point for point in bucket if point.value is None][:1]
    kept = {id(point): point for point in (bucket[0], lowest, highest, *gaps, bucket[-1])}
    return sorted(kept.values(), key=lambda point: point.at)


def runs(points: Sequence[Point], longest_step_s: float) -> list[list[Point]]:
    """Split readings where one is missing or the next comes too late."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            found.append([])
            continue
        last = found[-1][-1] if found[-1] else None
        if last and (point.at - last.at).total_seconds() > longest_step_s:
            found.append([])
        found[-1].append(point)
    return [run for run in found if run]


def gaps(points: Sequence[Point], longest_step_s: float) -> list[tuple[Point, Point]]:
    """Return the pairs of readings between which nothing is known."""
    parts = runs(points, longest_step_s)
    return [(before[-1], after[0]) for before, after in pairwise(parts)]
