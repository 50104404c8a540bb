"""Rain as the store has it, for the engine: by river, from radar or from rain gauges on it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from data import observations, things
from data.observations import RainRow
from services.flood.rain.series import (
    GaugeRain,
    HeardRain,
    RainSeries,
    above_thing,
    catchment_key,
    is_fresh,
    rain_key,
    sides_thing,
)
from services.region import Region

BACK = timedelta(days=6)
"""An event of 24 hours and the five days before it, which tell how wet the ground is."""

EVENT = timedelta(hours=25)
"""What a gauge's catchment needs: one event and a margin."""

AHEAD = timedelta(hours=2)
"""A radar nowcast reaches so far."""

RADAR, STATION = "Radar", "Regenmesser"


def heard_rain(session: Session, region: Region, as_of: datetime) -> HeardRain:
    """Return all rain that is known at an instant."""
    return HeardRain(rain_series(session, region, as_of), gauge_rain(session, region, as_of))


def rain_series(session: Session, region: Region, as_of: datetime) -> dict[str, RainSeries]:
    """Return the rain by river: fresh radar, else the mean of the rain gauges on the river."""
    ids = things.ids(session)
    found: dict[str, RainSeries] = {}
    stations = _stations(region)
    for river in region.pack.rivers:
        radar = _read(session, ids.get(catchment_key(river.river_id)), as_of, RADAR)
        if radar is not None and is_fresh(radar, as_of.timestamp()):
            found[river.river_id] = radar
            continue
        keys = [ids.get(f"{name}/rain") for name in stations.get(river.river_id, ())]
        read = [_read(session, key, as_of, STATION) for key in keys]
        known = [item for item in read if item is not None]
        # a gauge that fell silent would count as dry in the mean
        heard = [item for item in known if is_fresh(item, as_of.timestamp())]
        joined = _joined(heard or known)
        if joined is not None:
            found[river.river_id] = joined
    return found


def gauge_rain(session: Session, region: Region, as_of: datetime) -> dict[str, GaugeRain]:
    """Return fresh radar rain by gauge, of its catchment and of the sides below; others lack."""
    ids = things.ids(session)
    found: dict[str, GaugeRain] = {}
    for name in region.network.gauges:
        above, sides = (
            _read(session, ids.get(rain_key(thing(name))), as_of, RADAR, EVENT)
            for thing in (above_thing, sides_thing)
        )
        if above is not None and is_fresh(above, as_of.timestamp()):
            found[name] = GaugeRain(above, sides or above)
    return found


def _stations(region: Region) -> Mapping[str, tuple[str, ...]]:
    """Return by river the gauges on it that report rain."""
    rivers = {row.gauge_id: row.river_id for row in region.pack.gauges}
    found: dict[str, tuple[str, ...]] = {}
    for row in region.sensors:
        river = rivers.get(row.gauge_id)
        if row.observed_property == "rain" and river is not None:
            found[river] = (*found.get(river, ()), row.gauge_id)
    return found


def _read(
    session: Session,
    datastream_id: int | None,
    as_of: datetime,
    source: str,
    back: timedelta = BACK,
) -> RainSeries | None:
    if datastream_id is None:
        return None
    rows = observations.rain_window(session, datastream_id, as_of - back, as_of + AHEAD)
    kept = [row for row in rows if row.value is not None and row.result_time <= as_of]
    return _series(kept, as_of, source) if kept else None


def _series(rows: list[RainRow], as_of: datetime, source: str) -> RainSeries:
    known = max(min(row.result_time, as_of) for row in rows)
    return RainSeries(
        np.array([row.phenomenon_time.timestamp() for row in rows]),
        np.array([max(row.value or 0.0, 0.0) for row in rows]),
        known.timestamp(),
        source,
    )


def _joined(parts: list[RainSeries]) -> RainSeries | None:
    """Return the mean of several rain gauges: each counts with its share of the depth."""
    if len(parts) < 2:  # noqa: PLR2004  # one is its own mean
        return parts[0] if parts else None
    times = np.concatenate([part.times_s for part in parts])
    depth = np.concatenate([part.depth_mm / len(parts) for part in parts])
    order = np.argsort(times, kind="stable")
    known = max(part.known_s for part in parts)
    return RainSeries(times[order], depth[order], known, parts[0].source)
