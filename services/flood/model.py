"""What the flood engine takes and gives: plain frozen values, no I/O, times as aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int8]


class State(StrEnum):
    """State of a village or a gauge; `UNBEKANNT` is never an all-clear."""

    OK = "ok"
    VORALARM = "voralarm"
    WARNUNG = "warnung"
    ALARM = "alarm"
    UNBEKANNT = "unbekannt"


LEVELS = (State.VORALARM, State.WARNUNG, State.ALARM)
"""Warning levels, lowest first; thresholds exist for these three only."""


class Flag:
    """QARTOD quality flags (US IOOS): a value's flag, never a change of the value."""

    GOOD = 1
    NOT_EVALUATED = 2
    SUSPECT = 3
    FAIL = 4
    MISSING = 9


@dataclass(frozen=True, slots=True)
class Series:
    """Readings of one gauge in time order: epoch seconds UTC, value in the gauge's unit, flags."""

    times_s: FloatArray
    values: FloatArray
    flags: IntArray


LEVEL_TO_LEVEL = "relative"
RATED = "rating"
MEASURED = "discharge"
FLOW_MODES = (LEVEL_TO_LEVEL, RATED, MEASURED)
"""Relative exceedance between the gauge's own levels (no rating curve), rating curve, measured."""


@dataclass(frozen=True, slots=True)
class EngineGauge:
    """A gauge as the engine sees it. `thresholds` and readings share `unit` (m or m³/s)."""

    gauge_id: str
    name: str
    river_id: str
    river_km: float
    unit: str
    thresholds: Mapping[State, float]
    range_min: float
    range_max: float
    sampling_min: float
    radio_min: float
    area_km2: float | None = None
    levels_as: str = LEVEL_TO_LEVEL
    """How its readings become a flow: see `FLOW_MODES`."""


@dataclass(frozen=True, slots=True)
class Celerity:
    """Wave speed along a path: median in m/s, spread of ln c on the fast and the slow side."""

    median_ms: float
    sigma_fast: float
    sigma_slow: float
    n_events: int
    basis: str


@dataclass(frozen=True, slots=True)
class Path:
    """How one gauge speaks for one village: distance along the rivers and equivalent levels.

    `enters_km` is the kilometre of the village's river at which the path begins (gauge) or joins
    it (mouth of the tributary); `tributary` is that tributary, empty for a gauge on the own river.
    """

    gauge_id: str
    distance_km: float
    celerity: Celerity
    levels: Mapping[State, float]
    enters_km: float = 0.0
    tributary: str = ""


@dataclass(frozen=True, slots=True)
class Village:
    """A place on one river with the gauge paths above it (nearest first; empty: no gauge above)."""

    place_id: str
    river_id: str
    name: str
    river_name: str
    river_km: float
    delivery_min: float
    decision_min: float
    side_brook_risk: bool
    backwater_of: str
    paths: tuple[Path, ...]
    has_unset_gauge_above: bool = False
    """A gauge stands above, but no path: it has no thresholds yet."""
    below: tuple[str, ...] = ()
    """Gauges below the village on its own river, nearest first: they confirm, they give no time."""
    blind_tributaries: tuple[tuple[str, float], ...] = ()
    """Tributaries that join above and were left out for a fault, with the kilometre: never heard,
    so they forbid what a gauge above their mouth would allow."""
    exceedance: Mapping[State, float] = field(default_factory=dict)
    """Relative exceedance at which each level counts as reached in the village."""
    exceedance_sigma: float = 0.0
    """Spread of ln of it: how well the levels of gauge and village are equivalent."""


@dataclass(frozen=True, slots=True)
class Band:
    """Nowcast band of a gauge: instants with P10, P50, P90 of the value, and issue time."""

    times: tuple[datetime, ...]
    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GaugeResult:
    """What a cycle says about one gauge; `value` is None when it has no valid reading."""

    gauge_id: str
    state: State
    value: float | None
    observed_at: datetime | None
    age_s: float | None
    flag: int
    trend_per_h: float | None
    is_silent: bool
    is_rising: bool
    crossing_p50: Mapping[State, datetime | None] = field(default_factory=dict)
    p_cross: Mapping[State, float] = field(default_factory=dict)
    band: Band | None = None
    sentence: str = ""
    crossing_p10: Mapping[State, datetime | None] = field(default_factory=dict)
    crossing_p90: Mapping[State, datetime | None] = field(default_factory=dict)
    p_within: Mapping[State, Mapping[str, float]] = field(default_factory=dict)
    """By level the probability of a crossing within "1h", "2h", "3h", "6h", "12h"."""
    mode: str = LEVEL_TO_LEVEL
    is_lost_while_rising: bool = False
    """Silent, and it rose when it was last heard."""


@dataclass(frozen=True, slots=True)
class LevelOutlook:
    """Arrival of one level at a village: quantiles from P05 to P95 (None: not so likely), chances.

    `quantiles` belong to `OUTLOOK_QUANTILES`; `p_within` has the hours of `p_exceed`. `ahead` are
    the same quantiles for somebody who sees that the level is not there yet: of the members in
    which it is still to come; empty where that is not told.
    """

    quantiles: tuple[datetime | None, ...]
    p_within: Mapping[str, float]
    ahead: tuple[datetime, ...] = ()


OUTLOOK_QUANTILES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class VillageResult:
    """What a cycle says about one village on one river (METHOD E, G.1-G.4).

    `earliest`, `likely`, `latest` are P10, P50, P90 of the arrival of level `level`;
    `usable_p10_min` and `usable_p50_min` are minutes left after delivery and decision, floor 0.
    `held_since` is the instant since which no data supports a state that is kept all the same,
    `confirmed_at` the last cycle whose data gave it (None in results of version 1.0).
    """

    place_id: str
    river_id: str
    state: State
    level: State | None
    degraded: bool
    degraded_reasons: tuple[str, ...]
    earliest: datetime | None
    likely: datetime | None
    latest: datetime | None
    usable_p10_min: float | None
    usable_p50_min: float | None
    p_exceed: Mapping[str, float]
    confidence: str
    driving_gauge: str | None
    path_kind: str
    data_at: datetime | None
    state_since: datetime
    held_since: datetime | None
    has_gauge_above: bool
    lower_cycles: int
    sentence: str
    confirmed_at: datetime | None = None
    outlook: Mapping[State, LevelOutlook] = field(default_factory=dict)
    peak_class: str | None = None
    peak_at: datetime | None = None
    data_age_s: float | None = None
    lower_state: State | None = None
    lower_since: datetime | None = None
    """A lower state that the data show while the guard keeps the last one, and since when."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An assumed course of a gauge: `rise_per_h` from now, until `hours` pass or `peak` is reached.

    Without `hours` and `peak` the rise lasts three hours. Unit as the gauge's, per hour.
    """

    gauge_id: str
    rise_per_h: float
    peak: float | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class CycleResult:
    """One flood cycle: a result for each gauge and each village, and what it was computed with."""

    as_of: datetime
    model_version: str
    config_hash: str
    gauges: tuple[GaugeResult, ...]
    villages: tuple[VillageResult, ...]
    faults: tuple[str, ...] = ()
    posterior_version: str = ""
    has_rain: bool = False
    """Whether fresh rain data were heard; without them the rain path says nothing."""
