"""Rivers of the region: those with a sensor, and their schematic lines with a state."""

from collections.abc import Sequence

from services.region import Region
from services.situation.model import GaugeView, VillageView
from services.situation.rivers import RiverLine
from services.situation.walk import river_state


def heard_rivers(region: Region) -> tuple[tuple[str, str], ...]:
    """Return id and name of the rivers that have a gauge with a sensor."""
    heard = {gauge.river_id for gauge in region.network.gauges.values()}
    return tuple((row.river_id, row.name) for row in region.pack.rivers if row.river_id in heard)


def river_lines(
    region: Region, villages: Sequence[VillageView], gauges: Sequence[GaugeView]
) -> tuple[RiverLine, ...]:
    """Return the lines as (lon, lat), downstream from the source."""
    points: dict[str, list[tuple[float, float, float]]] = {}
    for row in region.pack.river_points:
        points.setdefault(row.river_id, []).append((-row.river_km, row.lon, row.lat))
    return tuple(
        RiverLine(
            river_id=row.river_id,
            name=row.name,
            state=river_state(
                (view for view in villages if view.river_id == row.river_id),
                (view for view in gauges if view.river_id == row.river_id),
            ),
            points=tuple((lon, lat) for _, lon, lat in sorted(points.get(row.river_id, []))),
            is_schematic=True,
        )
        for row in region.pack.rivers
    )
