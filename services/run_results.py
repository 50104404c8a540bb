"""Engine results to stored rows and back: one adapter a type, so that nothing is lost between."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from services.flood.model import GaugeResult, VillageResult

_VILLAGE = TypeAdapter(VillageResult)
_GAUGE = TypeAdapter(GaugeResult)


def village_row(result: VillageResult) -> dict[str, Any]:
    """Return the columns of `village_states` for a result."""
    columns = (
        "place_id",
        "river_id",
        "state",
        "state_since",
        "degraded",
        "earliest",
        "likely",
        "latest",
        "usable_p10_min",
        "usable_p50_min",
        "driving_gauge",
    )
    row = {name: getattr(result, name) for name in columns}
    return {**row, "details": _VILLAGE.dump_python(result, mode="json")}


def gauge_row(result: GaugeResult) -> dict[str, Any]:
    """Return the columns of `gauge_states` for a result."""
    columns = ("gauge_id", "state", "value", "observed_at", "is_silent")
    row = {name: getattr(result, name) for name in columns}
    return {**row, "details": _GAUGE.dump_python(result, mode="json")}


def village_result(details: Mapping[str, Any]) -> VillageResult:
    """Return the result that was stored."""
    return _VILLAGE.validate_python(details)


def gauge_result(details: Mapping[str, Any]) -> GaugeResult:
    """Return the result that was stored."""
    return _GAUGE.validate_python(details)
