"""From a region pack to the engine's network: which gauge speaks for which village, how far."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from data.region_pack.model import RegionPack
from data.region_pack.rows import ExposureRow, GaugeRow, LagRow, RiverRow
from services.flood.celerity import Lag, Prior, Stretch, path_celerity
from services.flood.model import LEVELS, Celerity, EngineGauge, FloodNetwork, Path, State, Village

GAUGE_ROLES = frozenset({"target", "state"})
"""Roles whose gauges take part; context and donor gauges stand on rivers outside the network."""

_UNITS = {"stage": "m", "discharge": "m³/s"}
_LEVEL_OF = {level.value: level for level in LEVELS}
_HASH_DIGITS = 12

Levels = Mapping[State, float]


@dataclass(frozen=True, slots=True)
class _Tables:
    """The pack's tables by key, so that the order of rows plays no part."""

    rivers: Mapping[str, RiverRow]
    place_names: Mapping[str, str]
    pairs: Mapping[tuple[str, str, str], Levels]
    prior: Prior
    lags: tuple[Lag, ...]


@dataclass(frozen=True, slots=True)
class GaugePair:
    """Two gauges on one way down, with their distance along the rivers."""

    upper: str
    lower: str
    distance_km: float
    celerity: Celerity


def build_network(pack: RegionPack) -> FloodNetwork:
    """Return gauges and exposed villages of `pack` with the gauge paths of each village."""
    thresholds: dict[str, dict[State, float]] = defaultdict(dict)
    for threshold in pack.thresholds:
        thresholds[threshold.gauge_id][_LEVEL_OF[threshold.level]] = threshold.value
    gauges = {
        row.gauge_id: _gauge(row, row.river_km, thresholds[row.gauge_id])
        for row in sorted(pack.gauges, key=lambda row: row.gauge_id)
        if row.role in GAUGE_ROLES and row.river_km is not None
    }
    tables = _tables(pack)
    exposed = sorted(
        (row for row in pack.exposures if row.exposed),
        key=lambda row: (row.river_id, -row.river_km, row.place_id),
    )
    villages = tuple(_village(row, gauges, tables) for row in exposed)
    return FloodNetwork(
        gauges, villages, _digest(gauges, villages), _neighbours(gauges, tables.rivers)
    )


def route(
    rivers: Mapping[str, RiverRow], start: tuple[str, float], end: tuple[str, float]
) -> tuple[Stretch, ...] | None:
    """Return the stretches from `start` down to `end` (river, km), or None if it is not below."""
    river_id, km = start
    stretches: list[Stretch] = []
    seen: set[str] = set()
    while river_id != end[0]:
        river = rivers.get(river_id)
        if river is None or river.receives_into is None or river_id in seen:
            return None
        seen.add(river_id)
        stretches.append(Stretch(river_id, km, 0.0))
        river_id, km = river.receives_into, river.mouth_km if river.mouth_km is not None else -1.0
    if km < end[1]:
        return None
    return (*stretches, Stretch(river_id, km, end[1]))


def gauge_pairs(pack: RegionPack, gauge_ids: Collection[str]) -> tuple[GaugePair, ...]:
    """Return all pairs of the named gauges in which one stands above the other, upper first."""
    tables = _tables(pack)
    placed = sorted(
        (row.river_id, -row.river_km, row.gauge_id)
        for row in pack.gauges
        if row.gauge_id in gauge_ids and row.river_km is not None
    )
    found: list[GaugePair] = []
    for upper_river, upper_km, upper in placed:
        for lower_river, lower_km, lower in placed:
            stretches = route(tables.rivers, (upper_river, -upper_km), (lower_river, -lower_km))
            distance = sum(part.upper_km - part.lower_km for part in stretches or ())
            if upper != lower and stretches is not None and distance > 0:
                celerity = path_celerity(tables.prior, tables.lags, stretches)
                found.append(GaugePair(upper, lower, distance, celerity))
    return tuple(found)


def planning_minutes(travel: float, gauge: EngineGauge, village: Village) -> float:
    """Return usable minutes of a plan without event: travel less sampling, radio and people."""
    lost = gauge.sampling_min + gauge.radio_min + village.delivery_min + village.decision_min
    return max(0.0, travel - lost)


def _tables(pack: RegionPack) -> _Tables:
    pairs: dict[tuple[str, str, str], dict[State, float]] = defaultdict(dict)
    for row in pack.pairs:
        pairs[row.gauge_id, row.place_id, row.river_id][_LEVEL_OF[row.level]] = row.value
    return _Tables(
        rivers={row.river_id: row for row in pack.rivers},
        place_names={row.place_id: row.name for row in pack.places},
        pairs=pairs,
        prior=Prior(pack.info.default_celerity_ms, pack.info.default_celerity_sigma),
        lags=tuple(
            sorted(
                (_lag(row) for row in pack.lags if row.from_km != row.to_km),
                key=lambda lag: (lag.river_id, lag.upper_km, lag.lower_km, lag.lag_min),
            )
        ),
    )


def _lag(row: LagRow) -> Lag:
    upper, lower = max(row.from_km, row.to_km), min(row.from_km, row.to_km)
    return Lag(row.river_id, upper, lower, row.lag_min, row.sigma_ln)


def _gauge(row: GaugeRow, river_km: float, thresholds: Levels) -> EngineGauge:
    return EngineGauge(
        gauge_id=row.gauge_id,
        name=row.name,
        river_id=row.river_id,
        river_km=river_km,
        unit=_UNITS[row.observes],
        thresholds={level: thresholds[level] for level in LEVELS if level in thresholds},
        range_min=row.range_min,
        range_max=row.range_max,
        sampling_min=row.sampling_min,
        radio_min=row.radio_min,
        area_km2=row.area_km2,
    )


def _village(row: ExposureRow, gauges: Mapping[str, EngineGauge], tables: _Tables) -> Village:
    paths: list[Path] = []
    has_unset = False
    for gauge in gauges.values():
        stretches = route(
            tables.rivers, (gauge.river_id, gauge.river_km), (row.river_id, row.river_km)
        )
        if stretches is None:
            continue
        levels = tables.pairs.get((gauge.gauge_id, row.place_id, row.river_id), gauge.thresholds)
        if not levels:
            has_unset = True
            continue
        paths.append(
            Path(
                gauge_id=gauge.gauge_id,
                distance_km=sum(part.upper_km - part.lower_km for part in stretches),
                celerity=path_celerity(tables.prior, tables.lags, stretches),
                levels={level: levels[level] for level in LEVELS if level in levels},
                enters_km=stretches[-1].upper_km,
                tributary=stretches[-2].river_id if len(stretches) > 1 else "",
            )
        )
    river = tables.rivers[row.river_id]
    return Village(
        place_id=row.place_id,
        river_id=row.river_id,
        name=row.label or tables.place_names.get(row.place_id, row.place_id),
        river_name=river.name,
        river_km=row.river_km,
        delivery_min=row.delivery_min,
        decision_min=row.decision_min,
        side_brook_risk=row.side_brook_risk,
        backwater_of=row.backwater_of,
        paths=tuple(sorted(paths, key=lambda path: (path.distance_km, path.gauge_id))),
        has_unset_gauge_above=has_unset and not paths,
    )


def _neighbours(
    gauges: Mapping[str, EngineGauge], rivers: Mapping[str, RiverRow]
) -> dict[str, tuple[str, ...]]:
    """Return for each gauge the others on its river or on rivers that flow into it."""
    return {
        gauge_id: tuple(
            other_id
            for other_id, other in gauges.items()
            if other_id != gauge_id and gauge.river_id in _way_down(other.river_id, rivers)
        )
        for gauge_id, gauge in gauges.items()
    }


def _way_down(river_id: str, rivers: Mapping[str, RiverRow]) -> list[str]:
    found: list[str] = []
    name: str | None = river_id
    while name is not None and name not in found:
        found.append(name)
        river = rivers.get(name)
        name = river.receives_into if river is not None else None
    return found


def _digest(gauges: Mapping[str, EngineGauge], villages: tuple[Village, ...]) -> str:
    text = repr((sorted(gauges.items()), villages))
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_DIGITS]
