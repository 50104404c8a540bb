"""Places for labels along one axis: in order, never closer than they are high."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Block:
    """Labels that touch each other and move as one; `centre` is the middle of the block."""

    members: tuple[int, ...]
    centre: float
    step: float

    @property
    def half(self) -> float:
        return self.step * (len(self.members) - 1) / 2


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart to at least `gap`, as little as needed, inside [low, high].

    Returns the positions in the order of `wanted`. Where they cannot all fit, the gap shrinks.
    """
    if len(wanted) == 1:
        return [min(max(wanted[0], low), high)]
    step = min(gap, (high - low) / max(1, len(wanted) - 1))
    merged: list[_Block] = []
    for index in sorted(range(len(wanted)), key=lambda place: wanted[place]):
        block = _fit((index,), step, wanted, (low, high))
        while merged and merged[-1].centre + merged[-1].half + step > block.centre - block.half:
            block = _fit(merged.pop().members + block.members, step, wanted, (low, high))
        merged.append(block)
    placed = [0.0] * len(wanted)
    for block in merged:
        for offset, index in enumerate(block.members):
            placed[index] = block.centre - block.half + offset * step
    return placed


def _fit(
    members: tuple[int, ...], step: float, wanted: Sequence[float], limits: tuple[float, float]
) -> _Block:
    """Centre the members on the mean of what they want, inside the limits."""
    mean = sum(wanted[index] for index in members) / len(members)
    half = step * (len(members) - 1) / 2
    centre = min(max(mean, limits[0] + half), max(limits[0] + half, limits[1] - half))
    return _Block(members, centre, step)
