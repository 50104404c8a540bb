"""Formula cells of an .xlsx file without a result, as programs write that compute nothing.

The reader of Excel files sees such a cell as empty, and an empty cell means "no value" here.
"""

import posixpath
import re
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.bounded_zip import BoundedZip, ZipRefusedError

UNCALCULATED = "=?"
"""Stands in a cell whose formula has no result."""
REASON = (
    "Formel ohne berechnetes Ergebnis; bitte die Datei in der Tabellenkalkulation öffnen und "
    "speichern"
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CELL = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
EMPTY_TEXT = re.compile(rb"""\bt=["']str["']""")
"""A computed empty text is a result."""
LETTERS = 26


def uncalculated(book: BoundedZip, sheet: str) -> list[tuple[int, int]]:
    """Return the places (row, column from 0) of formulas without result in a sheet, named or first.

    A file whose parts are not where the format puts them gives none.
    """
    try:
        with book.open(_member(book, sheet)) as opened:
            body = opened.read()
    except (ZipRefusedError, DefusedXmlException, ParseError, KeyError, IndexError):
        return []
    return [
        (int(place[2]) - 1, _column(place[1]))
        for found in CELL.finditer(body)
        if not EMPTY_TEXT.search(found[1]) and (place := PLACE.search(found[1]))
    ]


def _member(book: BoundedZip, sheet: str) -> str:
    with book.open("xl/workbook.xml") as opened:
        sheets = fromstring(opened.read()).findall(f"{MAIN}sheets/{MAIN}sheet")
    named = [item for item in sheets if not sheet or item.get("name") == sheet]
    with book.open("xl/_rels/workbook.xml.rels") as opened:
        targets = {item.get("Id"): item.get("Target") for item in fromstring(opened.read())}
    target = targets[named[0].attrib[f"{OFFICE}id"]] or ""
    return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number - 1
