"""Words for the arrival of warning levels: which level a time belongs to is always said."""

from datetime import datetime

from components import formats
from components.states import WORDS
from services.flood.model import State
from services.situation.levels import LevelTime, lower_level, own_level
from services.situation.model import VillageView

NOT_TOLD = "nicht absehbar"
ANY_TIME = "jederzeit möglich"


def when_words(time: LevelTime, now: datetime) -> str:
    """Write when a level comes: "wohl seit 18:02 Uhr erreicht", "jederzeit bis …", "… – …"."""
    if time.earliest is None:
        return NOT_TOLD
    if time.reached_at is not None:
        return reached_words(time, time.reached_at, now)
    if time.earliest > now:
        return formats.interval(time.earliest, time.latest, now)
    is_ahead = time.latest is not None and time.latest > now
    return any_time_until(time.latest, now) if time.latest and is_ahead else ANY_TIME


def any_time_until(latest: datetime, now: datetime) -> str:
    """Write an arrival whose earliest is past and whose latest lies ahead."""
    return f"jederzeit bis {formats.brief(latest, now)}"


def reached_words(time: LevelTime, since: datetime, now: datetime) -> str:
    """Say since when a level is probably there, or that nobody knows since when."""
    if not time.is_since_known(now):
        return "wohl erreicht, seit wann ist nicht bekannt"
    return f"wohl seit {formats.brief(since, now)} erreicht"


def arrival_words(village: VillageView, now: datetime) -> str:
    """Write the arrival with its level, or why there is none."""
    result = village.result
    time = own_level(result, now) if result else None
    if time is None or time.earliest is None:
        return "kein Anstieg erwartet" if village.state is State.OK else formats.MISSING
    word = WORDS[time.level]
    if village.state is State.OK:
        chance = f" ({formats.chance(time.chance)})" if time.chance is not None else ""
        return f"{word} unwahrscheinlich{chance}, frühestens {formats.brief(time.earliest, now)}"
    return f"{word} {when_words(time, now)}"


def lower_words(village: VillageView, now: datetime) -> str:
    """Name the lower level that comes before the told one, or is there; empty without any."""
    time = lower_level(village.result, now) if village.result else None
    if time is None:
        return ""
    word, when = WORDS[time.level], when_words(time, now)
    return f"{word} {when}" if time.reached_at is not None else f"vorher {word}: {when}"


def until_words(village: VillageView) -> str:
    """Say which level the minutes of a place run to: "bis Alarm"; empty without minutes."""
    result = village.result
    if result is None or result.level is None or result.usable_p10_min is None:
        return ""
    return f"bis {WORDS[result.level]}"


def left_words(village: VillageView) -> str:
    """Say what the minutes beside it run to; where none are left, that it is the worst case.

    "keine Zeit mehr, nutzbar bis Alarm" is no sentence, and the likely course may still have time.
    """
    least = village.result.usable_p10_min if village.result else None
    if least is not None and least < 1:
        return f"{until_words(village)}, im ungünstigsten Fall"
    return f"nutzbar {until_words(village)}, mindestens"


def likely_words(village: VillageView) -> str:
    """Write the usable minutes of the likely course: "wahrscheinlich 43 Min."."""
    minutes = village.result.usable_p50_min if village.result else None
    if minutes is None:
        return ""
    return (
        "auch wahrscheinlich keine" if minutes < 1 else f"wahrscheinlich {formats.usable(minutes)}"
    )
