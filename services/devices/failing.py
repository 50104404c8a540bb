"""What is lost when a gateway fails (N-1), or two of them, from what each heard in seven days.

Of a device's frames those are lost without a gateway that no other heard: they are counted. For
two gateways only a bound is known, the sum of what the others heard; a pair is named where even
that bound is too little, so no pair is named wrongly, and some may be missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from data.gateways import HeardRow

NEEDED = 0.8
"""Share of its frames that a gauge must still be heard with (estimate): with one in five lost a
rise is seen up to half an hour later at 15 minutes."""
LEAST_FRAMES = 20
"""Fewer frames say nothing about a gateway (estimate)."""

Uplinks = Mapping[str, int]
"""Frames by device that any gateway heard."""


def depends_on(rows: Iterable[HeardRow], uplinks: Uplinks) -> dict[str, tuple[str, ...]]:
    """Return by device the gateways without which it is lost."""
    found: dict[str, list[str]] = {}
    for row in rows:
        total = max(uplinks.get(row.dev_eui, 0), row.frames)
        if is_judged(row, uplinks) and 1.0 - row.alone / total < NEEDED:
            found.setdefault(row.dev_eui, []).append(row.gateway_id)
    return {dev_eui: tuple(sorted(names)) for dev_eui, names in found.items()}


def is_judged(row: HeardRow, uplinks: Uplinks) -> bool:
    """Tell whether enough of a device was heard to say what a gateway means for it."""
    return max(uplinks.get(row.dev_eui, 0), row.frames) >= LEAST_FRAMES


def pairs_lost(
    rows: Sequence[HeardRow], uplinks: Uplinks, alone: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return by pair of gateways the devices lost with both that neither loses alone."""
    by_device: dict[str, dict[str, int]] = {}
    for row in rows:
        by_device.setdefault(row.dev_eui, {})[row.gateway_id] = row.frames
    found: dict[tuple[str, str], list[str]] = {}
    for dev_eui, frames in sorted(by_device.items()):
        total = max(uplinks.get(dev_eui, 0), *frames.values())
        if total < LEAST_FRAMES or alone.get(dev_eui):
            continue
        for pair in combinations(sorted(frames), 2):
            others = sum(count for name, count in frames.items() if name not in pair)
            if others / total < NEEDED:
                found.setdefault(pair, []).append(dev_eui)
    return {pair: tuple(devices) for pair, devices in found.items()}
