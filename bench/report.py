"""The one form of a bench report: figures beside their targets, and the machine they hold for."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOTHING = 1e9
"""Stands for "never": no target is met by it, and JSON can carry it."""
Bounds = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of a bench and the targets that apply to some of them."""

    figures: Mapping[str, float]
    targets: Mapping[str, Bounds]


def report(name: str, measured: Measured) -> dict[str, Any]:
    """Return the JSON object that the verb prints."""
    figures = {key: round(value, 4) for key, value in measured.figures.items()}
    return {
        "name": name,
        "machine": {
            "cpus": os.cpu_count(),
            "processor": platform.machine(),
            "system": f"{platform.system()} {platform.release()}",
            "python": platform.python_version(),
        },
        "figures": figures,
        "targets": {key: dict(bounds) for key, bounds in measured.targets.items()},
        "ok": all(within(figures[key], bounds) for key, bounds in measured.targets.items()),
    }


def within(value: float, bounds: Bounds) -> bool:
    """Tell whether a figure meets its target."""
    return bounds.get("min", float("-inf")) <= value <= bounds.get("max", float("inf"))


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of all values lies (nearest rank); none: NOTHING."""
    if not values:
        return NOTHING
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
