"""What a region pack says about wave speeds: prior, reaches and published travel times."""

from collections import defaultdict
from collections.abc import Sequence

from data.region_pack.model import RegionPack
from data.region_pack.rows import (
    LagRow,
    ReachRow,
)
from services.flood.lags import LagObservation, Prior, Reach, Stretch
from services.flood.reach_celerity import ReachCelerity, learn


def learn_pack(pack: RegionPack, more: Sequence[LagObservation] = ()) -> ReachCelerity:
    """Return the posterior of a region from its pack and further travel times."""
    return learn(reaches_of(pack), prior_of(pack), [*pack_lags(pack), *more])


def prior_of(pack: RegionPack) -> Prior:
    """Return the region's prior."""
    return Prior(pack.info.default_celerity_ms, pack.info.default_celerity_sigma)


def reaches_of(pack: RegionPack) -> tuple[Reach, ...]:
    """Return the reaches of every river from source to mouth, by river and downstream.

    A river without rows in `reaches.csv` is one reach `<river>-gesamt` over its whole length.
    """
    rows: dict[str, list[ReachRow]] = defaultdict(list)
    for row in pack.reaches:
        rows[row.river_id].append(row)
    found: list[Reach] = []
    for river in sorted(pack.rivers, key=lambda item: item.river_id):
        own = [_reach(row) for row in rows[river.river_id]]
        whole = Reach(f"{river.river_id}-gesamt", river.river_id, river.length_km, 0.0)
        found += sorted(own, key=lambda reach: -reach.upper_km) or [whole]
    return tuple(found)


def pack_lags(pack: RegionPack) -> tuple[LagObservation, ...]:
    """Return the travel times of `lags.csv`."""
    return tuple(_lag(row) for row in pack.lags if row.from_km != row.to_km)


def _reach(row: ReachRow) -> Reach:
    upper, lower = max(row.from_km, row.to_km), min(row.from_km, row.to_km)
    return Reach(row.reach_id, row.river_id, upper, lower)


def _lag(row: LagRow) -> LagObservation:
    upper, lower = max(row.from_km, row.to_km), min(row.from_km, row.to_km)
    way = (Stretch(row.river_id, upper, lower),)
    return LagObservation(row.event, way, row.lag_min, row.sigma_ln, row.exceedance)
