"""The reach graph of the rain path: all rivers from their source on, no gauge needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from data.region_pack.model import RegionPack
from services.flood.model import FloatArray
from services.flood.rain.rise import Response
from services.flood.rain.unit_hydrograph import scs_lag_h
from services.flood.reach_graph import (
    HACK_COEFFICIENT,
    HACK_EXPONENT,
    RiverSystem,
    Site,
    build_systems,
    upstream_km2,
)

USUAL_SLOPE = 0.02
"""Slope of a river whose pack has no reaches (estimate)."""

SHORTEST_LAG_H = 0.25

HALF_WAY = 0.5
"""Rain falls on the whole length, so on the mean it has half of it to run (estimate)."""

KM_PER_H_OF_ONE_MS = 3.6


@dataclass(frozen=True, slots=True)
class RainNetwork:
    """Systems whose `gauges` are the rivers themselves, lag of each river's slopes, settings."""

    systems: tuple[RiverSystem, ...]
    lag_h: Mapping[str, float]
    curve_number: float
    factor: float
    exponent: float
    responses: Mapping[str, Response]
    """By gauge how its whole catchment answers rain."""

    def voralarm_flow(self, area_km2: FloatArray) -> FloatArray:
        """Return the planning flow of the Voralarm level in m³/s: an estimate, never shown."""
        return self.factor * area_km2**self.exponent


def build_rain_network(
    pack: RegionPack, villages: Sequence[Site], gauges: Sequence[Site]
) -> RainNetwork:
    """Return the rain path's network of a pack, without rivers that were left out."""
    info = pack.info
    known = [row for row in pack.rivers if row.river_id not in pack.isolated]
    names = {row.river_id for row in known}
    sources = [Site(row.river_id, row.river_id, row.length_km) for row in known]
    systems = build_systems(pack, sources, [site for site in villages if site.river_id in names])
    lag_h = {name: _lag_h(name, pack, systems) for name in names}
    return RainNetwork(
        systems,
        lag_h,
        info.curve_number,
        info.voralarm_specific_factor,
        info.voralarm_specific_exponent,
        {
            site.site_id: _response(site, pack, lag_h[site.river_id])
            for site in gauges
            if site.river_id in names
        },
    )


def _response(site: Site, pack: RegionPack, slopes_h: float) -> Response:
    """Return how the catchment of a gauge answers: slopes, then half of the river above it."""
    rivers = {row.river_id: row for row in pack.rivers}
    length_km = max(rivers[site.river_id].length_km - site.river_km, 0.0)
    river_h = HALF_WAY * length_km / (KM_PER_H_OF_ONE_MS * pack.info.default_celerity_ms)
    area = upstream_km2(rivers, site.river_id, site.river_km)
    factor = pack.info.voralarm_specific_factor
    one = factor * area ** (pack.info.voralarm_specific_exponent - 1.0)
    return Response(pack.info.curve_number, slopes_h, river_h, one)


def _lag_h(river_id: str, pack: RegionPack, systems: Sequence[RiverSystem]) -> float:
    """Return the lag of what flows into one reach from its sides, by the SCS formula.

    Its length is that of a brook with the mean lateral area (Hack 1957), its slope the river's.
    """
    areas = [
        reach.lateral_km2
        for system in systems
        for reach in system.reaches
        if reach.river_id == river_id
    ]
    slopes = [row.slope for row in pack.reaches if row.river_id == river_id]
    side_km = HACK_COEFFICIENT * max(fmean(areas or [0.0]), 1e-3) ** HACK_EXPONENT
    slope = fmean(slopes) if slopes else USUAL_SLOPE
    return max(scs_lag_h(1000.0 * side_km, slope, pack.info.curve_number), SHORTEST_LAG_H)
