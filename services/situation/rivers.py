"""Rivers as the screens draw them: the walk of a wave and the line on the map."""

from dataclasses import dataclass
from datetime import datetime

from services.flood.model import State


@dataclass(frozen=True, slots=True)
class WalkPoint:
    """A point of the Laufzeitdiagramm: a gauge or village at its river km with its arrival."""

    label: str
    kind: str
    target_id: str
    river_km: float
    state: State
    earliest: datetime | None
    likely: datetime | None
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class RiverWalk:
    """The Laufzeitdiagramm of one river: the wave walks down past gauges and villages."""

    river_id: str
    river_name: str
    now: datetime
    points: tuple[WalkPoint, ...]
    level: State | None = None
    """The level whose arrival all points tell, None while nothing speaks for the river."""


@dataclass(frozen=True, slots=True)
class RiverLine:
    """The schematic line of a river for the map: (lon, lat) from source to mouth."""

    river_id: str
    name: str
    state: State
    points: tuple[tuple[float, float], ...]
    is_schematic: bool
