"""When each warning level comes to a place: the state's own level and those that come before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.flood.constants import REACHED_KNOWN_H
from services.flood.model import LEVELS, OUTLOOK_QUANTILES, LevelOutlook, State, VillageResult
from services.flood.path_kinds import PATH_RAIN

HORIZON = "12h"
"""Key of the chance within the horizon of the nowcast, in hours."""
PROBABLY = 0.5
"""A level counts as probably reached from this probability on (the headline's "wohl schon")."""
_EARLIEST, _LIKELY, _LATEST = (OUTLOOK_QUANTILES.index(q) for q in (0.1, 0.5, 0.9))


@dataclass(frozen=True, slots=True)
class LevelTime:
    """Arrival of one level at a place, if it comes: P10, P50, P90 (None: not so likely).

    `chance` is the probability within twelve hours, None where nothing tells it; `reached_at` is
    the likely instant of a level that is probably there already. `still_likely`, `still_latest`
    are P50 and P90 for who sees that it is not there yet, told where it may be there by now.
    """

    level: State
    earliest: datetime | None
    likely: datetime | None
    latest: datetime | None
    chance: float | None
    reached_at: datetime | None
    still_likely: datetime | None = None
    still_latest: datetime | None = None

    def is_since_known(self, now: datetime) -> bool:
        """Tell whether the readings reach back far enough to say since when it is there."""
        known = timedelta(hours=REACHED_KNOWN_H)
        return self.reached_at is not None and now - self.reached_at < known


def level_times(result: VillageResult, now: datetime) -> tuple[LevelTime, ...]:
    """Return the levels that something speaks of, lowest first."""
    own = own_level(result, now)
    return tuple(
        own if own and own.level is level else _told(result, level, now)
        for level in LEVELS
        if level in result.outlook or (own and own.level is level)
    )


def own_level(result: VillageResult, now: datetime) -> LevelTime | None:
    """Return the arrival that the result itself tells: of the level that its state names."""
    if result.level is None:
        return None
    return LevelTime(
        result.level,
        result.earliest,
        result.likely,
        result.latest,
        result.p_exceed.get(HORIZON),
        result.likely if _is_reached(result, result.level, now) else None,
        *_still(result, result.level, now),
    )


def lower_level(result: VillageResult, now: datetime) -> LevelTime | None:
    """Return the level below the told one that matters now.

    That is the highest one that is probably reached, else the first to come; None where no lower
    level comes earlier than the told one.
    """
    own = own_level(result, now)
    if own is None or own.earliest is None:
        return None
    below = [
        time
        for time in level_times(result, now)
        if LEVELS.index(time.level) < LEVELS.index(own.level) and _comes_before(time, own)
    ]
    reached = [time for time in below if time.reached_at is not None]
    return reached[-1] if reached else next(iter(below), None)


def _told(result: VillageResult, level: State, now: datetime) -> LevelTime:
    found = result.outlook[level]
    likely = found.quantiles[_LIKELY]
    return LevelTime(
        level,
        found.quantiles[_EARLIEST],
        likely,
        found.quantiles[_LATEST],
        found.p_within.get(HORIZON),
        likely if _is_reached(result, level, now) else None,
        *_still(result, level, now),
    )


def _still(
    result: VillageResult, level: State, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return P50 and P90 of a level that may be there by now, for who sees that it is not."""
    found = result.outlook.get(level)
    if found is None or not found.ahead or result.held_since is not None:
        return None, None
    earliest = found.quantiles[_EARLIEST]
    if earliest is None or earliest > now or found.ahead[_LATEST] <= now:
        return None, None
    return found.ahead[_LIKELY], found.ahead[_LATEST]


def _comes_before(time: LevelTime, own: LevelTime) -> bool:
    if time.reached_at is not None and own.reached_at is None:
        return True
    mine, other = time.earliest, own.earliest
    if mine is None or other is None or own.reached_at is not None:
        return False
    is_likelier = time.likely is not None and own.likely is not None and time.likely < own.likely
    return mine < other or (mine == other and is_likelier)


def _is_reached(result: VillageResult, level: State, now: datetime) -> bool:
    """Tell whether a level is probably there, by data that still speak.

    Rain alone never says so, no gauge confirms it; nor does a warning that is kept without data.
    """
    if result.path_kind == PATH_RAIN or result.held_since is not None:
        return False
    found = result.outlook.get(level)
    if found is None:
        return level is result.level and result.likely is not None and result.likely <= now
    return _share_by(found, now) * found.p_within.get(HORIZON, 0.0) >= PROBABLY


def _share_by(found: LevelOutlook, now: datetime) -> float:
    """Return the share of the arriving members that are there by `now`, by the told quantiles."""
    passed = [
        share
        for share, at in zip(OUTLOOK_QUANTILES, found.quantiles, strict=True)
        if at is not None and at <= now
    ]
    return max(passed, default=0.0) if len(passed) < len(OUTLOOK_QUANTILES) else 1.0
