"""A village seen through its gauges in one cycle: valid paths, arrivals by level, suspect gauge."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.flood.constants import P_STATE
from services.flood.gauge_status import GaugeStatus
from services.flood.lead_time import QUANTILES, LevelArrival, driving_arrival, level_arrival
from services.flood.model import LEVELS, Path, State, Village, VillageResult
from services.flood.outlooks import VillageArrivals


@dataclass(frozen=True, slots=True)
class View:
    """The village seen through its gauges: valid paths, arrivals by level, suspect gauge."""

    village: Village
    statuses: Mapping[str, GaugeStatus]
    valid: tuple[Path, ...]
    arrivals: Mapping[State, tuple[LevelArrival, ...]]
    suspect: GaugeStatus | None
    joint: Mapping[State, LevelArrival]
    """Arrivals from all gauges routed together; empty where the routing says nothing."""
    peak: VillageArrivals | None = None

    def arrival(self, level: State | None) -> LevelArrival | None:
        """Return the arrival of a level: of all gauges together, or of the speaker's own path.

        The speaker's level is the village's (G.3), so its chance counts where it is the greater
        one and all gauges together do not already make the level likely. When it comes is told by
        all gauges together wherever they tell it: a path by itself knows no inflow from the sides
        and comes late.
        """
        joint = self.joint.get(level) if level is not None else None
        own = self._own(level) if level is not None else None
        if joint is None or own is None:
            return joint or own
        if joint.p >= min(P_STATE, own.p):
            return joint
        return _likelier(joint, own) if math.isfinite(joint.quantile_s(QUANTILES[0])) else own

    def _own(self, level: State) -> LevelArrival | None:
        """Return the arrival by the speaker's path; without routing, by the first path."""
        found = self.arrivals.get(level)
        if not found:
            return None
        path = self.speaker()
        own = next((item for item in found if item.path is path), None)
        return own if self.joint else driving_arrival(found)

    def probabilities(self) -> dict[State, float]:
        """Return the probability of each level within the horizon."""
        found = {level: self.arrival(level) for level in LEVELS}
        return {level: item.p for level, item in found.items() if item is not None}

    def observed(self) -> set[State]:
        """Return the levels that the gauge which speaks for the village stands above (G.3)."""
        path = self.speaker()
        return {
            level
            for level, found in self.arrivals.items()
            if any(item.is_observed for item in found if item.path is path)
        }

    def below(self) -> tuple[GaugeStatus, State] | None:
        """Return the nearest gauge below that is heard, if it stands above a level of its own.

        It speaks only for a village whose gauges above are all silent, and only to confirm.
        """
        if self.valid or not self.village.paths:
            return None
        for name in self.village.below:
            status = self.statuses.get(name)
            if status is not None and status.is_usable and status.value is not None:
                reached = [
                    level
                    for level in LEVELS
                    if status.value >= status.gauge.thresholds.get(level, math.inf)
                ]
                return (status, reached[-1]) if reached else None
        return None

    def speaker(self) -> Path | None:
        """Return the nearest valid path on the village's own river, else the nearest valid one."""
        own = (path for path in self.valid if not path.tributary)
        return next(own, self.valid[0] if self.valid else None)


def build_view(
    village: Village,
    statuses: Mapping[str, GaugeStatus],
    now: datetime,
    routed: VillageArrivals | None = None,
) -> View:
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
    joint = _joint(routed, valid, arrivals, now.timestamp())
    return View(village, statuses, valid, arrivals, suspect, joint, routed if joint else None)


def _joint(
    routed: VillageArrivals | None,
    valid: tuple[Path, ...],
    arrivals: Mapping[State, tuple[LevelArrival, ...]],
    now_s: float,
) -> dict[State, LevelArrival]:
    """Return the routed arrivals of the levels that a valid path speaks of."""
    if routed is None or not valid:
        return {}
    return {
        level: LevelArrival(
            level,
            driving_arrival(found).path,
            draws_s,
            routed.p_within(level, now_s),
            any(item.is_observed for item in found),
        )
        for level, draws_s in routed.draws_s.items()
        if (found := arrivals.get(level))
    }


def _likelier(joint: LevelArrival, own: LevelArrival) -> LevelArrival:
    """Return the arrival of all gauges together with the chances of the path where greater."""
    within = {hours: max(p, joint.p_within[hours]) for hours, p in own.p_within.items()}
    return replace(joint, p_within=within)


def anchor(view: View, previous: VillageResult | None) -> Path | None:
    """Return the path of the gauge that drove the last state, else of the nearest valid one."""
    name = previous.driving_gauge if previous is not None else None
    paths = (path for path in view.village.paths if path.gauge_id == name)
    return next(paths, view.valid[0] if view.valid else None)
