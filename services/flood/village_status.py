"""One village in one cycle: its paths' arrivals, its state after hysteresis, its sentence."""

from collections.abc import Mapping
from datetime import UTC, datetime

from services.flood import reason
from services.flood.coverage import sees_enough
from services.flood.gauge_status import GaugeStatus
from services.flood.lead_time import confidence, driving_arrival, usable_minutes
from services.flood.model import LEVELS, Flag, State, Village, VillageResult
from services.flood.outlook import outlook, peak_at, peak_class
from services.flood.outlooks import VillageArrivals
from services.flood.path_kinds import PATH_DOWNSTREAM, PATH_GAUGE, PATH_PRIOR, PATH_UPSTREAM
from services.flood.states import Decision, Evidence, decide, floor_state, rule_state
from services.flood.village_view import View, anchor, build_view
from services.flood.weakness import held_reasons, reasons
from services.flood.wording import Clock

Quantiles = tuple[datetime | None, datetime | None, datetime | None]
_NO_ARRIVAL: Quantiles = (None, None, None)


def assess_village(
    village: Village,
    statuses: Mapping[str, GaugeStatus],
    previous: VillageResult | None,
    clock: Clock,
    faults: tuple[str, ...] = (),
    routed: VillageArrivals | None = None,
) -> VillageResult:
    """Return the result of a village.

    `statuses` lacks the gauges that failed; `faults` names what failed for this village; `routed`
    is what all gauges of its river system say together.
    """
    view = build_view(village, statuses, clock.now, routed)
    decision = decide(previous, _evidence(view, previous), clock.now)
    level = _level(decision, view, clock.now)
    driver = _driver(view, decision, previous, level)
    held = previous if decision.is_kept else None
    arrival = _not_later_without_data(_arrival(view, level, held), view, previous, level)
    path = next((path for path in village.paths if path.gauge_id == driver), None)
    status = statuses.get(driver or "")
    why = reasons(view, faults, clock)
    if decision.held_since is not None:
        why = held_reasons(why, previous, village, status, clock)
    usable = usable_minutes(arrival[0], clock.now, village)
    data_at = _data_at(status, previous, decision)
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
        data_at=data_at,
        state_since=decision.state_since,
        held_since=decision.held_since,
        has_gauge_above=bool(village.paths) or village.has_unset_gauge_above,
        lower_cycles=decision.lower_cycles,
        sentence=reason.village_sentence(facts, clock),
        confirmed_at=decision.confirmed_at,
        outlook=outlook(view, clock.now),
        peak_class=peak_class(view),
        peak_at=peak_at(view),
        data_age_s=(clock.now - data_at).total_seconds() if data_at is not None else None,
        lower_state=decision.lower_state,
        lower_since=decision.lower_since,
    )


def _evidence(view: View, previous: VillageResult | None) -> Evidence:
    p = view.probabilities()
    state = rule_state(p, view.observed(), is_suspect_high=view.suspect is not None)
    if state is State.OK and not sees_enough(view.village, view.valid):
        state = State.UNBEKANNT
    speaker = view.speaker()
    if state is State.OK and speaker is not None and _is_doubtful(view.statuses[speaker.gauge_id]):
        state = State.UNBEKANNT
    confirmed = view.below()
    if confirmed is not None:
        state = confirmed[1]
    path = anchor(view, previous)
    status = view.statuses.get(path.gauge_id) if path is not None else None
    floor = State.OK
    if path is not None and status is not None:
        floor = floor_state(p, path.levels, status.value, status.metre)
    return Evidence(
        state=state,
        floor=floor,
        has_valid_path=bool(view.valid) or confirmed is not None,
        driver_at=status.observed_at if status is not None else None,
        driver_silent=path is not None and (status is None or not status.is_usable),
        driver_rising=status is not None and status.is_rising,
    )


def _is_doubtful(status: GaugeStatus) -> bool:
    """Return whether a gauge stands still beside rising ones: it may warn, it clears nothing."""
    return status.flat_flag == Flag.SUSPECT


def _level(decision: Decision, view: View, now: datetime) -> State | None:
    """Return the level whose arrival is told: the state's own, or the first one that may come."""
    if decision.state in LEVELS:
        return decision.state
    first = view.arrival(State.VORALARM)
    earliest = first.quantiles()[0] if first is not None else None
    return State.VORALARM if earliest is not None and earliest > now else None


def _driver(
    view: View, decision: Decision, previous: VillageResult | None, level: State | None
) -> str | None:
    if decision.is_kept:
        path = anchor(view, previous)
        return path.gauge_id if path is not None else None
    if view.suspect is not None and decision.state is State.VORALARM:
        return view.suspect.gauge.gauge_id
    found = view.arrivals.get(level) if level is not None else None
    confirmed = view.below()
    if found:
        return driving_arrival(found).path.gauge_id
    nearest = view.valid[0].gauge_id if view.valid else None
    return confirmed[0].gauge.gauge_id if confirmed is not None else nearest


def _arrival(view: View, level: State | None, held: VillageResult | None) -> Quantiles:
    found = view.arrival(level)
    arrival = found.quantiles() if found is not None else _NO_ARRIVAL
    if arrival[0] is None and held is not None and held.level == level:
        return held.earliest, held.likely, held.latest
    return arrival


def _not_later_without_data(
    arrival: Quantiles, view: View, previous: VillageResult | None, level: State | None
) -> Quantiles:
    """Keep the earliest bound while the nearest gauge is silent: a lost gauge is no reprieve.

    Without its readings the computed arrival slides away; the bound that it last gave stays.
    """
    if previous is None or previous.level != level or previous.earliest is None:
        return arrival
    nearest = view.statuses.get(view.village.paths[0].gauge_id) if view.village.paths else None
    if nearest is None or nearest.is_usable:
        return arrival
    earliest, likely, latest = arrival
    bound = previous.earliest if earliest is None else min(earliest, previous.earliest)
    return bound, likely, latest


def _p_exceed(view: View, level: State | None) -> dict[str, float]:
    found = view.arrival(level or State.VORALARM)
    return {f"{hours}h": p for hours, p in found.p_within.items()} if found is not None else {}


def _path_kind(view: View, driver: str | None) -> str:
    if driver is not None and driver in view.village.below:
        return PATH_DOWNSTREAM
    if driver is None or all(path.gauge_id != driver for path in view.valid):
        return PATH_PRIOR
    return PATH_GAUGE if view.village.paths[0].gauge_id == driver else PATH_UPSTREAM


def _data_at(
    status: GaugeStatus | None, previous: VillageResult | None, decision: Decision
) -> datetime | None:
    if status is not None and status.observed_at is not None:
        return status.observed_at.astimezone(UTC)
    return previous.data_at if previous is not None and decision.is_kept else None
