"""All benches by name."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from bench.report import Measured, report
from services.errors import CockpitError

NAMES = ("start", "cycle", "flood", "chart", "uplink", "page")


class UnknownBenchError(CockpitError):
    """There is no bench of this name."""


def run_bench(name: str) -> dict[str, Any]:
    """Run a bench and return its report.

    Raises
    ------
    UnknownBenchError
        With the names that exist.
    """
    if name not in NAMES:
        raise UnknownBenchError(
            name, user_message=f"Messung „{name}“ gibt es nicht. Vorhanden: {', '.join(NAMES)}."
        )
    measure: Callable[[], Measured] = import_module(f"bench.{name}").measure
    return report(name, measure())
