"""The order in which places are acted on, the same on screens, on the wall and on paper."""

from collections.abc import Callable
from datetime import datetime

from services.flood.model import State
from services.situation.levels import own_level
from services.situation.model import VillageView

ORDER = (State.ALARM, State.WARNUNG, State.VORALARM, State.UNBEKANNT, State.OK)
"""From the most urgent down; no data ranks above calm, because silence is no all-clear."""
LONGEST = 1e9
Urgency = tuple[int, bool, float, float, str]


def rank(state: State) -> int:
    """Return the place in the order of urgency, 0 for alarm."""
    return ORDER.index(state)


def urgency(now: datetime) -> Callable[[VillageView], Urgency]:
    """Return the order of villages at `now`: by state, then by the time until that state's level.

    Minutes of different levels are never sorted together. Where the level is probably there
    already nothing is left to gain: those come after the places that still have time. Equal least
    minutes are ordered by the likely ones; a warning kept without data counts as no time left.
    """

    def key(village: VillageView) -> Urgency:
        result = village.result
        least = result.usable_p10_min if result else None
        likely = result.usable_p50_min if result else None
        if least is None:
            is_grave = village.state in (State.ALARM, State.WARNUNG)
            least = 0.0 if is_grave else LONGEST
        middle = LONGEST if likely is None else likely
        return (rank(village.state), is_reached(village, now), least, middle, village.name)

    return key


def is_reached(village: VillageView, now: datetime) -> bool:
    """Tell whether the level that the state names is probably there already."""
    time = own_level(village.result, now) if village.result else None
    return time is not None and time.reached_at is not None


def least_usable(village: VillageView) -> float | None:
    """Return the minutes left at least; None without an arrival, or where none is expected.

    An improbable level may be improbable at once: that is no time that has run out.
    """
    if village.result is None or village.state is State.OK:
        return None
    return village.result.usable_p10_min
