"""Which columns of a table may be meant, from their names and first cells: a proposal, no more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.ingestion.quantity import QuantityError, parse_quantity
from services.tables.instants import written_time
from services.tables.mapping import AGS, AGS_WITHOUT_ZERO, ARS, MISSING, PERIOD, period_of
from services.tables.stations import is_station

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
    station_column: str = ""

    @property
    def is_indicator(self) -> bool:
        """Tell whether the table seems to hold values of municipalities."""
        return bool(self.ags_column)


def guess(columns: Sequence[str], head: Sequence[Sequence[str]]) -> Guess:
    """Return which columns seem to hold municipality, time or period, and value."""
    cells = {name: [row[place] for row in head] for place, name in enumerate(columns)}
    ags = _first(cells, AGS_NAMES, _is_ags, named_fits=_may_be_ags)
    period = _first(
        cells, PERIOD_NAMES, _is_period, {ags}, named_fits=_may_be_period if ags else None
    )
    time = _first(cells, TIME_NAMES, _is_time, {ags, period})
    station = next((name for name in columns if is_station(name, cells[name])), "")
    station = "" if ags or station in {time, period} else station
    value = _first(cells, ("wert", "value"), _is_number, {ags, period, time, station})
    return Guess(ags, "" if ags else time, period if ags else "", value, station)


def _first(
    cells: dict[str, list[str]],
    names: Sequence[str],
    fits: Callable[[str], bool],
    taken: set[str] | None = None,
    named_fits: Callable[[str], bool] | None = None,
) -> str:
    """Return the column whose cells fit, one with a telling name before the others.

    `named_fits` is what is asked of a column with a telling name, if that is less.
    """
    free = [name for name in cells if name not in (taken or set())]
    named = [name for name in free if any(word in name.casefold() for word in names)]
    asked = [(name, named_fits or fits) for name in named] + [(name, fits) for name in free]
    for name, fitting in asked:
        known = [cell.strip() for cell in cells[name] if cell.strip() not in MISSING]
        if known and sum(map(fitting, known)) >= MOST_OF * len(known):
            return name
    return ""


def _may_be_ags(text: str) -> bool:
    return _is_ags(text) or bool(AGS_WITHOUT_ZERO.fullmatch(text))


def _is_period(text: str) -> bool:
    return bool(PERIOD.fullmatch(text))


def _may_be_period(text: str) -> bool:
    return _is_period(period_of(text))


def _is_time(text: str) -> bool:
    return written_time(text) is not None


def _is_ags(text: str) -> bool:
    return bool(AGS.fullmatch(text) or ARS.fullmatch(text))


def _is_number(text: str) -> bool:
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True
