"""From a region pack to the engine's network: which gauge speaks for which village, how far."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from data.region_pack.model import RegionPack
from data.region_pack.rows import (
    ExposureRow,
    GaugeRow,
    RiverRow,
)
from services.flood.celerity import along
from services.flood.config_digest import config_digest
from services.flood.equivalence import village_exceedance
from services.flood.exceedance import Scale, scale_of
from services.flood.flood_network import FloodNetwork
from services.flood.lags import LagObservation, Stretch
from services.flood.model import (
    LEVEL_TO_LEVEL,
    LEVELS,
    MEASURED,
    RATED,
    Celerity,
    EngineGauge,
    Path,
    State,
    Village,
)
from services.flood.pack_celerity import learn_pack
from services.flood.rain.network import build_rain_network
from services.flood.rating import Rating, pack_ratings, rated_scale
from services.flood.reach_celerity import ReachCelerity
from services.flood.reach_graph import Site, build_systems, upstream_km2

GAUGE_ROLES = frozenset({"target", "state"})
"""Roles whose gauges take part; context and donor gauges stand on rivers outside the network."""

_LEVEL_OF = {level.value: level for level in LEVELS}

Levels = Mapping[State, float]


@dataclass(frozen=True, slots=True)
class _Tables:
    """The pack's tables by key, so that the order of rows plays no part."""

    rivers: Mapping[str, RiverRow]
    place_names: Mapping[str, str]
    pairs: Mapping[tuple[str, str, str], Levels]
    blind: tuple[tuple[str, str, float], ...]
    celerity: ReachCelerity
    scales: Mapping[str, Scale]


@dataclass(frozen=True, slots=True)
class GaugePair:
    """Two gauges on one way down, with their distance along the rivers."""

    upper: str
    lower: str
    distance_km: float
    celerity: Celerity


def build_network(pack: RegionPack, learnt: Sequence[LagObservation] = ()) -> FloodNetwork:
    """Return gauges, exposed villages and reach graph of a pack.

    `learnt` are accepted travel times of observed events, beside those that the pack brings.
    """
    thresholds: dict[str, dict[State, float]] = defaultdict(dict)
    for threshold in pack.thresholds:
        thresholds[threshold.gauge_id][_LEVEL_OF[threshold.level]] = threshold.value
    ratings = pack_ratings(pack)
    gauges = {
        row.gauge_id: _gauge(row, row.river_km, thresholds[row.gauge_id], ratings)
        for row in sorted(pack.gauges, key=lambda row: row.gauge_id)
        if row.role in GAUGE_ROLES and row.river_km is not None
    }
    tables = _tables(pack, gauges, ratings, learn_pack(pack, learnt))
    exposed = sorted(
        (row for row in pack.exposures if row.exposed),
        key=lambda row: (row.river_id, -row.river_km, row.place_id),
    )
    villages = tuple(
        _apart(row, tables) if row.river_id in pack.isolated else _village(row, gauges, tables)
        for row in exposed
    )
    sites = [Site(g.gauge_id, g.river_id, g.river_km) for g in gauges.values() if g.thresholds]
    systems = build_systems(
        pack,
        sites,
        [Site(row.place_id, row.river_id, row.river_km) for row in exposed],
    )
    rain = build_rain_network(
        pack, [Site(v.place_id, v.river_id, v.river_km) for v in villages], sites
    )
    return FloodNetwork(
        gauges,
        villages,
        config_digest(gauges, villages, systems, tables.scales, rain),
        _neighbours(gauges, tables.rivers),
        systems,
        tables.scales,
        tables.celerity,
        pack.isolated,
        rain,
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
    rivers = {row.river_id: row for row in pack.rivers}
    learnt = learn_pack(pack)
    placed = sorted(
        (row.river_id, -row.river_km, row.gauge_id)
        for row in pack.gauges
        if row.gauge_id in gauge_ids and row.river_km is not None
    )
    found: list[GaugePair] = []
    for upper_river, upper_km, upper in placed:
        for lower_river, lower_km, lower in placed:
            stretches = route(rivers, (upper_river, -upper_km), (lower_river, -lower_km))
            distance = sum(part.upper_km - part.lower_km for part in stretches or ())
            if upper != lower and stretches is not None and distance > 0:
                celerity = along(learnt, stretches)
                found.append(GaugePair(upper, lower, distance, celerity))
    return tuple(found)


def planning_minutes(travel: float, gauge: EngineGauge, village: Village) -> float:
    """Return usable minutes of a plan without event: travel less sampling, radio and people."""
    lost = gauge.sampling_min + gauge.radio_min + village.delivery_min + village.decision_min
    return max(0.0, travel - lost)


def _tables(
    pack: RegionPack,
    gauges: Mapping[str, EngineGauge],
    ratings: Mapping[str, Rating],
    celerity: ReachCelerity,
) -> _Tables:
    pairs: dict[tuple[str, str, str], dict[State, float]] = defaultdict(dict)
    for row in pack.pairs:
        pairs[row.gauge_id, row.place_id, row.river_id][_LEVEL_OF[row.level]] = row.value
    scales = {name: _scale(gauge, ratings) for name, gauge in gauges.items()}
    return _Tables(
        rivers={row.river_id: row for row in pack.rivers},
        place_names={row.place_id: row.name for row in pack.places},
        pairs=pairs,
        blind=pack.blind_mouths,
        celerity=celerity,
        scales={name: scale for name, scale in scales.items() if scale is not None},
    )


def _scale(gauge: EngineGauge, ratings: Mapping[str, Rating]) -> Scale | None:
    if gauge.levels_as == RATED:
        voralarm = gauge.thresholds[State.VORALARM]
        return rated_scale(ratings[gauge.gauge_id], voralarm, gauge.range_max)
    return scale_of(gauge.thresholds, is_discharge=gauge.levels_as == MEASURED)


def _flow_mode(row: GaugeRow, thresholds: Levels, ratings: Mapping[str, Rating]) -> str:
    if row.observes == "discharge":
        return MEASURED
    voralarm = thresholds.get(State.VORALARM)
    rating = ratings.get(row.gauge_id)
    is_rated = rating is not None and voralarm is not None and voralarm > rating.zero_m
    return RATED if is_rated else LEVEL_TO_LEVEL


def _gauge(
    row: GaugeRow, river_km: float, thresholds: Levels, ratings: Mapping[str, Rating]
) -> EngineGauge:
    return EngineGauge(
        gauge_id=row.gauge_id,
        name=row.name,
        river_id=row.river_id,
        river_km=river_km,
        unit=row.unit,
        thresholds={level: thresholds[level] for level in LEVELS if level in thresholds},
        range_min=row.range_min,
        range_max=row.range_max,
        sampling_min=row.sampling_min,
        radio_min=row.radio_min,
        area_km2=row.area_km2,
        levels_as=_flow_mode(row, thresholds, ratings),
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
                celerity=along(tables.celerity, stretches),
                levels={level: levels[level] for level in LEVELS if level in levels},
                enters_km=stretches[-1].upper_km,
                tributary=stretches[-2].river_id if len(stretches) > 1 else "",
            )
        )
    river = tables.rivers[row.river_id]
    paths.sort(key=lambda path: (path.distance_km, path.gauge_id))
    own = next((path for path in paths if not path.tributary), None)
    exceedance, sigma = village_exceedance(
        own,
        tables.scales.get(own.gauge_id) if own is not None else None,
        _share(own, row, gauges, tables.rivers),
    )
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
        paths=tuple(paths),
        has_unset_gauge_above=has_unset and not paths,
        below=_below(row, gauges),
        blind_tributaries=tuple(
            (name, km)
            for name, into, km in tables.blind
            if into == row.river_id and km >= row.river_km
        ),
        exceedance=exceedance,
        exceedance_sigma=sigma,
    )


def _apart(row: ExposureRow, tables: _Tables) -> Village:
    """Return a village on a river that is left out: no gauge speaks for it."""
    return replace(_village(row, {}, tables), has_unset_gauge_above=True)


def _share(
    own: Path | None,
    row: ExposureRow,
    gauges: Mapping[str, EngineGauge],
    rivers: Mapping[str, RiverRow],
) -> float:
    if own is None:
        return 0.0
    seen = upstream_km2(rivers, row.river_id, gauges[own.gauge_id].river_km)
    return seen / upstream_km2(rivers, row.river_id, row.river_km)


def _below(row: ExposureRow, gauges: Mapping[str, EngineGauge]) -> tuple[str, ...]:
    found = [
        gauge
        for gauge in gauges.values()
        if gauge.river_id == row.river_id and gauge.river_km < row.river_km and gauge.thresholds
    ]
    return tuple(gauge.gauge_id for gauge in sorted(found, key=lambda gauge: -gauge.river_km))


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
