"""The Laufzeitdiagramm: gauges and villages of a river at their km with their arrival times."""

from collections.abc import Iterable
from datetime import datetime

from services.errors import UnknownGaugeError
from services.flood.model import State
from services.region import Region
from services.situation.model import GaugeView, RiverWalk, VillageView, WalkPoint


def river_walk(
    region: Region,
    river_id: str,
    now: datetime,
    villages: Iterable[VillageView],
    gauges: Iterable[GaugeView],
) -> RiverWalk:
    """Return the walk of the wave down one river.

    Raises
    ------
    UnknownGaugeError
        When the region has no such river.
    """
    names = {row.river_id: row.name for row in region.pack.rivers}
    if river_id not in names:
        raise UnknownGaugeError(
            river_id, user_message="Dieses Gewässer gibt es in dieser Region nicht."
        )
    points = [_village(view) for view in villages if view.river_id == river_id]
    points += [
        _gauge(view, view.river_km)
        for view in gauges
        if view.river_id == river_id and view.is_connected and view.river_km is not None
    ]
    points.sort(key=lambda point: -point.river_km)
    return RiverWalk(river_id, names[river_id], now, tuple(points))


def _village(view: VillageView) -> WalkPoint:
    result = view.result
    return WalkPoint(
        label=view.name,
        kind="ort",
        target_id=view.place_id,
        river_km=view.river_km,
        state=view.state,
        earliest=result.earliest if result else None,
        likely=result.likely if result else None,
        latest=result.latest if result else None,
    )


def _gauge(view: GaugeView, river_km: float) -> WalkPoint:
    state = State.UNBEKANNT if view.is_silent else view.state
    return WalkPoint(view.name, "pegel", view.gauge_id, river_km, state, None, None, None)


def river_state(villages: Iterable[VillageView], gauges: Iterable[GaugeView]) -> State:
    """Return the state of a river's line: calm only if nothing watched is unknown."""
    order = (State.ALARM, State.WARNUNG, State.VORALARM, State.UNBEKANNT, State.OK)
    found = {view.state for view in villages if view.has_gauge_above}
    found |= {view.state for view in gauges if view.is_connected}
    return next((state for state in order if state in found), State.UNBEKANNT)
