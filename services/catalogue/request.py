"""What a download asks for: every parameter is checked, a wrong one is one German sentence."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.catalogue.model import Selection, Window
from services.errors import BadParameterError

DEFAULT_DAYS = 30
MAX_DAYS = 366
"""At most a leap year at once (estimate: what a spreadsheet still opens)."""
YEARS = (1950, 2100)
SERIES_KEYS = ("start", "end", "as_of", "gauge", "property")
TABLE_KEYS = {
    "gauges": ("gauge",),
    "thresholds": ("gauge",),
    "municipalities": ("municipality",),
    "stops": ("municipality",),
    "boundaries": ("municipality",),
    "lead-times": ("municipality",),
}
ALWAYS = ("bom", "format")
_PLUS = re.compile(r" (?=\d\d:?\d\d$)")
"""A plus sign that the address turned into a space."""


def selection(holds: str, args: Mapping[str, str], now: datetime, timezone: ZoneInfo) -> Selection:
    """Return what the parameters of an address ask for.

    Raises
    ------
    BadParameterError
        When a parameter is unknown to this data set or has no possible value.
    """
    allowed = SERIES_KEYS if holds == "series" else TABLE_KEYS[holds]
    for key in args:
        if key not in (*allowed, *ALWAYS):
            names = ", ".join((*allowed, *ALWAYS))
            raise _refused(f"Den Parameter „{key[:40]}“ gibt es hier nicht. Möglich sind: {names}.")
    if args.get("bom", "0") not in {"0", "1"}:
        raise _refused("bom muss 0 oder 1 sein.")
    window = _window(args, now, timezone) if holds == "series" else None
    return Selection(
        window=window,
        gauge=args.get("gauge", ""),
        municipality=args.get("municipality", ""),
        observed_property=args.get("property", ""),
        with_bom=args.get("bom") == "1",
    )


def _window(args: Mapping[str, str], now: datetime, timezone: ZoneInfo) -> Window:
    as_of = _instant(args, "as_of", timezone)
    if as_of is not None and as_of > now:
        raise _refused("as_of liegt in der Zukunft: Was dann bekannt ist, weiß noch niemand.")
    end = _instant(args, "end", timezone) or as_of or now
    start = _instant(args, "start", timezone) or end - timedelta(days=DEFAULT_DAYS)
    if start >= end:
        raise _refused("start muss vor end liegen.")
    if end - start > timedelta(days=MAX_DAYS):
        raise _refused(f"Der Zeitraum darf höchstens {MAX_DAYS} Tage lang sein.")
    return Window(start, end, as_of)


def _instant(args: Mapping[str, str], name: str, timezone: ZoneInfo) -> datetime | None:
    text = args.get(name)
    if text is None:
        return None
    try:
        found = _parsed(_PLUS.sub("+", text), timezone)
    except (ValueError, OverflowError) as error:
        raise _refused(
            f"{name} muss ein Datum (2026-11-01) oder ein Zeitpunkt mit Zeitzone"
            " (2026-11-01T12:00:00Z) sein."
        ) from error
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise _refused(f"{name} muss zwischen {YEARS[0]} und {YEARS[1]} liegen.")
    return found


def _parsed(text: str, timezone: ZoneInfo) -> datetime:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return datetime.combine(date.fromisoformat(text), time(), timezone)
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("no time zone")
    return found


def _refused(words: str) -> BadParameterError:
    return BadParameterError(user_message=words)
