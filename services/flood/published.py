"""A village's result under the names of the method (METHOD E), for machines: JSON-ready values."""

from dataclasses import dataclass
from datetime import datetime

from services.flood.model import VillageResult


@dataclass(frozen=True, slots=True)
class Basis:
    """What a result was computed with: instant, versions of model, configuration and posterior."""

    as_of: datetime
    model_version: str
    config_hash: str
    posterior_version: str


def published(result: VillageResult, basis: Basis) -> dict[str, object]:
    """Return all that a cycle says of a village; instants are ISO 8601 in UTC, None without one."""
    return {
        "place_id": result.place_id,
        "river_id": result.river_id,
        "as_of": _iso(basis.as_of),
        "status": result.state.value,
        "level": result.level.value if result.level is not None else None,
        "degraded": result.degraded,
        "degraded_reason": list(result.degraded_reasons),
        "earliest_p10": _iso(result.earliest),
        "arrival_p50": _iso(result.likely),
        "latest_p90": _iso(result.latest),
        "lead_min_p10": result.usable_p10_min,
        "lead_min_p50": result.usable_p50_min,
        **{f"p_exceed_{hours}": p for hours, p in result.p_exceed.items()},
        "peak_class": result.peak_class,
        "peak_at": _iso(result.peak_at),
        "confidence": result.confidence,
        "driving_gauge": result.driving_gauge,
        "path": result.path_kind,
        "reason": result.sentence,
        "data_age_s": result.data_age_s,
        "lower_status": result.lower_state.value if result.lower_state is not None else None,
        "lower_since": _iso(result.lower_since),
        "model_version": basis.model_version,
        "config_hash": basis.config_hash,
        "posterior_version": basis.posterior_version,
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
