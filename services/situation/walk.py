"""The Laufzeitdiagramm: gauges and villages of a river at their km with their arrival times."""

from collections.abc import Iterable
from datetime import datetime

from services.errors import UnknownGaugeError
from services.flood.model import LEVELS, State
from services.flood.path_kinds import PATH_RAIN
from services.region import Region
from services.situation.levels import level_times
from services.situation.model import GaugeView, VillageView
from services.situation.rivers import RiverWalk, WalkPoint


def river_walk(
    region: Region,
    river_id: str,
    now: datetime,
    villages: Iterable[VillageView],
    gauges: Iterable[GaugeView],
) -> RiverWalk:
    """Return the walk of the wave down one river: the arrivals of one level at all places.

    Arrivals of different levels would seem to run backwards. The level is the lowest one that is
    still to come somewhere, as a rule the first water; with all reached it is the highest.

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
    own = [view for view in villages if view.river_id == river_id]
    level = _level(own, now)
    points = [_village(view, level, now) for view in own]
    points += [
        _gauge(view, view.river_km)
        for view in gauges
        if view.river_id == river_id and view.is_connected and view.river_km is not None
    ]
    points.sort(key=lambda point: -point.river_km)
    return RiverWalk(river_id, names[river_id], now, tuple(points), level)


def _level(villages: Iterable[VillageView], now: datetime) -> State | None:
    """Return the lowest level still to come at a place, the highest told one if none is.

    Rain alone tells the first level only, at any time: it counts where no gauge speaks.
    """
    results = [view.result for view in villages if view.result]
    heard = [result for result in results if result.path_kind != PATH_RAIN and result.outlook]
    times = [time for result in heard or results for time in level_times(result, now)]
    told = [time for time in times if time.earliest is not None]
    ahead = {time.level for time in told if time.reached_at is None}
    passed = {time.level for time in told}
    lowest = next((level for level in LEVELS if level in ahead), None)
    return lowest or next((level for level in reversed(LEVELS) if level in passed), None)


def _village(view: VillageView, level: State | None, now: datetime) -> WalkPoint:
    times = level_times(view.result, now) if view.result else ()
    time = next((time for time in times if time.level is level), None)
    return WalkPoint(
        label=view.name,
        kind="ort",
        target_id=view.place_id,
        river_km=view.river_km,
        state=view.state,
        earliest=time.earliest if time else None,
        likely=time.likely if time else None,
        latest=time.latest if time else None,
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
