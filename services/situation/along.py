"""What lies above and below a point along the rivers, nearest first, with the way of the water."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from data.region_pack.rows import RiverRow
from services.flood.celerity import travel_quantiles_min
from services.flood.model import Celerity, State
from services.flood.network import route
from services.region import Region
from services.situation.model import GaugeView, Situation, VillageView

MOST = 4
"""Stops shown on each side (estimate): further ones are a click away."""
Point = tuple[str, float]
"""River and kilometre."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A gauge or place above or below; travel times are P10 and P50 in minutes."""

    is_gauge: bool
    target_id: str
    name: str
    river_name: str
    state: State
    value: float | None
    unit: str
    data_at: datetime | None
    distance_km: float = 0.0
    travel_p10_min: float = 0.0
    travel_p50_min: float = 0.0


@dataclass(frozen=True, slots=True)
class Along:
    """Both directions from a point."""

    river_name: str
    above: tuple[Stop, ...]
    below: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stop with where it lies, before its distance is known."""

    at: Point
    stop: Stop


def along_of_gauge(region: Region, gauge: GaugeView, situation: Situation) -> tuple[Along, ...]:
    """Return what lies along the river of a gauge; nothing where its place is not known."""
    if gauge.river_km is None:
        return ()
    here = (gauge.river_id, gauge.river_km)
    return (_along(region, here, gauge.river_name, situation, gauge.gauge_id),)


def along_of_place(
    region: Region, rivers: Iterable[VillageView], situation: Situation
) -> tuple[Along, ...]:
    """Return what lies along each river of a place."""
    return tuple(
        _along(region, (view.river_id, view.river_km), view.river_name, situation, view.place_id)
        for view in rivers
    )


def _along(
    region: Region, here: Point, river_name: str, situation: Situation, own_id: str
) -> Along:
    rivers = {row.river_id: row for row in region.pack.rivers}
    info = region.pack.info
    sigma = info.default_celerity_sigma
    celerity = Celerity(info.default_celerity_ms, sigma, sigma, 0, "Vorwissen")
    others = [one for one in _candidates(situation) if one.stop.target_id != own_id]
    above = _measured((one, _distance(rivers, one.at, here)) for one in others)
    below = _measured((one, _distance(rivers, here, one.at)) for one in others)
    return Along(river_name, _nearest(above, celerity), _nearest(below, celerity))


def _candidates(situation: Situation) -> list[_Candidate]:
    found = [
        _Candidate((view.river_id, view.river_km), _gauge_stop(view))
        for view in situation.gauges
        if view.is_connected and view.river_km is not None
    ]
    found += [
        _Candidate((view.river_id, view.river_km), _place_stop(view))
        for view in situation.villages
        if view.exposed
    ]
    return found


def _gauge_stop(view: GaugeView) -> Stop:
    return Stop(
        is_gauge=True,
        target_id=view.gauge_id,
        name=view.name,
        river_name=view.river_name,
        state=State.UNBEKANNT if view.is_silent else view.state,
        value=view.value,
        unit=view.unit,
        data_at=view.observed_at,
    )


def _place_stop(view: VillageView) -> Stop:
    return Stop(
        is_gauge=False,
        target_id=view.place_id,
        name=view.name,
        river_name=view.river_name,
        state=view.state,
        value=None,
        unit="",
        data_at=view.result.data_at if view.result else None,
    )


def _distance(rivers: Mapping[str, RiverRow], upper: Point, lower: Point) -> float | None:
    stretches = route(rivers, upper, lower)
    if stretches is None:
        return None
    return sum(stretch.length_km for stretch in stretches)


def _measured(
    found: Iterable[tuple[_Candidate, float | None]],
) -> list[tuple[float, Stop]]:
    return [(km, one.stop) for one, km in found if km is not None and km > 0]


def _nearest(found: list[tuple[float, Stop]], celerity: Celerity) -> tuple[Stop, ...]:
    chosen = sorted(found, key=lambda item: (item[0], item[1].target_id))[:MOST]
    return tuple(_with_way(stop, km, celerity) for km, stop in chosen)


def _with_way(stop: Stop, km: float, celerity: Celerity) -> Stop:
    fast, median, _slow = travel_quantiles_min(km, celerity)
    return replace(stop, distance_km=km, travel_p10_min=fast, travel_p50_min=median)
