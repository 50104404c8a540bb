"""One village in one cycle: its paths' arrivals, its state after hysteresis, its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from services.flood import reason
from services.flood.coverage import sees_enough, unheard
from services.flood.gauge_status import GaugeStatus
from services.flood.lead_time import (
    LevelArrival,
    confidence,
    driving_arrival,
    level_arrival,
    usable_minutes,
)
from services.flood.model import LEVELS, Flag, Path, State, Village, VillageResult
from services.flood.nowcast import metre_equivalent
from services.flood.states import Decision, Evidence, decide, floor_state, rule_state
from services.flood.wording import Clock, from_river, gauge_name

PATH_GAUGE = "gauge"
PATH_UPSTREAM = "upstream"
PATH_NONE = "none"
"""Path kinds: nearest gauge above, a gauge further up, no valid gauge path (METHOD E)."""

Quantiles = tuple[datetime | None, datetime | None, datetime | None]
_NO_ARRIVAL: Quantiles = (None, None, None)


@dataclass(frozen=True, slots=True)
class _View:
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


def assess_village(
    village: Village,
    statuses: Mapping[str, GaugeStatus],
    previous: VillageResult | None,
    clock: Clock,
    faults: tuple[str, ...] = (),
) -> VillageResult:
    """Return the result of a village.

    `statuses` lacks the gauges that failed; `faults` names what failed for this village.
    """
    view = _view(village, statuses, clock.now)
    decision = decide(previous, _evidence(view, previous), clock.now)
    level = _level(decision, view, clock.now)
    driver = _driver(view, decision, previous, level)
    held = previous if decision.is_kept else None
    arrival = _arrival(view, level, held)
    path = next((path for path in village.paths if path.gauge_id == driver), None)
    status = statuses.get(driver or "")
    why = _why(view, faults, clock)
    if decision.held_since is not None:
        why = _held_why(why, previous, village, status, clock)
    usable = usable_minutes(arrival[0], clock.now, village)
    facts = reason.VillageFacts(
        village=village,
        decision=decision,
        level=level,
        arrival=arrival,
        usable_min=usable,
        driver=status,
        levels=path.levels if path else {},
        suspect=view.suspect,
        why=why,
        is_deaf=not view.valid,
    )
    sure = "gering"
    if path is not None and status is not None:
        sure = confidence(path, status, is_degraded=bool(why))
    return VillageResult(
        place_id=village.place_id,
        river_id=village.river_id,
        state=decision.state,
        level=level,
        degraded=decision.held_since is not None or (bool(why) and bool(village.paths)),
        degraded_reasons=why,
        earliest=arrival[0],
        likely=arrival[1],
        latest=arrival[2],
        usable_p10_min=usable,
        usable_p50_min=usable_minutes(arrival[1], clock.now, village),
        p_exceed=_p_exceed(view, level),
        confidence=sure,
        driving_gauge=driver,
        path_kind=_path_kind(view, driver),
        data_at=_data_at(status, previous, decision),
        state_since=decision.state_since,
        held_since=decision.held_since,
        has_gauge_above=bool(village.paths) or village.has_unset_gauge_above,
        lower_cycles=decision.lower_cycles,
        sentence=reason.village_sentence(facts, clock),
        confirmed_at=decision.confirmed_at,
    )


def _view(village: Village, statuses: Mapping[str, GaugeStatus], now: datetime) -> _View:
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
    return _View(village, statuses, valid, arrivals, suspect)


def _evidence(view: _View, previous: VillageResult | None) -> Evidence:
    p = view.probabilities()
    state = rule_state(p, view.observed(), is_suspect_high=view.suspect is not None)
    if state is State.OK and not sees_enough(view.village, view.valid):
        state = State.UNBEKANNT
    path = _anchor(view, previous)
    status = view.statuses.get(path.gauge_id) if path is not None else None
    floor = State.OK
    if path is not None and status is not None:
        floor = floor_state(p, path.levels, status.value, metre_equivalent(status.gauge))
    return Evidence(
        state=state,
        floor=floor,
        has_valid_path=bool(view.valid),
        driver_at=status.observed_at if status is not None else None,
        driver_silent=path is not None and (status is None or not status.is_usable),
        driver_rising=status is not None and status.is_rising,
    )


def _anchor(view: _View, previous: VillageResult | None) -> Path | None:
    """Return the path of the gauge that drove the last state, else of the nearest valid one."""
    name = previous.driving_gauge if previous is not None else None
    paths = (path for path in view.village.paths if path.gauge_id == name)
    return next(paths, view.valid[0] if view.valid else None)


def _level(decision: Decision, view: _View, now: datetime) -> State | None:
    """Return the level whose arrival is told: the state's own, or the first one that may come."""
    if decision.state in LEVELS:
        return decision.state
    first = view.arrivals.get(State.VORALARM)
    earliest = driving_arrival(first).quantiles()[0] if first else None
    return State.VORALARM if earliest is not None and earliest > now else None


def _driver(
    view: _View, decision: Decision, previous: VillageResult | None, level: State | None
) -> str | None:
    if decision.is_kept:
        path = _anchor(view, previous)
        return path.gauge_id if path is not None else None
    if view.suspect is not None and decision.state is State.VORALARM:
        return view.suspect.gauge.gauge_id
    found = view.arrivals.get(level) if level is not None else None
    if found:
        return driving_arrival(found).path.gauge_id
    return view.valid[0].gauge_id if view.valid else None


def _arrival(view: _View, level: State | None, held: VillageResult | None) -> Quantiles:
    found = view.arrivals.get(level) if level is not None else None
    arrival = driving_arrival(found).quantiles() if found else _NO_ARRIVAL
    if arrival[0] is None and held is not None and held.level == level:
        return held.earliest, held.likely, held.latest
    return arrival


def _why(view: _View, faults: tuple[str, ...], clock: Clock) -> tuple[str, ...]:
    """Return what makes the statement weaker, in words."""
    village = view.village
    reasons = list(faults)
    if not village.paths:
        unset = village.has_unset_gauge_above
        reasons.append(reason.UNSET_GAUGE_ABOVE if unset else reason.NO_GAUGE_ABOVE)
    reasons += _lost(view, clock)
    if view.valid:
        reasons += _still(view)
    if village.backwater_of:
        reasons.append(f"Rückstau {from_river(village.backwater_of)} möglich")
    return tuple(reasons)


def _held_why(
    why: tuple[str, ...],
    previous: VillageResult | None,
    village: Village,
    status: GaugeStatus | None,
    clock: Clock,
) -> tuple[str, ...]:
    """Return the reasons with the one for which a warning is held in front."""
    name = previous.driving_gauge if previous is not None else None
    if status is not None:
        cause = reason.silence_text(status, clock)
    elif any(path.gauge_id == name for path in village.paths):
        cause = reason.DRIVER_UNREADABLE
    else:
        cause = reason.DRIVER_LEFT
    return (cause, *(text for text in why if text != cause))


def _lost(view: _View, clock: Clock) -> list[str]:
    """Return what is lost: the nearest gauge, or the one whose silence forbids an all-clear."""
    village = view.village
    missing = unheard(village, view.valid)
    if village.paths and village.paths[0] not in view.valid:
        missing = (village.paths[0], *missing)
    elif any(not path.tributary for path in missing):
        missing = tuple(path for path in missing if not path.tributary)
    found = (view.statuses.get(path.gauge_id) for path in missing)
    texts = [reason.silence_text(status, clock) for status in found if status is not None][:1]
    if village.paths and all(path.tributary for path in village.paths):
        texts.append(reason.only_tributaries_text(village.river_name))
    return texts


def _still(view: _View) -> list[str]:
    """Return that the nearest gauge does not move at all while others rise (B.9), if so."""
    nearest, *above = (view.statuses[path.gauge_id] for path in view.valid)
    if nearest.flat_flag == Flag.SUSPECT:
        return [f"{gauge_name(nearest.gauge)} {reason.STILL_BESIDE}"]
    if nearest.is_still and any(status.is_rising for status in above):
        return [f"{gauge_name(nearest.gauge)} {reason.STILL}"]
    return []


def _p_exceed(view: _View, level: State | None) -> dict[str, float]:
    found = view.arrivals.get(level or State.VORALARM)
    if not found:
        return {}
    within = driving_arrival(found).p_within
    return {f"{hours}h": p for hours, p in within.items()}


def _path_kind(view: _View, driver: str | None) -> str:
    if driver is None or all(path.gauge_id != driver for path in view.valid):
        return PATH_NONE
    return PATH_GAUGE if view.village.paths[0].gauge_id == driver else PATH_UPSTREAM


def _data_at(
    status: GaugeStatus | None, previous: VillageResult | None, decision: Decision
) -> datetime | None:
    if status is not None and status.observed_at is not None:
        return status.observed_at.astimezone(UTC)
    return previous.data_at if previous is not None and decision.is_kept else None
