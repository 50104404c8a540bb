"""All benches by name."""

from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import Any

from bench.report import Measured, report
from services.errors import CockpitError

NAMES = (
    "start",
    "cycle",
    "flood",
    "chart",
    "uplink",
    "page",
    "series",
    "ingest",
    "api",
    "alarm",
    "wall",
    "wall_week",
)


class UnknownBenchError(CockpitError):
    """There is no bench of this name."""


class NoRowsError(CockpitError):
    """The bench has no number of rows to choose."""


def run_bench(name: str, rows: int | None = None) -> dict[str, Any]:
    """Run a bench, of another size if it has one, and return its report.

    Raises
    ------
    UnknownBenchError
        With the names that exist.
    NoRowsError
        When rows are given to a bench without them.
    """
    if name not in NAMES:
        raise UnknownBenchError(
            name, user_message=f"Messung „{name}“ gibt es nicht. Vorhanden: {', '.join(NAMES)}."
        )
    measure: Callable[..., Measured] = import_module(f"bench.{name}").measure
    if rows is None:
        return report(name, measure())
    if "rows" not in signature(measure).parameters:
        raise NoRowsError(name, user_message=f"Die Messung „{name}“ kennt kein --rows.")
    return report(name, measure(rows=rows))
