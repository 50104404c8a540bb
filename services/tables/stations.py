"""The column that tells which station a row belongs to: rows of several are never mixed."""

from collections.abc import Sequence

from services.ingestion.quantity import QuantityError, parse_quantity
from services.tables.errors import TableMappingError
from services.tables.mapping import MISSING
from services.tables.reader import Table
from services.tables.series import SeriesMapping

NAMES = ("station", "messstelle", "meßstelle", "standort", "gauge", "sensor", "gerät", "thing")
GAUGE = "pegel"
"""Names a station, or a water level: then its cells are numbers."""
NO_PLACE = ("höhe", "hoehe", "abstand", "wert", "status")
MOST_SHOWN = 20
MOST_STATIONS = 1000
"""A column with more of them tells rows apart, not stations (estimate)."""


def is_station(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column names stations, by its name and some of its cells."""
    words = name.casefold()
    known = [cell.strip() for cell in cells if cell.strip() not in MISSING]
    if not known or any(word in words for word in NO_PLACE):
        return False
    if any(word in words for word in NAMES):
        return not all(map(_is_fraction, known))
    return GAUGE in words and not all(map(_is_number, known))


def stations(table: Table, column: str) -> tuple[str, ...]:
    """Return the stations that a column names, sorted, the first `MOST_SHOWN`."""
    return tuple(sorted(_distinct(table, column))[:MOST_SHOWN])


def refuse_mixed(table: Table, mapping: SeriesMapping) -> None:
    """Refuse a table of several stations without a choice of one, or with one that it lacks.

    Raises
    ------
    TableMappingError
        With the column and its stations.
    """
    column = mapping.station_column
    if column and column not in table.columns:
        raise TableMappingError(f"eine Spalte „{column[:40]}“ gibt es nicht")
    if column:
        found = _distinct(table, column)
        if mapping.station not in found:
            raise TableMappingError(f"in der Spalte „{column}“ stehen nur: {_listed(found)}")
        return
    for name in table.columns:
        if name in {mapping.time_column, mapping.value_column}:
            continue
        found = _distinct(table, name) if is_station(name, _cells(table, name)) else set()
        if 1 < len(found) <= MOST_STATIONS:
            raise TableMappingError(
                f"die Tabelle enthält mehrere Stationen (Spalte „{name}“: {_listed(found)}); bitte "
                "die Spalte der Station und die eine Station wählen, deren Zeilen gemeint sind"
            )


def _distinct(table: Table, column: str) -> set[str]:
    found = {str(cell).strip() for cell in table.data.column(column).unique().to_pylist()}
    return {cell for cell in found if cell not in MISSING}


def _cells(table: Table, column: str) -> list[str]:
    return [str(cell) for cell in table.data.column(column).slice(0, MOST_STATIONS).to_pylist()]


def _listed(found: set[str]) -> str:
    some = ", ".join(sorted(found)[:5])
    return some if len(found) <= 5 else f"{some} und {len(found) - 5} weitere"  # noqa: PLR2004


def _is_number(text: str) -> bool:
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True


def _is_fraction(text: str) -> bool:
    return _is_number(text) and not text.isdigit()
