"""One German sentence with numbers for each gauge and each village of a cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.flood.constants import LOWER_AFTER_MIN, LOWER_CYCLES, REACHED_KNOWN_H
from services.flood.gauge_status import GaugeStatus
from services.flood.model import LEVELS, Flag, State, Village
from services.flood.states import Decision
from services.flood.wording import (
    LEVEL_WORDS,
    STATE_WORDS,
    UNKNOWN_TREND,
    Clock,
    gauge_name,
    minutes_text,
    trend_text,
    value_text,
)

NO_GAUGE_ABOVE = "kein Pegel oberhalb"
UNSET_GAUGE_ABOVE = "der Pegel oberhalb hat noch keine Schwellen"
SIDE_BROOKS = "keine Aussage zu Seitenbächen und Starkregen"
STILL = "steht seit Stunden still, während ein Pegel oberhalb steigt"
BY_RAIN_TOO = "wie weit er steigt, ist mit dem gefallenen Niederschlag gerechnet"
STILL_BESIDE = "steht seit Stunden still, während Nachbarpegel steigen"
DRIVER_LEFT = "der auslösende Pegel gehört nicht mehr zum Netz"
DRIVER_UNREADABLE = "der auslösende Pegel kann nicht ausgewertet werden"
SILENT_WHILE_RISING = "Messausfall bei steigendem Pegel"


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """What the sentence of a village speaks of; `driver` is None when no gauge speaks for it."""

    village: Village
    decision: Decision
    level: State | None
    arrival: tuple[datetime | None, datetime | None, datetime | None]
    usable_min: float | None
    driver: GaugeStatus | None
    levels: Mapping[State, float]
    suspect: GaugeStatus | None
    why: tuple[str, ...]
    is_deaf: bool = False
    """No gauge at all speaks for the village."""


def gauge_sentence(status: GaugeStatus, expected: Mapping[State, datetime], clock: Clock) -> str:
    """Return value, trend and the next level of a gauge, or that it is silent.

    `expected` has the P50 of crossings that are still to come.
    """
    if not status.is_usable:
        text = silence_text(status, clock)
        if status.suspect is not None:
            text += f"; {suspect_text(status, clock)}"
        return _full_stop(f"{text[0].upper()}{text[1:]}")
    sentence = standing_text(status, clock)
    level, when = next(iter(expected.items()), (None, None))
    if level is not None and when is not None:
        limit = value_text(status.gauge.thresholds[level], status.gauge)
        sentence += f"; {LEVEL_WORDS[level]} {limit} wahrscheinlich um {clock.say(when)}"
    if status.sides is not None and status.is_rising:
        sentence += f"; {BY_RAIN_TOO}"
    if status.flat_flag == Flag.SUSPECT:
        sentence += f"; {STILL_BESIDE}, bitte prüfen"
    if status.suspect is not None:
        sentence += f"; {suspect_text(status, clock)}"
    return _full_stop(sentence)


def only_tributaries_text(river_name: str) -> str:
    """Return that no gauge stands above on the village's own river, only on its tributaries."""
    return f"am Gewässer {river_name} selbst steht kein Pegel oberhalb"


def below_text(status: GaugeStatus, clock: Clock) -> str:
    """Return that a gauge below the village confirms a flood and gives no time."""
    if status.value is None or status.observed_at is None:
        return silence_text(status, clock)
    value, when = value_text(status.value, status.gauge), clock.say(status.observed_at)
    return (
        f"{gauge_name(status.gauge)} unterhalb steht bei {value} ({when}){_above_own(status)} "
        "die Welle ist wohl schon am Ort; eine Vorwarnzeit gibt es daraus nicht"
    )


def standing_text(status: GaugeStatus, clock: Clock) -> str:
    """Return "Pegel Nitz steht bei 1,84 m (14:15 Uhr) und steigt schnell, +32 cm je Stunde"."""
    if status.value is None or status.observed_at is None or status.trend is None:
        return silence_text(status, clock)
    value, when = value_text(status.value, status.gauge), clock.say(status.observed_at)
    words = trend_text(status.trend.told_slope_per_h, status.gauge)
    above = _above_own(status)
    joint = " und " if words != UNKNOWN_TREND else " " if above else ", "
    return f"{gauge_name(status.gauge)} steht bei {value} ({when}){above}{joint}{words}"


def _above_own(status: GaugeStatus) -> str:
    """Return the highest of the gauge's own levels that it stands above; a village's may differ."""
    reached = [name for name in LEVELS if _reached(status, name)]
    if not reached:
        return ""
    limit = value_text(status.gauge.thresholds[reached[-1]], status.gauge)
    return f", über der eigenen {LEVEL_WORDS[reached[-1]]} ({limit}),"


def silence_text(status: GaugeStatus, clock: Clock) -> str:
    """Return since when a gauge is silent and what it said last."""
    name = gauge_name(status.gauge)
    if status.value is None or status.observed_at is None:
        return f"von {name} liegt kein gültiger Messwert vor"
    last = value_text(status.value, status.gauge)
    if status.is_stuck:
        return f"{name} {STILL_BESIDE}, und zählt nicht mehr (zuletzt {last})"
    text = f"{name} meldet seit {clock.say(status.observed_at)} nichts (zuletzt {last})"
    return f"{text}, {SILENT_WHILE_RISING}" if status.is_rising else text


def suspect_text(status: GaugeStatus, clock: Clock) -> str:
    """Return the unconfirmed high reading with its time."""
    if status.suspect is None:
        return ""
    time_s, value = status.suspect
    when = clock.say(datetime.fromtimestamp(time_s, tz=UTC))
    return (
        f"{gauge_name(status.gauge)} meldet {value_text(value, status.gauge)} ({when}), "
        "ungewöhnlich hoch und unbestätigt, bitte prüfen"
    )


def village_sentence(facts: VillageFacts, clock: Clock) -> str:
    """Return why the village is in its state, in one sentence with numbers."""
    state = facts.decision.state
    parts = [_because(facts, clock)]
    if state in LEVELS and facts.usable_min is not None and facts.decision.held_since is None:
        parts.append(_usable(facts.usable_min))
    if facts.village.side_brook_risk:
        parts.append(SIDE_BROOKS)
    stays = " bleibt" if facts.decision.held_since is not None else ""
    return _full_stop(f"{STATE_WORDS[state]} für {facts.village.name}{stays}: {'; '.join(parts)}")


def _because(facts: VillageFacts, clock: Clock) -> str:
    if facts.decision.held_since is not None:
        return _held(facts, facts.decision.held_since, clock)
    is_checked = facts.decision.state is State.VORALARM and facts.suspect is not None
    if facts.suspect is not None and is_checked:
        return "; ".join([suspect_text(facts.suspect, clock), *facts.why])
    is_told = facts.driver is not None and facts.driver.gauge.gauge_id not in facts.village.below
    if facts.decision.state is State.UNBEKANNT or facts.driver is None or not is_told:
        return "; ".join(facts.why) or NO_GAUGE_ABOVE
    standing = standing_text(facts.driver, clock)
    return "; ".join([f"{standing}; {_outlook(facts, clock)}", *facts.why])


def _held(facts: VillageFacts, held_since: datetime, clock: Clock) -> str:
    """Return which gauge fell silent with what value; the first reason is its silence."""
    first, *others = facts.why or (DRIVER_UNREADABLE,)
    status = facts.driver
    if status is None or status.is_stuck:
        pass
    elif status.value is not None and status.observed_at is not None:
        last = value_text(status.value, status.gauge)
        name, when = gauge_name(status.gauge), clock.say(status.observed_at)
        first = f"{name} (zuletzt {last}) meldet seit {when} nichts"
        first += f", {SILENT_WHILE_RISING}" if status.is_rising else ""
    where = "" if facts.is_deaf else " von dort"
    data = "brauchbaren Daten" if status is not None and status.is_stuck else "Daten"
    return "; ".join(
        [first, f"Stand {clock.say(held_since)}, seither keine {data}{where}", *others]
    )


def _outlook(facts: VillageFacts, clock: Clock) -> str:
    if facts.decision.is_kept:
        return _guarded(facts.decision, clock)
    if facts.decision.state is State.OK and facts.arrival[0] is None:
        return _distance_to_first(facts)
    return _arrival(facts, clock)


def _guarded(decision: Decision, clock: Clock) -> str:
    """Return that the last state stays visible, with both times and what would lower it."""
    kept = f"die Stufe von {clock.say(decision.confirmed_at)} bleibt bis zur sicheren Entwarnung"
    if decision.lower_state is None or decision.lower_since is None:
        return kept
    words = STATE_WORDS[decision.lower_state]
    since = clock.say(decision.lower_since)
    return (
        f"{kept}; seit {since} zeigen die Daten weniger ({words}), gesenkt wird erst nach "
        f"{LOWER_CYCLES} neuen gültigen Messungen und {LOWER_AFTER_MIN:.0f} Minuten"
    )


def _distance_to_first(facts: VillageFacts) -> str:
    first = next((level for level in LEVELS if level in facts.levels), None)
    if first is None or facts.driver is None:
        return "keine Schwelle in Sicht"
    limit = value_text(facts.levels[first], facts.driver.gauge)
    return f"{LEVEL_WORDS[first]} für den Ort {limit}"


def _arrival(facts: VillageFacts, clock: Clock) -> str:
    earliest, likely, latest = facts.arrival
    if facts.level is None or earliest is None:
        return "eine höhere Stufe ist möglich"
    what = f"{LEVEL_WORDS[facts.level]} im Ort"
    if earliest <= clock.now and (likely is None or likely <= clock.now):
        if likely is None:
            return "die Welle ist im Ort noch nicht sicher vorbei"
        return f"{what} {_since(likely, clock)}"
    about = "etwa " if latest is None else ""
    soonest = f"frühestens {about}{clock.say(earliest)}"
    if earliest <= clock.now:
        soonest = "jederzeit möglich"
    parts = [f"{what} {soonest}"]
    if likely is not None:
        parts.append(f"wahrscheinlich {clock.say(likely)}")
    if latest is not None:
        parts.append(f"spätestens {clock.say(latest)} (80-%-Spanne)")
    return ", ".join(parts)


def _since(likely: datetime, clock: Clock) -> str:
    """Say since when a level is there, as far back as readings are looked at."""
    if clock.now - likely >= timedelta(hours=REACHED_KNOWN_H):
        return "wohl erreicht, seit wann ist nicht bekannt"
    return f"wohl seit {clock.say(likely)} erreicht"


def _usable(minutes: float) -> str:
    if minutes < 1:
        return "keine Zeit mehr"
    return f"nutzbar bleiben {minutes_text(minutes)}"


def _reached(status: GaugeStatus, level: State) -> bool:
    limit = status.gauge.thresholds.get(level)
    return limit is not None and status.value is not None and status.value >= limit


def _full_stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
