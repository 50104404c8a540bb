"""A time that a person typed, in local time; what is unclear in the nights of the clock change."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import Enum

from services.errors import CockpitError
from services.tables.instants import written_time

_NAMED = re.compile(r"(?P<time>.*\d)\s*(?:Uhr)?\s*(?P<zone>MESZ|MEZ)?", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(r"(?P<time>\d{1,2}[:.]\d{2})\s*(?:Uhr)?\s*(?P<zone>MESZ|MEZ)?", re.IGNORECASE)
_OFFSETS = {"MEZ": timezone(timedelta(hours=1)), "MESZ": timezone(timedelta(hours=2))}
PATTERN = "TT.MM.JJJJ HH:MM"
HOUR_PATTERN = f"18:30 oder {PATTERN}"
"""What a field says that takes the hour alone, too."""
DAY_PATTERN = "TT.MM.JJJJ"
BAD_HOUR = f"Bitte die Zeit als {HOUR_PATTERN} angeben."


class Occurrence(Enum):
    """Which day is meant by an hour alone: the values are the days to try, seen from today.

    A day more than needed on both sides: "23:45 MEZ" may be another day than it is here.
    """

    LAST = (1, 0, -1, -2)
    NEXT = (-1, 0, 1, 2)


class UnclearTimeError(CockpitError):
    """A typed time is none, does not exist, or exists twice; the sentence says which."""

    user_message = f"Bitte die Zeit als {PATTERN} angeben, zum Beispiel 14.07.2026 18:30."


def instant_of(text: str, zone: tzinfo) -> datetime:
    """Return the instant (UTC) of a German date and time; "MEZ" or "MESZ" may stand behind.

    Raises
    ------
    UnclearTimeError
        When it cannot be read, was skipped in spring, or comes twice in autumn and is not named.
    """
    first, second = _both(text, zone)
    if first != second:
        raise UnclearTimeError(user_message=_words(text.strip(), is_twice=first < second))
    return first


def instant_near(text: str, now: datetime, zone: tzinfo, meant: Occurrence) -> datetime:
    """Return the instant (UTC) of a date and time, or of the last or next occurrence of an hour.

    The last occurrence may be `now` itself, the next one lies behind it. An hour that was skipped
    or comes twice is refused where its night may be meant, and taken from another day elsewhere.

    Raises
    ------
    UnclearTimeError
        As for `instant_of`; the sentence names both forms.
    """
    hour = _HOUR.fullmatch(text.strip())
    try:
        if hour is None:
            return instant_of(text, zone)
        return instant_of(_dated(hour, now, zone, meant), zone)
    except UnclearTimeError as error:
        if error.user_message != UnclearTimeError.user_message:
            raise
        raise UnclearTimeError(user_message=BAD_HOUR) from error


def day_of(text: str) -> date | None:
    """Return the day of a German or ISO date, None for what is none."""
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def stamp(at: datetime, zone: tzinfo) -> str:
    """Write an instant for files: "14.07.2026 18:30 MESZ"; so the hour that comes twice is told."""
    here = at.astimezone(zone)
    name = {"CET": "MEZ", "CEST": "MESZ"}.get(here.tzname() or "", here.tzname() or "")
    return f"{here:%d.%m.%Y %H:%M} {name}"


def _dated(hour: re.Match[str], now: datetime, zone: tzinfo, meant: Occurrence) -> str:
    """Return an hour with the day that is meant; both meanings of an hour count."""
    time = f"{hour['time'].replace('.', ':')} {hour['zone'] or ''}".strip()
    today = now.astimezone(zone).date()
    dated = (f"{today + timedelta(days):%d.%m.%Y} {time}" for days in meant.value)
    if meant is Occurrence.LAST:
        return next(text for text in dated if min(_both(text, zone)) <= now)
    return next(text for text in dated if max(_both(text, zone)) > now)


def _both(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return what a time may mean: twice the same, but not in the nights of the clock change."""
    found = _NAMED.fullmatch(text.strip())
    written = written_time(found["time"].strip()) if found else None
    if found is None or written is None:
        raise UnclearTimeError
    if written.tzinfo is None and found["zone"]:
        written = written.replace(tzinfo=_OFFSETS[found["zone"].upper()])
    if written.tzinfo is not None:
        return (written.astimezone(UTC),) * 2
    first, second = (written.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.astimezone(UTC), second.astimezone(UTC)


def _words(text: str, *, is_twice: bool) -> str:
    if is_twice:
        return f"{text} gibt es in dieser Nacht zweimal: Bitte MESZ oder MEZ dahinter schreiben."
    return f"{text} gibt es nicht: In dieser Nacht wurde die Uhr eine Stunde vorgestellt."
