"""What screens show of learning: travel times, speeds per reach and flow class, changes."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data.learning import ACCEPTED, REJECTED, LagRow
from services.flood.constants import Z80
from services.flood.flow_classes import FLOW_CLASSES
from services.flood.learning.stored import observation
from services.flood.reach_celerity import ReachCelerity

LEAST_CHANGE = 0.005
"""A median or an end of an interval that moves by less than half a percent has not changed."""

STATUS_WORDS = {ACCEPTED: "angenommen", REJECTED: "abgelehnt"}


@dataclass(frozen=True, slots=True)
class LagView:
    """A travel time with the names of its gauges; `low_min` to `high_min` is its 80 % interval."""

    lag_id: str
    upper_name: str
    lower_name: str
    kind: str
    event: str
    upper_at: datetime
    distance_km: float
    lag_min: float
    low_min: float
    high_min: float
    speed_ms: float
    flow_class: str
    exceedance: float | None
    origin: str
    warning: str
    status: str
    comment: str
    reviewer: str
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Speed:
    """Median and planned 80 % interval of a speed in m/s, and the number of events behind it."""

    median: float
    low: float
    high: float
    n_events: int


@dataclass(frozen=True, slots=True)
class ReachSpeeds:
    """The speeds of one reach, one for each flow class."""

    reach_id: str
    river_id: str
    river_name: str
    upper_km: float
    lower_km: float
    speeds: tuple[Speed, ...]


@dataclass(frozen=True, slots=True)
class SpeedChange:
    """The strongest change on a river in a flow class, and on how many reaches there was one."""

    river_name: str
    upper_km: float
    lower_km: float
    flow_class: str
    before: Speed
    after: Speed
    n_reaches: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of the posterior: what caused it and what it changed."""

    version: str
    parent: str
    cause: str
    created_at: datetime
    changes: tuple[SpeedChange, ...]


def lag_view(row: LagRow, names: dict[str, str]) -> LagView:
    """Return a stored travel time as screens show it."""
    observed = observation(row)
    factor = float(np.exp(Z80 * row.sigma_ln))
    return LagView(
        lag_id=row.lag_id,
        upper_name=names.get(row.upper_gauge, row.upper_gauge),
        lower_name=names.get(row.lower_gauge, row.lower_gauge),
        kind=row.kind,
        event=row.event,
        upper_at=row.upper_at,
        distance_km=observed.distance_km,
        lag_min=row.lag_min,
        low_min=row.lag_min / factor,
        high_min=row.lag_min * factor,
        speed_ms=observed.speed_ms,
        flow_class=FLOW_CLASSES.names[FLOW_CLASSES.index(row.exceedance)],
        exceedance=row.exceedance,
        origin=row.origin,
        warning=row.warning,
        status=STATUS_WORDS.get(row.status, "offen"),
        comment=row.comment,
        reviewer=row.reviewer,
        reviewed_at=row.reviewed_at,
    )


def reach_speeds(posterior: ReachCelerity, rivers: dict[str, str]) -> tuple[ReachSpeeds, ...]:
    """Return the speeds of all reaches, by river and downstream."""
    return tuple(
        ReachSpeeds(
            reach_id=reach.reach_id,
            river_id=reach.river_id,
            river_name=rivers.get(reach.river_id, reach.river_id),
            upper_km=reach.upper_km,
            lower_km=reach.lower_km,
            speeds=tuple(_speed(posterior, row, k) for k in range(len(FLOW_CLASSES.names))),
        )
        for row, reach in enumerate(posterior.reaches)
    )


def changes(
    before: ReachCelerity, after: ReachCelerity, rivers: dict[str, str]
) -> tuple[SpeedChange, ...]:
    """Return for each river and flow class the reach that changed most, strongest first."""
    old = {row.reach_id: row for row in reach_speeds(before, rivers)}
    groups: dict[tuple[str, int], list[tuple[float, ReachSpeeds]]] = {}
    for row in reach_speeds(after, rivers):
        if row.reach_id not in old:
            continue
        for k, now in enumerate(row.speeds):
            size = _size(old[row.reach_id].speeds[k], now)
            if size >= LEAST_CHANGE:
                groups.setdefault((row.river_id, k), []).append((size, row))
    found = []
    for (_, k), group in groups.items():
        size, row = max(group, key=lambda item: item[0])
        change = SpeedChange(
            river_name=row.river_name,
            upper_km=row.upper_km,
            lower_km=row.lower_km,
            flow_class=FLOW_CLASSES.names[k],
            before=old[row.reach_id].speeds[k],
            after=row.speeds[k],
            n_reaches=len(group),
        )
        found.append((size, change))
    return tuple(change for _, change in sorted(found, key=lambda item: -item[0]))


def _speed(posterior: ReachCelerity, row: int, k: int) -> Speed:
    mean = posterior.ln_mean[row, k]
    return Speed(
        median=float(np.exp(mean)),
        low=float(np.exp(mean - Z80 * posterior.sigma_slow[row, k])),
        high=float(np.exp(mean + Z80 * posterior.sigma_fast[row, k])),
        n_events=int(posterior.n_events[row, k]),
    )


def _size(before: Speed, after: Speed) -> float:
    pairs = (
        (before.median, after.median),
        (before.low, after.low),
        (before.high, after.high),
    )
    return max(abs(now / old - 1.0) for old, now in pairs)
