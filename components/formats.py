"""German numbers, times and durations for screens; missing values read "–", never zero."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
MISSING = "–"
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "−"
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
MINUTES_PER_HOUR = 60
MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR
WEEKDAY_ALONE = timedelta(days=6)
"""Up to so many days ahead the weekday alone names the day."""
DAYS_AS_AGE_MIN = 2 * MINUTES_PER_DAY


LEAST_CHANCE = 0.01
"""Below it, and as near to one, a chance is told in words."""


def number(value: float | None, digits: int = 0) -> str:
    """Write a number the German way: 1.234,5; a missing one as a dash."""
    if value is None:
        return MISSING
    text = f"{abs(value):,.{digits}f}".translate(str.maketrans(",.", ".,"))
    is_zero = not text.strip("0.,")
    return text if value >= 0 or is_zero else MINUS + text


def signed(value: float | None, digits: int = 0) -> str:
    """Write a number with its sign; zero has none."""
    text = number(value, digits)
    is_positive = value is not None and value > 0 and bool(text.strip("0.,"))
    return f"+{text}" if is_positive else text


def percent(value: float | None, digits: int = 1) -> str:
    """Write a change in percent with its sign."""
    return MISSING if value is None else f"{signed(value, digits)}{NBSP}%"


def chance(share: float | None) -> str:
    """Return a probability in whole per cent; a thousand members can't tell nought."""
    if share is None:
        return MISSING
    if share < LEAST_CHANCE:
        return f"unter{NBSP}1{NBSP}%"
    if 1.0 - LEAST_CHANCE < share < 1.0:
        return f"über{NBSP}99{NBSP}%"
    return f"{number(share * 100)}{NBSP}%"


def quantity(value: float | None, unit: str) -> str:
    """Write a level or flow with its unit: two digits for metres, one for m³/s."""
    if value is None:
        return MISSING
    return f"{number(value, 2 if unit == 'm' else 1)}{NBSP}{unit}"


def duration(minutes: float | None) -> str:
    """Write minutes as people say them: 450 is "7 Std. 30 Min."."""
    if minutes is None:
        return MISSING
    whole = max(0, int(minutes))
    hours, rest = divmod(whole, MINUTES_PER_HOUR)
    if hours == 0:
        return f"{rest}{NBSP}Min."
    text = f"{hours}{NBSP}Std."
    return f"{text} {rest}{NBSP}Min." if rest else text


def usable(minutes: float | None) -> str:
    """Write usable minutes; from zero on there are words, not a number."""
    if minutes is not None and minutes < 1:
        return "keine Zeit mehr"
    return duration(minutes)


def usable_parts(minutes: float | None) -> tuple[str, str]:
    """Write usable minutes for a wall: the digits and their unit, "1:10" and "Std."."""
    if minutes is None:
        return "?", ""
    if minutes < 1:
        return "0", "Min."
    hours, rest = divmod(int(minutes), MINUTES_PER_HOUR)
    return (f"{hours}:{rest:02d}", "Std.") if hours else (str(rest), "Min.")


def age(minutes: float | None) -> str:
    """Write the age of a value: "vor 6 Min.", from two days on in days."""
    if minutes is None:
        return "noch kein Wert"
    if minutes < 1:
        return "gerade eben"
    if minutes >= DAYS_AS_AGE_MIN:
        return f"vor {int(minutes // MINUTES_PER_DAY)}{NBSP}Tagen"
    return f"vor {duration(minutes)}"


def minutes_between(earlier: datetime, later: datetime) -> float:
    """Return the minutes from one instant to another."""
    return (later - earlier).total_seconds() / MINUTES_PER_HOUR


def local(at: datetime) -> datetime:
    """Return the instant in the zone that people here live in."""
    return at.astimezone(BERLIN)


def clock(at: datetime) -> str:
    """Write the time of day; in the hour that comes twice in autumn, with its zone."""
    here = local(at)
    comes_twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    if not comes_twice:
        return f"{here:%H:%M}"
    return f"{here:%H:%M}{NBSP}{'MESZ' if here.dst() else 'MEZ'}"


def day(at: datetime) -> str:
    """Write the day of an instant: "Mi 14.07."."""
    here = local(at)
    return f"{WEEKDAYS[here.weekday()]}{NBSP}{here:%d.%m.}"


def date_long(on: date) -> str:
    """Write a date in words: "14. Juli 2021"."""
    return f"{on.day}.{NBSP}{MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime, now: datetime) -> str:
    """Write an instant: the time alone if it is today, else with its day."""
    if local(at).date() == local(now).date():
        return f"{clock(at)}{NBSP}Uhr"
    return f"{day(at)} {clock(at)}{NBSP}Uhr"


def stamp(at: datetime) -> str:
    """Write date and time in full: "14.07.2021 17:52 Uhr"."""
    return f"{local(at):%d.%m.%Y} {clock(at)}{NBSP}Uhr"


def stand(at: datetime | None, now: datetime) -> str:
    """Write as-of time and age together: "Stand 14:15 Uhr (vor 6 Min.)"."""
    if at is None:
        return "noch kein Wert"
    return f"Stand {moment(at, now)} ({age(minutes_between(at, now))})"


def brief(at: datetime, now: datetime) -> str:
    """Write an instant for tables: "20:15 Uhr", "Do 03:29 Uhr" on one of the next days."""
    return f"{_brief(at, now)}{NBSP}Uhr"


def _brief(at: datetime, now: datetime) -> str:
    ahead = local(at).date() - local(now).date()
    if not ahead:
        return clock(at)
    if timedelta() < ahead <= WEEKDAY_ALONE:
        return f"{WEEKDAYS[local(at).weekday()]}{NBSP}{clock(at)}"
    return f"{day(at)} {clock(at)}"


def interval(earliest: datetime | None, latest: datetime | None, now: datetime) -> str:
    """Write an arrival interval; a day is named where it is not today."""
    if earliest is None:
        return MISSING
    start = _brief(earliest, now)
    if latest is None:
        return f"ab {start}{NBSP}Uhr"
    if latest - earliest < timedelta(minutes=1):
        return f"{start}{NBSP}Uhr"
    is_same_day = local(earliest).date() == local(latest).date()
    end = clock(latest) if is_same_day else _brief(latest, now)
    return f"{start} – {end}{NBSP}Uhr"


def per_hour(trend: float | None, unit: str) -> str:
    """Write a trend in words and numbers: "steigt um 32 cm je Stunde"."""
    if trend is None:
        return "Trend unbekannt"
    amount, unit_text = (trend * 100, "cm") if unit == "m" else (trend, unit)
    digits = 0 if unit == "m" else 1
    if not number(abs(amount), digits).strip("0.,"):
        return "gleichbleibend"
    verb = "steigt" if amount > 0 else "fällt"
    return f"{verb} um {number(abs(amount), digits)}{NBSP}{unit_text} je Stunde"
