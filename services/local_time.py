"""A time that a person typed, in local time; what is unclear in the nights of the clock change."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from services.errors import CockpitError
from services.tables.instants import written_time

_NAMED = re.compile(r"(?P<time>.*\d)\s*(?:Uhr)?\s*(?P<zone>MESZ|MEZ)?", re.IGNORECASE | re.DOTALL)
_OFFSETS = {"MEZ": timezone(timedelta(hours=1)), "MESZ": timezone(timedelta(hours=2))}
PATTERN = "TT.MM.JJJJ HH:MM"
DAY_PATTERN = "TT.MM.JJJJ"


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
    found = _NAMED.fullmatch(text.strip())
    written = written_time(found["time"].strip()) if found else None
    if found is None or written is None:
        raise UnclearTimeError
    if written.tzinfo is not None:
        return written.astimezone(UTC)
    if found["zone"]:
        return written.replace(tzinfo=_OFFSETS[found["zone"].upper()]).astimezone(UTC)
    first, second = written.replace(tzinfo=zone), written.replace(tzinfo=zone, fold=1)
    early, late = first.utcoffset(), second.utcoffset()
    if early is not None and late is not None and early != late:
        raise UnclearTimeError(user_message=_words(text.strip(), is_twice=early > late))
    return first.astimezone(UTC)


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


def _words(text: str, *, is_twice: bool) -> str:
    if is_twice:
        return f"{text} gibt es in dieser Nacht zweimal: Bitte MESZ oder MEZ dahinter schreiben."
    return f"{text} gibt es nicht: In dieser Nacht wurde die Uhr eine Stunde vorgestellt."
