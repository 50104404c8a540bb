"""Which villages can have an hour at all: fixed from the region pack before anything is scored.

Minutes by a gauge = travel to the village at the fast celerity + look-ahead at the gauge -
sampling - radio. The look-ahead is half of the catchment lag above the gauge, for a nowcast's
skill ends at about half of the rise (Kirpich 1940 for the time of concentration, SCS lag = 0.6 of
it, USDA NRCS NEH-630 chapter 15). A village has the most minutes that gauges give which together
see at least half of its catchment; where all together see less, travel time alone says nothing.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from data.region_pack.model import RegionPack
from services.flood.constants import METRES_PER_KM, SECONDS_PER_MIN, Z80
from services.flood.model import EngineGauge, Path, Village
from services.flood.rain.unit_hydrograph import kirpich_min
from services.region import Region
from services.simulation.truth import Truth, build_truth

WANTED_MIN: Final = 60.0
SHARE: Final = 0.5
"""Share of the catchment that gauges must see to speak for a village (as in `levels`)."""
LAG_SHARE: Final = 0.6
SKILL_SHARE: Final = 0.5

POSSIBLE: Final = "moeglich"
TOO_NEAR: Final = "zu_nah"
UNSEEN: Final = "zu_wenig_gesehen"


@dataclass(frozen=True, slots=True)
class Attainable:
    """What a village can have: minutes, by which gauges, and the share that they see."""

    place: tuple[str, str]
    name: str
    river: str
    gauge_ids: tuple[str, ...]
    minutes: float
    share: float

    @property
    def group(self) -> str:
        """Return the list that the village is on: an hour possible, too near, or unseen."""
        if self.share < SHARE:
            return UNSEEN
        return POSSIBLE if self.minutes >= WANTED_MIN else TOO_NEAR


def attainable_minutes(region: Region) -> tuple[Attainable, ...]:
    """Return for each village that has a gauge above what it can have, in the network's order."""
    truth = build_truth(region.pack)
    return tuple(
        _attainable(region, truth, village) for village in region.network.villages if village.paths
    )


def _attainable(region: Region, truth: Truth, village: Village) -> Attainable:
    place = truth.cell_at(village.river_id, village.river_km)
    gauges = [region.network.gauges[path.gauge_id] for path in village.paths]
    by_minutes = sorted(
        (
            (minutes_by(region.pack, path, gauge), gauge)
            for path, gauge in zip(village.paths, gauges, strict=True)
        ),
        key=lambda item: (-item[0], item[1].gauge_id),
    )
    cells: list[int] = []
    share = 0.0
    while share < SHARE and len(cells) < len(by_minutes):
        gauge = by_minutes[len(cells)][1]
        cells.append(truth.cell_at(gauge.river_id, gauge.river_km))
        share = seen_share(truth, cells, place)
    return Attainable(
        place=(village.place_id, village.river_id),
        name=village.name,
        river=village.river_name,
        gauge_ids=tuple(gauge.gauge_id for _, gauge in by_minutes[: len(cells)]),
        minutes=by_minutes[len(cells) - 1][0],
        share=share,
    )


def seen_share(truth: Truth, cells: Collection[int], place: int) -> float:
    """Return the share of a cell's catchment that gauges in other cells see, counted once."""
    outer = 0.0
    for cell in set(cells):
        below = cell
        while below != place and truth.downstream[below] >= 0:
            below = int(truth.downstream[below])
            if below in cells:
                break
        if below == place or cell == place:
            outer += float(truth.upstream_km2[cell])
    return min(outer / float(truth.upstream_km2[place]), 1.0)


def minutes_by(pack: RegionPack, path: Path, gauge: EngineGauge) -> float:
    """Return the minutes that one gauge can give at most when the wave is fast."""
    sigma = pack.info.default_celerity_sigma
    fast_ms = pack.info.default_celerity_ms * math.exp(Z80 * sigma)
    travel = path.distance_km * METRES_PER_KM / fast_ms / SECONDS_PER_MIN
    ahead = SKILL_SHARE * catchment_lag_min(pack, gauge.river_id, gauge.river_km)
    return max(travel + ahead - gauge.sampling_min - gauge.radio_min, 0.0)


def catchment_lag_min(pack: RegionPack, river_id: str, river_km: float) -> float:
    """Return the lag of the catchment above a point in minutes, along its own river."""
    above = [
        (row.from_km - max(row.to_km, river_km), row.slope)
        for row in pack.reaches
        if row.river_id == river_id and row.from_km > river_km
    ]
    length_km = sum(length for length, _ in above)
    if length_km <= 0:
        return 0.0
    slope = sum(length * slope for length, slope in above) / length_km
    return LAG_SHARE * kirpich_min(length_km * METRES_PER_KM, slope)
