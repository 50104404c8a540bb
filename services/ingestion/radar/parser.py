"""Reads a composite of the German Weather Service in the RADOLAN binary format (product RV).

A composite is a line of text up to ETX and then 2 bytes a cell, least significant first, row by row
from the south-west corner. The lower 12 bits are the value in units of the line's precision, the
upper four are flags (DWD, "RADOLAN/RADVOR: Beschreibung des Kompositformats", 2021).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from services.ingestion.radar.errors import RadarFileError

RainArray = NDArray[np.float32]

ETX = b"\x03"
VALUE_BITS = 0x0FFF
MISSING_BIT, NEGATIVE_BIT, CLUTTER_BIT = 0x2000, 0x4000, 0x8000
"""Bits 14, 15 and 16 of a cell; bit 13 marks an interpolated value, which counts."""
LONGEST_HEADER = 1000
MOST_MINUTES = 24 * 60
PRECISIONS = range(-3, 1)
"""Powers of ten of a millimetre that rain comes in: the format's E-00 to E-02, and one finer."""

_HEAD = re.compile(rb"(?P<product>[A-Z0-9]{2})(?P<at>\d{6})\d{5}(?P<month>\d{2})(?P<year>\d{2})BY")
_FIELDS = {
    "precision": re.compile(rb"PR\s*E(?P<found>[+-]\d{2})"),
    "interval": re.compile(rb"INT\s*(?P<found>\d{1,4})"),
    "forecast": re.compile(rb"VV\s*(?P<found>\d{1,3})"),
}
_SHAPE = re.compile(rb"GP\s*(?P<rows>\d{2,4})x\s*(?P<columns>\d{2,4})")


@dataclass(frozen=True, slots=True)
class RadarFrame:
    """Rain of one interval that ends `forecast_min` after the analysis at `analysed_at`.

    `rain_mm` has shape (rows from south to north, columns from west to east); NaN is missing.
    """

    product: str
    analysed_at: datetime
    forecast_min: int
    interval_min: int
    rain_mm: RainArray

    @property
    def ends_at(self) -> datetime:
        """Return the end of the interval."""
        return self.analysed_at + timedelta(minutes=self.forecast_min)


def parse_composite(data: bytes) -> RadarFrame:
    """Return the frame in the bytes of one composite.

    Raises
    ------
    RadarFileError
        When the header is none, or the data are shorter or longer than it says.
    """
    end = data.find(ETX, 0, LONGEST_HEADER)
    head = _HEAD.match(data[:end]) if end > 0 else None
    shape = _SHAPE.search(data[:end]) if end > 0 else None
    if head is None or shape is None:
        raise RadarFileError("der Kopf ist keiner eines RADOLAN-Komposits")
    rows, columns = int(shape["rows"]), int(shape["columns"])
    body = data[end + 1 :]
    if len(body) != 2 * rows * columns:
        raise RadarFileError(
            f"{len(body)} Byte Daten statt {2 * rows * columns}, die Datei ist unvollständig"
        )
    forecast = _field("forecast", data[:end], 0)
    if forecast > MOST_MINUTES:
        raise RadarFileError(f"Vorhersagezeit {forecast} Minuten")
    power = _field("precision", data[:end], None)
    if power not in PRECISIONS:
        raise RadarFileError(f"Genauigkeit 10 hoch {power} mm, erwartet 10 hoch -3 bis 0")
    cells = np.frombuffer(body, dtype="<u2").reshape(rows, columns)
    return RadarFrame(
        head["product"].decode("ascii"),
        _analysed_at(head),
        forecast,
        _field("interval", data[:end], None),
        _rain(cells, 10.0**power),
    )


def _field(name: str, header: bytes, default: int | None) -> int:
    found = _FIELDS[name].search(header)
    if found is not None:
        return int(found["found"])
    if default is None:
        raise RadarFileError(f"im Kopf fehlt {name}")
    return default


def _analysed_at(head: re.Match[bytes]) -> datetime:
    day, hour, minute = (int(head["at"][start : start + 2]) for start in (0, 2, 4))
    try:
        return datetime(2000 + int(head["year"]), int(head["month"]), day, hour, minute, tzinfo=UTC)
    except ValueError as error:
        raise RadarFileError("die Zeit im Kopf gibt es nicht") from error


def _rain(cells: NDArray[np.uint16], precision: float) -> RainArray:
    rain = (cells & VALUE_BITS).astype(np.float32) * np.float32(precision)
    rain[(cells & (MISSING_BIT | NEGATIVE_BIT | CLUTTER_BIT)) != 0] = np.nan
    return rain
