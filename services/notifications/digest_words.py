"""How one message reads that tells of several alarms: places on one river, gravest first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from services.alarms.model import Severity
from services.alarms.words import SEVERITY_WORDS
from services.flood.wording import GONE, usable_text
from services.notifications.gsm7 import SMS_UNITS, shortened, spelled, units
from services.notifications.model import Kind, Text
from services.notifications.templates import (
    END_WORDS,
    LATE_MIN,
    REPEAT,
    REPEAT_LONG,
    Templates,
    Wanted,
    age_min_of,
)

OPEN = "Ankunft offen"
"""Said as on tiles: there is a level, and no minutes to go with it."""
LOOK = ", siehe Link"


def digest_text(templates: Templates, alarms: Sequence[Wanted], river: str, now: datetime) -> Text:
    """Return one message about alarms of a river, which are given gravest first.

    Minutes left are reduced by the age of their alarm: no message promises time that is gone.
    """
    oldest = min(alarms, key=lambda alarm: alarm.created_at)
    whole = replace(alarms[0], created_at=oldest.created_at)
    title = _title(alarms, river)
    subject = f"[Wiederholung möglich] {title}" if whole.may_repeat else title
    paragraphs = [REPEAT_LONG] if whole.may_repeat else []
    told = _list(templates, alarms, now)
    paragraphs += [_lead(alarms, river), told, *templates.ending(whole, now)]
    short = _short(alarms, river, now, templates.short_end(whole, now))
    return Text(subject, "\n\n".join(paragraphs), short)


def usable_words(alarm: Wanted, now: datetime) -> str:
    """Return the minutes left at a place at hand-over: less by each whole minute since the alarm.

    Time for the way of the message is taken off already (METHOD G.2), so that a first attempt says
    what the alarm itself says.
    """
    if alarm.usable_min is None:
        return OPEN
    return usable_text(alarm.usable_min - int(age_min_of(alarm, now)))


def _title(alarms: Sequence[Wanted], river: str) -> str:
    first, count = alarms[0], len(alarms)
    if first.kind is Kind.END:
        return f"{END_WORDS}: {river}, {count} Orte"
    gravest = sum(alarm.severity is first.severity for alarm in alarms)
    places = "1 Ort" if gravest == 1 else f"{gravest} Orte"
    words = f"{SEVERITY_WORDS[first.severity]}: {river}, {places}"
    return words if gravest == count else f"{words}, mit geringerer Stufe {count - gravest}"


def _lead(alarms: Sequence[Wanted], river: str) -> str:
    if alarms[0].kind is Kind.END:
        return f"{river}: An {len(alarms)} Orten ist die Bedingung des Alarms beendet."
    counts = ", ".join(
        f"{SEVERITY_WORDS[severity]} an {_places(len(list(own)))}"
        for severity, own in groupby(alarms, key=lambda alarm: alarm.severity)
    )
    return f"{river}: {counts}. Die schwerste Stufe zuerst, darin die kürzeste Zeit."


def _places(count: int) -> str:
    return "1 Ort" if count == 1 else f"{count} Orten"


def _list(templates: Templates, alarms: Sequence[Wanted], now: datetime) -> str:
    lines = []
    for alarm in alarms:
        if alarm.kind is Kind.END:
            lines.append(f"- {alarm.name}")
            continue
        left = usable_words(alarm, now)
        time = left if left in (OPEN, GONE) else f"mindestens {left} nutzbar"
        lines.append(f"- {SEVERITY_WORDS[alarm.severity]}: {alarm.name}, {time}.")
        lines.append(f"  {templates.told(alarm, now)}")
    if alarms[0].kind is not Kind.END and age_min_of(alarms[0], now) >= LATE_MIN:
        lines.append("Die nutzbaren Minuten sind auf die Zeit des Sendens gerechnet.")
    return "\n".join(lines)


def _short(alarms: Sequence[Wanted], river: str, now: datetime, end: str) -> str:
    """Return as many places as one text message holds; the others are counted in words."""
    first = alarms[0]
    begin = f"{REPEAT} " if first.may_repeat else ""
    word = END_WORDS if first.kind is Kind.END else SEVERITY_WORDS[first.severity]
    is_mixed = any(alarm.severity is not first.severity for alarm in alarms)
    others = " u. a." if is_mixed and first.kind is not Kind.END else ""
    head = f"{begin}{word}{others}: {river}, {len(alarms)} Orte: "
    room = SMS_UNITS - units(end)
    for shown in range(len(alarms), 0, -1):
        text = spelled(_sentence(f"{head}{_some(alarms, shown, now)}"))
        if units(text) <= room:
            return text + end
    return shortened(spelled(_sentence(f"{head}{_some(alarms, 1, now)}")), room) + end


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _some(alarms: Sequence[Wanted], shown: int, now: datetime) -> str:
    before: Severity | None = alarms[0].severity
    parts = []
    for alarm in alarms[:shown]:
        is_other = alarm.severity is not before and alarm.kind is not Kind.END
        before = alarm.severity
        word = f"{SEVERITY_WORDS[alarm.severity]} " if is_other else ""
        name = alarm.name.partition(" (")[0]
        left = "" if alarm.kind is Kind.END else f" {usable_words(alarm, now)}"
        parts.append(f"{word}{name}{left}")
    rest = len(alarms) - shown
    more = f" und {rest} weitere{LOOK}" if rest else ""
    return f"{', '.join(parts)}{more}"
