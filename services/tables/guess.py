"""Which columns of a table may be meant, from their names and first cells: a proposal, no more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.ingestion.quantity import QuantityError, parse_quantity
from services.tables.mapping import AGS, ARS, MISSING, PERIOD, parse_instant

UTC_ZONE = ZoneInfo("UTC")
MOST_OF = 0.8
"""Share of the first cells that must fit (estimate)."""
AGS_NAMES = ("ags", "ars", "gemeindeschlüssel", "gemeindeschluessel", "regionalschlüssel")
TIME_NAMES = ("zeit", "zeitpunkt", "datum", "time", "timestamp", "messzeit")
PERIOD_NAMES = ("jahr", "zeitraum", "stichtag", "period", "year", "monat")


@dataclass(frozen=True, slots=True)
class Guess:
    """Proposed columns, empty where none fits; a table with municipalities is an indicator."""

    ags_column: str = ""
    time_column: str = ""
    period_column: str = ""
    value_column: str = ""

    @property
    def is_indicator(self) -> bool:
        """Tell whether the table seems to hold values of municipalities."""
        return bool(self.ags_column)


def guess(columns: Sequence[str], head: Sequence[Sequence[str]]) -> Guess:
    """Return which columns seem to hold municipality, time or period, and value."""
    cells = {name: [row[place] for row in head] for place, name in enumerate(columns)}
    ags = _first(cells, AGS_NAMES, _is_ags)
    period = _first(cells, PERIOD_NAMES, lambda text: bool(PERIOD.fullmatch(text)), {ags})
    time = _first(
        cells, TIME_NAMES, lambda text: parse_instant(text, UTC_ZONE) is not None, {ags, period}
    )
    value = _first(cells, ("wert", "value"), _is_number, {ags, period, time})
    return Guess(ags, "" if ags else time, period if ags else "", value)


def _first(
    cells: dict[str, list[str]],
    names: Sequence[str],
    fits: Callable[[str], bool],
    taken: set[str] | None = None,
) -> str:
    """Return the column whose cells fit, one with a telling name before the others."""
    free = [name for name in cells if name not in (taken or set())]
    named = [name for name in free if any(word in name.casefold() for word in names)]
    for name in (*named, *free):
        known = [cell.strip() for cell in cells[name] if cell.strip() not in MISSING]
        if known and sum(map(fits, known)) >= MOST_OF * len(known):
            return name
    return ""


def _is_ags(text: str) -> bool:
    return bool(AGS.fullmatch(text) or ARS.fullmatch(text))


def _is_number(text: str) -> bool:
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True
