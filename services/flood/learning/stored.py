"""Travel times and posteriors to stored values and back, and the id of a travel time."""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from data.learning import LagRow
from services.flood.lags import LagObservation, Reach, Stretch
from services.flood.learning.model import FoundLag
from services.flood.reach_celerity import ReachCelerity

ID_DIGITS = 12
DECIMALS = 6
"""A millionth of ln c is far below what any travel time tells."""

HOUR = timedelta(hours=1)


def lag_row(found: FoundLag, region_id: str, created_at: datetime) -> LagRow:
    """Return what is stored of a found travel time."""
    return LagRow(
        lag_id=lag_id(found, region_id),
        region_id=region_id,
        upper_gauge=found.upper,
        lower_gauge=found.lower,
        kind=found.kind.value,
        event=found.event,
        upper_at=found.upper_at,
        lower_at=found.lower_at,
        stretches=[list(astuple(part)) for part in found.stretches],
        lag_min=found.lag_min,
        sigma_ln=found.sigma_ln,
        exceedance=found.exceedance,
        origin=found.origin,
        warning=found.warning,
        created_at=created_at,
    )


def lag_id(found: FoundLag, region_id: str) -> str:
    """Return the id: a hash of region, pair, kind and the nearest full hour above."""
    hour = (found.upper_at + HOUR / 2).replace(minute=0, second=0, microsecond=0)
    text = f"{region_id}|{found.upper}|{found.lower}|{found.kind.value}|{hour.isoformat()}"
    return hashlib.sha256(text.encode()).hexdigest()[:ID_DIGITS]


def observation(row: LagRow) -> LagObservation:
    """Return a stored travel time as an observation of the celerity."""
    stretches = tuple(Stretch(str(name), float(a), float(b)) for name, a, b in row.stretches)
    return LagObservation(row.event, stretches, row.lag_min, row.sigma_ln, row.exceedance)


def celerity_content(posterior: ReachCelerity) -> dict[str, Any]:
    """Return a posterior as plain values for JSON."""
    return {
        "reaches": [list(astuple(reach)) for reach in posterior.reaches],
        "ln_mean": _rounded(posterior.ln_mean),
        "sigma": _rounded(posterior.sigma),
        "sigma_fast": _rounded(posterior.sigma_fast),
        "sigma_slow": _rounded(posterior.sigma_slow),
        "n_events": posterior.n_events.tolist(),
        "correlation": _rounded(posterior.correlation),
        "n_lags": posterior.n_lags,
        "version": posterior.version,
    }


def celerity(content: Mapping[str, Any]) -> ReachCelerity:
    """Return the posterior that was stored."""
    tables = ("ln_mean", "sigma", "sigma_fast", "sigma_slow", "correlation")
    arrays = {name: np.array(content[name], dtype=np.float64) for name in tables}
    return ReachCelerity(
        reaches=tuple(Reach(*values) for values in content["reaches"]),
        n_events=np.array(content["n_events"], dtype=np.int64),
        n_lags=int(content["n_lags"]),
        version=str(content["version"]),
        **arrays,
    )


def _rounded(values: np.ndarray[Any, Any]) -> list[Any]:
    return list(np.round(values, DECIMALS).tolist())
