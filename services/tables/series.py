"""From a table to the readings of one datastream: times, station, values; refusals with reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from services.ingestion.instants import FUTURE_TOLERANCE
from services.tables.instants import LOCAL, NoInstant, instants, zone_of
from services.tables.mapping import Mapped, NotANumber, number_of, rows_of
from services.tables.reader import Table

AHEAD = (
    f"die Zeit liegt mehr als {FUTURE_TOLERANCE.seconds // 60} Minuten nach der Uhr des Cockpits"
)
AGAIN = "diese Zeit steht schon weiter oben"
NAME_SHOWN = 40


@dataclass(frozen=True, slots=True)
class SeriesMapping:
    """Which columns hold time and value of one datastream, and whose rows are meant.

    `time_zone` is for times without offset (`TIME_ZONES`). With a `station_column` only the rows
    of `station` are taken.
    """

    time_column: str
    value_column: str
    decimal: str = ""
    time_zone: str = LOCAL
    station_column: str = ""
    station: str = ""


def map_series(table: Table, mapping: SeriesMapping, local: tzinfo, now: datetime) -> Mapped:
    """Return instants and values; `local` is the region's zone, `now` the clock that counts.

    Raises
    ------
    TableMappingError
        When a column does not exist.
    """
    found = Mapped()
    rows = _own_rows(found, table, mapping)
    times = instants([text for _, text, _ in rows], zone_of(mapping.time_zone, local))
    latest = now + FUTURE_TOLERANCE
    seen: set[datetime] = set()
    for (number, _, cell), at in zip(rows, times, strict=True):
        if isinstance(at, NoInstant):
            found.refuse(number, at.reason)
        elif at > latest:
            found.refuse(number, AHEAD)
        elif at in seen:
            found.refuse(number, AGAIN)
        else:
            value = number_of(found, number, cell, mapping.decimal)
            if not isinstance(value, NotANumber):
                seen.add(at)
                found.readings.append((at, value))
    return found


def _own_rows(
    found: Mapped, table: Table, mapping: SeriesMapping
) -> Sequence[tuple[int, str, str]]:
    """Return (row, time, value) of the chosen station; rows of others are named as left out."""
    station = mapping.station_column
    columns = [mapping.time_column, mapping.value_column, *([station] if station else [])]
    rows = []
    for number, cells in rows_of(table, columns):
        if station and (other := cells[station].strip()) != mapping.station:
            found.refuse(number, f"andere Station ({other[:NAME_SHOWN] or 'leer'})")
        else:
            rows.append((number, cells[mapping.time_column], cells[mapping.value_column]))
    return rows
