"""A village's result with what the rain adds: Voralarm at most, and only where no gauge warns.

Rain never lowers a state, never gives more than Voralarm and never an all-clear (METHOD B.6, G.3).
A Voralarm from rain ends when its probability is below 0.2 and 60 minutes have passed. Silence ends
nothing: while no rain is heard it is kept, until the horizon of 12 hours has passed *and* gauges
that see enough say that the place is calm.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from services.flood.constants import (
    EXCEEDANCE_HOURS,
    HORIZON_H,
    LOWER_AFTER_MIN,
    P_LOWER,
    P_STATE,
)
from services.flood.lead_time import usable_minutes
from services.flood.model import (
    OUTLOOK_QUANTILES,
    FloatArray,
    LevelOutlook,
    State,
    Village,
    VillageResult,
)
from services.flood.path_kinds import PATH_RAIN
from services.flood.rain.rain_path import EVENT_H, RainOutlook
from services.flood.wording import Clock

SURE = "gering"
_OPEN = frozenset({State.OK, State.UNBEKANNT})
_QUANTILES = (0.1, 0.5, 0.9)


def own_memory(previous: VillageResult | None) -> VillageResult | None:
    """Return what the gauges remember of a village: nothing of a state that only rain gave."""
    return None if previous is None or previous.path_kind == PATH_RAIN else previous


def with_rain(
    result: VillageResult,
    village: Village,
    found: RainOutlook | None,
    previous: VillageResult | None,
    clock: Clock,
) -> VillageResult:
    """Return the result of a village after the rain has been heard."""
    if result.state not in _OPEN:
        return result
    before = previous if previous is not None and previous.path_kind == PATH_RAIN else None
    if found is None:
        return result if before is None else _held(before, result, clock)
    p = found.arrivals.p_within(State.VORALARM, clock.now.timestamp())
    is_kept = before is not None and (p[HORIZON_H] >= P_LOWER or _is_young(before, clock))
    if p[HORIZON_H] < P_STATE and not is_kept:
        return result
    return _warned(result, village, found, before, clock)


def _warned(
    result: VillageResult,
    village: Village,
    found: RainOutlook,
    before: VillageResult | None,
    clock: Clock,
) -> VillageResult:
    now_s = clock.now.timestamp()
    draws = np.sort(found.arrivals.draws_s[State.VORALARM])
    p = found.arrivals.p_within(State.VORALARM, now_s)
    within = {f"{hours}h": p[hours] for hours in EXCEEDANCE_HOURS}
    earliest, likely, latest = (_instant(draws, q, now_s) for q in _QUANTILES)
    known = datetime.fromtimestamp(found.known_s, tz=UTC)
    is_confirmed = p[HORIZON_H] >= P_STATE or before is None
    return replace(
        result,
        state=State.VORALARM,
        level=State.VORALARM,
        earliest=earliest,
        likely=likely,
        latest=latest,
        usable_p10_min=usable_minutes(earliest, clock.now, village),
        usable_p50_min=usable_minutes(likely, clock.now, village),
        p_exceed=within,
        confidence=SURE,
        driving_gauge=None,
        path_kind=PATH_RAIN,
        data_at=known,
        data_age_s=max(0.0, (clock.now - known).total_seconds()),
        state_since=before.state_since if before is not None else clock.now,
        confirmed_at=clock.now if is_confirmed else before.confirmed_at if before else clock.now,
        held_since=None,
        sentence=_sentence(village, found, earliest, clock),
        outlook={
            State.VORALARM: LevelOutlook(
                tuple(_instant(draws, q, now_s) for q in OUTLOOK_QUANTILES), within
            )
        },
        peak_class=None,
        peak_at=None,
    )


def _held(before: VillageResult, result: VillageResult, clock: Clock) -> VillageResult:
    """Return a Voralarm that rain gave while no rain is heard any more, or the gauges' result."""
    is_over = clock.now - _confirmed(before) > timedelta(hours=HORIZON_H)
    if is_over and result.state is State.OK:
        return result
    since = before.held_since or before.data_at or clock.now
    reason = f"seit {clock.say(since)} keine Niederschlagsdaten"
    return replace(
        before,
        degraded=True,
        degraded_reasons=(*result.degraded_reasons, reason),
        held_since=since,
        has_gauge_above=result.has_gauge_above,
        sentence=f"{_first(before.sentence)} Seit {clock.say(since)} keine Niederschlagsdaten: "
        "der Voralarm bleibt stehen.",
    )


def _sentence(village: Village, found: RainOutlook, earliest: datetime | None, clock: Clock) -> str:
    when = "ab sofort möglich"
    if earliest is not None and earliest > clock.now:
        when = f"frühestens {clock.say(earliest)}"
    amount = f"{found.depth_mm:.0f} mm in {EVENT_H} Stunden samt Vorhersage"
    ahead = "weiterer Regen ist nicht eingerechnet"
    if found.forecast_s > clock.now.timestamp():
        until = datetime.fromtimestamp(found.forecast_s, tz=UTC)
        ahead = f"mit Regenvorhersage bis {clock.say(until)}"
    return (
        f"Niederschlag: {amount} im Einzugsgebiet ({village.river_name}), Voralarm im Ort {when}, "
        f"nur aus Niederschlag gerechnet, kein Pegel bestätigt es; {ahead}."
    )


def _first(sentence: str) -> str:
    return sentence.split(" Seit ", maxsplit=1)[0]


def _is_young(before: VillageResult, clock: Clock) -> bool:
    return clock.now - _confirmed(before) < timedelta(minutes=LOWER_AFTER_MIN)


def _confirmed(before: VillageResult) -> datetime:
    return before.confirmed_at or before.state_since


def _instant(ordered: FloatArray, q: float, now_s: float) -> datetime | None:
    second = float(ordered[int(q * (ordered.size - 1))])
    if not np.isfinite(second):
        return None
    return datetime.fromtimestamp(max(second, now_s), tz=UTC)
