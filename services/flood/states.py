"""The state rule and its hysteresis (METHOD G.3): up at once, down late, never by silence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.flood.constants import (
    LOWER_AFTER_MIN,
    LOWER_CYCLES,
    LOWER_MARGIN_M,
    P_LOWER,
    P_STATE,
    P_VORALARM,
    P_WARNUNG,
    SECONDS_PER_MIN,
)
from services.flood.model import LEVELS, State, VillageResult

RANK: Mapping[State, int] = {
    State.UNBEKANNT: 0,
    State.OK: 1,
    State.VORALARM: 2,
    State.WARNUNG: 3,
    State.ALARM: 4,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What this cycle's data say of one village.

    `state` is the rule's answer without memory. `floor` is the highest level that may not be left
    yet: its driving gauge is not 5 cm below, or P is 0.2 or more. `driver_at` is the time of the
    newest valid reading of the gauge that drove the previous state, `driver_silent` whether that
    gauge is silent, `driver_rising` whether it still rises.
    """

    state: State
    floor: State
    has_valid_path: bool
    driver_at: datetime | None
    driver_silent: bool
    driver_rising: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The state after hysteresis; `held_since` when no data support it any more.

    `confirmed_at` is the last cycle whose data alone gave the state or a higher one.
    """

    state: State
    state_since: datetime
    held_since: datetime | None
    lower_cycles: int
    is_kept: bool
    confirmed_at: datetime
    lower_state: State | None = None
    lower_since: datetime | None = None
    """What the data show while a higher state is kept, and since when they show something lower."""


def rule_state(
    p: Mapping[State, float], observed: Collection[State], *, is_suspect_high: bool
) -> State:
    """Return the state for probabilities within the horizon and observed levels, without memory."""
    p_alarm = p.get(State.ALARM, 0.0)
    for level in reversed(LEVELS):
        if level in observed or p.get(level, 0.0) >= P_STATE:
            return level
        if level == State.WARNUNG and p_alarm >= P_WARNUNG:
            return State.WARNUNG
    return State.VORALARM if is_suspect_high or p_alarm >= P_VORALARM else State.OK


def floor_state(
    p: Mapping[State, float], levels: Mapping[State, float], value: float | None, metre: float
) -> State:
    """Return the highest level that may not be left: value not 5 cm below it, or P not below 0.2.

    `metre` is what a metre of stage means in the gauge's unit (`nowcast.metre_equivalent`).
    """
    for level in reversed(LEVELS):
        limit = levels.get(level)
        is_near = limit is not None and value is not None and value > limit - LOWER_MARGIN_M * metre
        if is_near or p.get(level, 0.0) >= P_LOWER:
            return level
    return State.OK


def decide(previous: VillageResult | None, evidence: Evidence, now: datetime) -> Decision:
    """Return the state to show: raised at once, lowered only by G.3, kept through silence."""
    before = previous.state if previous is not None else State.UNBEKANNT
    is_raised = RANK[evidence.state] > RANK[before]
    if previous is None or before not in LEVELS or is_raised:
        is_same = previous is not None and evidence.state == before
        since = previous.state_since if previous is not None and is_same else now
        return Decision(evidence.state, since, None, 0, is_kept=False, confirmed_at=now)
    if evidence.has_valid_path and evidence.state == before:
        return Decision(before, previous.state_since, None, 0, is_kept=False, confirmed_at=now)
    if not evidence.has_valid_path or evidence.driver_silent:
        return _kept(previous, held_since=previous.held_since or previous.data_at or now)
    return _lower(previous, evidence, now)


def _lower(previous: VillageResult, evidence: Evidence, now: datetime) -> Decision:
    target = max(evidence.state, evidence.floor, key=RANK.__getitem__)
    if target is State.OK:
        target = evidence.state
    if RANK[target] >= RANK[previous.state] or evidence.driver_rising:
        return _kept(previous)
    is_new = evidence.driver_at is not None and (
        previous.data_at is None or evidence.driver_at > previous.data_at
    )
    cycles = previous.lower_cycles + (1 if is_new else 0)
    minutes = (now - _confirmed_at(previous)).total_seconds() / SECONDS_PER_MIN
    if cycles >= LOWER_CYCLES and minutes >= LOWER_AFTER_MIN:
        return Decision(target, now, None, 0, is_kept=False, confirmed_at=now)
    since = previous.lower_since or evidence.driver_at or now
    return replace(_kept(previous, lower_cycles=cycles), lower_state=target, lower_since=since)


def _kept(
    previous: VillageResult, *, held_since: datetime | None = None, lower_cycles: int = 0
) -> Decision:
    return Decision(
        previous.state,
        previous.state_since,
        held_since,
        lower_cycles,
        is_kept=True,
        confirmed_at=_confirmed_at(previous),
    )


def _confirmed_at(previous: VillageResult) -> datetime:
    """Return when data last confirmed the state; results of older versions only know its start."""
    return previous.confirmed_at or previous.state_since
