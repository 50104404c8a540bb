"""The reach graph: each river system as reaches in flow order, with gauges, villages and areas.

A system is all rivers that drain to one outlet. It begins at its uppermost gauges: above them no
reading tells the flow. Every river is cut at gauges and confluences and, in between, into reaches
of at most `REACH_KM`, tributaries before the rivers that receive them, so the order of rows in the
pack plays no part.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data.region_pack.model import RegionPack
from data.region_pack.rows import RiverRow

IndexArray = NDArray[np.int64]

REACH_KM = 1.5
"""Longest reach. The scheme's own spread then matches the diffusion of these creeks: at 1.1 m/s and
300 s over 26 km its standard deviation is 82 min, Hayami's with Q = 40 m³/s is 55 min, that of a
cascade of 1-km storages 77 min (docs/method/joint-routing.md)."""

HACK_COEFFICIENT = 1.4
HACK_EXPONENT = 0.6
"""Hack's law, L = 1.4 A^0.6 in km and km² (Hack 1957): the area of a river that names none."""

LEAST_AREA_KM2 = 0.5
_NONE = -1


@dataclass(frozen=True, slots=True)
class RoutingReach:
    """A stretch of one river, `upper_km` and `lower_km` above its mouth.

    `upper_km2` is the catchment above its upper end.
    """

    river_id: str
    upper_km: float
    lower_km: float
    upper_km2: float
    downstream: int
    gauge: int
    """Index of the gauge at the upper end, -1 without one."""
    lateral: int
    """Index of the gauge whose course the inflow from the sides takes."""
    lateral_km2: float
    """Area that drains to this reach and to nothing above it in the graph."""

    @property
    def length_m(self) -> float:
        """Return the length in metres."""
        return (self.upper_km - self.lower_km) * 1000.0


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where a village lies: reach, share of the reach from its upper end, catchment area."""

    place_id: str
    river_id: str
    reach: int
    fraction: float
    area_km2: float


@dataclass(frozen=True, slots=True)
class RiverSystem:
    """One system ready for routing; `gauges` in the order that reaches refer to them."""

    system_id: str
    rivers: tuple[str, ...]
    gauges: tuple[str, ...]
    reaches: tuple[RoutingReach, ...]
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A gauge or a village on a river."""

    site_id: str
    river_id: str
    river_km: float


def build_systems(
    pack: RegionPack, gauges: Sequence[Site], villages: Sequence[Site]
) -> tuple[RiverSystem, ...]:
    """Return the systems that have a gauge, by the id of their outlet river.

    Rivers that run in a circle belong to no system; the caller has named them.
    """
    rivers = {row.river_id: row for row in pack.rivers}
    outlets = {name: _outlet(name, rivers) for name in rivers}
    systems = []
    for outlet in sorted({found for found in outlets.values() if found is not None}):
        own = {name for name, found in outlets.items() if found == outlet}
        known = sorted(
            (site for site in gauges if site.river_id in own),
            key=lambda site: (site.river_id, -site.river_km, site.site_id),
        )
        if known:
            built = _Builder(rivers, _flow_order(own, rivers), known)
            systems.append(built.system(outlet, [v for v in villages if v.river_id in own]))
    return tuple(systems)


def upstream_km2(rivers: Mapping[str, RiverRow], river_id: str, km: float) -> float:
    """Return the catchment above a point: tributaries above it, and the river's own share."""
    river = rivers[river_id]
    joined = [row for row in rivers.values() if row.receives_into == river_id]
    whole = area_km2(river)
    own = max(whole - sum(area_km2(row) for row in joined), LEAST_AREA_KM2)
    share = min(max((river.length_km - km) / river.length_km, 0.0), 1.0)
    above = [row for row in joined if row.mouth_km is not None and row.mouth_km >= km]
    return max(own * share + sum(area_km2(row) for row in above), LEAST_AREA_KM2)


def area_km2(river: RiverRow) -> float:
    """Return the catchment of a river, by Hack's law where the pack names none."""
    if river.area_km2 is not None and river.area_km2 > 0:
        return river.area_km2
    return float((river.length_km / HACK_COEFFICIENT) ** (1.0 / HACK_EXPONENT))


def _outlet(name: str, rivers: Mapping[str, RiverRow]) -> str | None:
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        receiver = rivers[name].receives_into
        if receiver is None or receiver not in rivers:
            return name
        name = receiver
    return None


def _flow_order(names: set[str], rivers: Mapping[str, RiverRow]) -> list[str]:
    """Return tributaries before receivers, equal ones by name."""
    left, order = set(names), list[str]()
    while left:
        receivers = {rivers[name].receives_into for name in left}
        ready = sorted(left - receivers)
        order += ready
        left -= set(ready)
    return order


class _Builder:
    """Cuts the rivers of one system into reaches, in flow order."""

    def __init__(
        self, rivers: Mapping[str, RiverRow], order: Sequence[str], gauges: Sequence[Site]
    ) -> None:
        self.rivers, self.order, self.gauges = rivers, order, gauges
        self.reaches: list[RoutingReach] = []
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.speaker: dict[str, int] = {}
        """By river the gauge whose course its last reach takes."""

    def system(self, outlet: str, villages: Sequence[Site]) -> RiverSystem:
        for river_id in self.order:
            self._cut(river_id)
        self._join()
        ordered = sorted(villages, key=lambda v: (v.river_id, -v.river_km, v.site_id))
        outlets = [found for site in ordered if (found := self._place(site)) is not None]
        return RiverSystem(
            outlet,
            tuple(self.order),
            tuple(site.site_id for site in self.gauges),
            tuple(self.reaches),
            tuple(outlets),
        )

    def _cut(self, river_id: str) -> None:
        own = [(index, site) for index, site in enumerate(self.gauges) if site.river_id == river_id]
        joining = {
            name: self.rivers[name].mouth_km or 0.0
            for name in self.speaker
            if self.rivers[name].receives_into == river_id
        }
        points = {site.river_km for _, site in own} | set(joining.values())
        if not points:
            return
        top = max(points)
        speaker = self._speaker(top, own, joining)
        at = {site.river_km: index for index, site in own}
        marks = sorted({*points, 0.0}, reverse=True)
        seen_km2 = sum(self._area_of(name) for name, km in joining.items() if km == top)
        if top in at:
            seen_km2 = upstream_km2(self.rivers, river_id, top)
        self.first[river_id] = len(self.reaches)
        for upper, lower in itertools.pairwise(marks):
            speaker = at.get(upper, speaker)
            seen_km2 = self._stretch((river_id, upper, lower), at, speaker, seen_km2, joining)
        if self.first[river_id] == len(self.reaches):  # a gauge at the very mouth
            self.first.pop(river_id)
            return
        self.last[river_id] = len(self.reaches) - 1
        self.speaker[river_id] = speaker

    def _stretch(
        self,
        where: tuple[str, float, float],
        at: Mapping[float, int],
        speaker: int,
        seen_km2: float,
        joining: Mapping[str, float],
    ) -> float:
        """Append the reaches between two marks; returns the area that the graph has seen then."""
        river_id, upper, lower = where
        parts = max(1, math.ceil((upper - lower) / REACH_KM))
        cuts = np.linspace(upper, lower, parts + 1).tolist()
        for number, (high, low) in enumerate(itertools.pairwise(cuts)):
            entering = sum(self._area_of(name) for name, km in joining.items() if low <= km < high)
            lower_km2 = upstream_km2(self.rivers, river_id, low)
            self.reaches.append(
                RoutingReach(
                    river_id,
                    high,
                    low,
                    upstream_km2(self.rivers, river_id, high),
                    len(self.reaches) + 1,
                    at.get(upper, _NONE) if number == 0 else _NONE,
                    speaker,
                    max(lower_km2 - seen_km2 - entering, 0.0),
                )
            )
            seen_km2 = max(lower_km2, seen_km2)
        return seen_km2

    def _area_of(self, name: str) -> float:
        return area_km2(self.rivers[name])

    def _speaker(
        self, top: float, own: Sequence[tuple[int, Site]], joining: Mapping[str, float]
    ) -> int:
        """Return whose course the uppermost reach takes: its own gauge's, else a tributary's."""
        for index, site in own:
            if site.river_km == top:
                return index
        names = sorted(joining, key=lambda name: (-self._area_of(name), name))
        return next(self.speaker[name] for name in names if joining[name] == top)

    def _join(self) -> None:
        """Point the last reach of each river to where it goes on, or to nothing."""
        for river_id, last in self.last.items():
            receiver, mouth = self.rivers[river_id].receives_into, self.rivers[river_id].mouth_km
            target = _NONE
            if receiver in self.first and mouth is not None:
                target = self._reach_at(receiver, mouth)
            self.reaches[last] = replace(self.reaches[last], downstream=target)

    def _reach_at(self, river_id: str, km: float) -> int:
        """Return the reach that begins at or holds a point; the outlet's last one below it."""
        for index in range(self.first[river_id], self.last[river_id] + 1):
            reach = self.reaches[index]
            if reach.lower_km < km <= reach.upper_km:
                return index
        return self.last[river_id]

    def _place(self, site: Site) -> Outlet | None:
        if site.river_id not in self.first:
            return None
        if site.river_km > self.reaches[self.first[site.river_id]].upper_km:
            return None
        index = self._reach_at(site.river_id, site.river_km)
        reach = self.reaches[index]
        span = reach.upper_km - reach.lower_km
        return Outlet(
            site.site_id,
            site.river_id,
            index,
            min((reach.upper_km - site.river_km) / span, 1.0),
            upstream_km2(self.rivers, site.river_id, site.river_km),
        )
