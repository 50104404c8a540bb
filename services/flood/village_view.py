"""A village seen through its gauges in one cycle: valid paths, arrivals by level, suspect gauge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.flood.gauge_status import GaugeStatus
from services.flood.lead_time import LevelArrival, level_arrival
from services.flood.model import LEVELS, Path, State, Village, VillageResult


@dataclass(frozen=True, slots=True)
class View:
    """The village seen through its gauges: valid paths, arrivals by level, suspect gauge."""

    village: Village
    statuses: Mapping[str, GaugeStatus]
    valid: tuple[Path, ...]
    arrivals: Mapping[State, tuple[LevelArrival, ...]]
    suspect: GaugeStatus | None

    def probabilities(self) -> dict[State, float]:
        """Return per level the highest probability over the valid paths."""
        return {level: max(item.p for item in found) for level, found in self.arrivals.items()}

    def observed(self) -> set[State]:
        """Return the levels that a valid path's gauge stands above."""
        return {
            level
            for level, found in self.arrivals.items()
            if any(item.is_observed for item in found)
        }


def build_view(village: Village, statuses: Mapping[str, GaugeStatus], now: datetime) -> View:
    """Return the village with the arrivals of its valid paths at `now`."""
    known = {path.gauge_id: statuses.get(path.gauge_id) for path in village.paths}
    valid = tuple(
        path
        for path in village.paths
        if (status := known[path.gauge_id]) is not None and status.is_usable
    )
    arrivals: dict[State, tuple[LevelArrival, ...]] = {}
    for level in LEVELS:
        found = tuple(
            level_arrival(path, statuses[path.gauge_id], level, now.timestamp())
            for path in valid
            if level in path.levels
        )
        if found:
            arrivals[level] = found
    suspects = (status for status in known.values() if status is not None)
    suspect = next((status for status in suspects if status.is_suspect_high), None)
    return View(village, statuses, valid, arrivals, suspect)


def anchor(view: View, previous: VillageResult | None) -> Path | None:
    """Return the path of the gauge that drove the last state, else of the nearest valid one."""
    name = previous.driving_gauge if previous is not None else None
    paths = (path for path in view.village.paths if path.gauge_id == name)
    return next(paths, view.valid[0] if view.valid else None)
