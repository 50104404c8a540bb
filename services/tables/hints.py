"""What looks wrong in a table before it is mapped: letters read wrongly, coordinates swapped."""

import re
from collections.abc import Sequence

from services.ingestion.quantity import QuantityError, parse_quantity

TWICE_ENCODED = re.compile("Ã[¤¶¼Ÿ„–œ\u009f\u0084\u0096\u009c]")
"""German letters in UTF-8, read as Windows-1252 and stored so."""
DOS_LETTERS = re.compile(r"[A-Za-z][„”][a-z]")
"""ä and ö of code page 850, read as Windows-1252: Andern„her, Bev”lkerung."""
LATITUDES = ("lat", "breite", "breitengrad", "latitude")
LONGITUDES = ("lon", "lng", "länge", "laenge", "längengrad", "longitude")
MARGIN_DEG = 1.0
"""Stations may lie outside of the region, some 100 km at most (estimate)."""

Point = tuple[float, float]
"""Latitude and longitude of a place of the region, in degrees."""


def hints(
    columns: Sequence[str], head: Sequence[Sequence[str]], points: Sequence[Point]
) -> tuple[str, ...]:
    """Return what looks wrong, each a German sentence with the way out."""
    return tuple(filter(None, (_letters(columns, head), _swapped(columns, head, points))))


def _letters(columns: Sequence[str], head: Sequence[Sequence[str]]) -> str:
    texts = [*columns, *(cell for row in head for cell in row)]
    broken = next((t for t in texts if TWICE_ENCODED.search(t) or DOS_LETTERS.search(t)), "")
    if not broken:
        return ""
    return (
        f"Umlaute sind falsch geschrieben („{broken[:40]}“): Die Datei wurde mit einem anderen "
        "Zeichensatz gespeichert. Bitte in der Tabellenkalkulation mit dem richtigen Zeichensatz "
        "öffnen und als „CSV UTF-8“ oder .xlsx speichern."
    )


def _swapped(columns: Sequence[str], head: Sequence[Sequence[str]], points: Sequence[Point]) -> str:
    lat, lon = _named(columns, LATITUDES), _named(columns, LONGITUDES)
    if not (lat and lon and points):
        return ""
    places = [columns.index(lat), columns.index(lon)]
    pairs = [(_degrees(row[places[0]]), _degrees(row[places[1]])) for row in head]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not known or any(_is_near(a, b, points) for a, b in known):
        return ""
    if not all(_is_near(b, a, points) for a, b in known):
        return ""
    return (
        f"Die Koordinaten sind wohl vertauscht: „{lat}“ und „{lon}“ liegen so außerhalb der "
        "Region, umgekehrt darin. Bitte die beiden Spalten tauschen."
    )


def _named(columns: Sequence[str], names: Sequence[str]) -> str:
    return next((name for name in columns if name.casefold().strip() in names), "")


def _degrees(cell: str) -> float | None:
    try:
        return parse_quantity(cell.strip().replace(",", ".")).value
    except QuantityError:
        return None


def _is_near(lat: float, lon: float, points: Sequence[Point]) -> bool:
    return all(
        min(known) - MARGIN_DEG <= value <= max(known) + MARGIN_DEG
        for value, known in zip((lat, lon), zip(*points, strict=True), strict=True)
    )
