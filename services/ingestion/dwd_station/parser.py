"""The observation file of a DWD station to typed values; raises SourceFormatError only.

Three head lines: names, station number with units, titles. Then one line an hour, newest first:
date, time (UTC), values with decimal comma, `---` where there is none.
"""

import csv
import io
import math
from dataclasses import dataclass
from datetime import UTC, datetime

from services.ingestion.dwd_station import source
from services.sources.errors import SourceFormatError

HEAD_LINES = 3
MOST_LINES = 1000
MISSING = "---"
TIME_FORMAT = "%d.%m.%y %H:%M"
FIRST_VALUE = 2


@dataclass(frozen=True, slots=True)
class Observed:
    """A value of one property; None where the station marks it as missing or it is no number."""

    at: datetime | None
    observed_property: str
    unit: str
    value: float | None


def parse_observations(body: bytes, station_id: str) -> tuple[Observed, ...]:
    """Return the values of the properties that we know.

    Raises
    ------
    SourceFormatError
        When the file is none of this format, or of another station.
    """
    rows = _rows(body)
    names, units = rows[0], rows[1]
    if units[0].strip() != station_id:
        raise SourceFormatError(f"sie ist nicht von der Station {station_id}")
    columns = {
        number: source.COLUMNS[name.strip()]
        for number, name in enumerate(names)
        if name.strip() in source.COLUMNS
    }
    if not columns:
        raise SourceFormatError("keine der Spalten ist bekannt")
    found = []
    for row in rows[HEAD_LINES:]:
        if len(row) != len(names):
            raise SourceFormatError(f"eine Zeile hat {len(row)} statt {len(names)} Spalten")
        at = _time(row)
        for number, name in columns.items():
            unit = units[number].strip() if number < len(units) else ""
            unit = source.UNITS.get(unit, unit)
            found.append(Observed(at, name, unit, _number(row[number])))
    return tuple(found)


def _rows(body: bytes) -> list[list[str]]:
    if not body.strip():
        raise SourceFormatError("sie ist leer")
    try:
        text = body.decode("utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceFormatError("kein Text mit Semikolons in UTF-8") from error
    if len(rows) <= HEAD_LINES or len(rows) > MOST_LINES or len(rows[0]) <= FIRST_VALUE:
        raise SourceFormatError(f"{len(rows)} Zeilen, erwartet werden Kopf und Stundenwerte")
    return rows


def _time(row: list[str]) -> datetime | None:
    try:
        return datetime.strptime(f"{row[0]} {row[1]}", TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    cleaned = text.strip()
    if cleaned == MISSING or "_" in cleaned:
        return None
    try:
        value = float(cleaned.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
