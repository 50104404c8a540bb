"""CSV and Excel to one table of texts: encoding and delimiter are found, sizes are bounded."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from services.bounded_zip import BoundedZip, ZipFault, ZipLimits, ZipRefusedError
from services.tables.errors import TableUnreadableError
from services.tables.formulas import UNCALCULATED, uncalculated

MAX_BYTES = 100_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
MAX_UNPACKED = 600_000_000
MAX_RATIO = 200
"""Worksheets pack 5 to 20 times; a bomb packs 1000 times (estimate)."""
_ZIP_WORDS = {
    ZipFault.DAMAGED: "sie ist beschädigt oder keine Excel-Datei",
    ZipFault.TOO_LARGE: "sie ist ausgepackt viel zu groß",
}
DELIMITERS = ";,\t|"
SAMPLE = 64 * 1024
MOST_SKIPPED = 50
ZIP_MARK, OLE_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
THREE_DECIMALS = re.compile(r"-?\d+\.\d{3}")
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Table:
    """Texts by column with unique names; `first_row` is the line of the first data row."""

    columns: tuple[str, ...]
    data: pa.Table
    encoding: str
    delimiter: str
    first_row: int

    @property
    def rows(self) -> int:
        """Return the number of data rows."""
        return int(self.data.num_rows)

    def head(self, count: int) -> list[tuple[str, ...]]:
        """Return the first rows as texts."""
        part = self.data.slice(0, count).to_pydict()
        return list(zip(*(part[name] for name in self.columns), strict=True))


def read_table(body: bytes, *, skip: int = 0, sheet: str = "") -> Table:
    """Return the table of a CSV or Excel file; `skip` rows stand above its header.

    Raises
    ------
    TableUnreadableError
        With what is wrong: empty, too large, a zip bomb, encrypted, no header, ragged rows.
    """
    if not body.strip():
        raise TableUnreadableError("sie ist leer")
    if len(body) > MAX_BYTES:
        raise TableUnreadableError(f"sie hat mehr als {MAX_BYTES // 1_000_000} MB")
    if not 0 <= skip <= MOST_SKIPPED:
        raise TableUnreadableError(f"höchstens {MOST_SKIPPED} Zeilen lassen sich überspringen")
    if body.startswith((ZIP_MARK, OLE_MARK)):
        return _excel(body, skip, sheet)
    return _csv(body, skip)


def _csv(body: bytes, skip: int) -> Table:
    text, encoding = _decoded(body)
    lines = text[:SAMPLE].splitlines()[skip:]
    if not lines:
        raise TableUnreadableError("unter den übersprungenen Zeilen steht nichts")
    delimiter = max(DELIMITERS, key=lines[0].count)
    names = _names(next(csv.reader([lines[0]], delimiter=delimiter)))
    try:
        found = pcsv.read_csv(
            io.BytesIO(text.encode()),
            pcsv.ReadOptions(column_names=names, skip_rows=skip + 1),
            pcsv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            pcsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise TableUnreadableError(f"die Zeilen sind verschieden lang ({_short(error)})") from error
    return _bounded(names, found, encoding, delimiter, skip)


def _decoded(body: bytes) -> tuple[str, str]:
    """Return the text; without a mark UTF-8 is tried, then Windows-1252 as older offices write."""
    if b"\x00" in body[:SAMPLE] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableUnreadableError("sie ist keine Textdatei")
    marked = next((name for mark, name in BOMS.items() if body.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return body.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise TableUnreadableError(
        "ihre Zeichen sind weder UTF-8 noch Windows-1252 (vielleicht der alte DOS-Zeichensatz "
        "850); bitte in der Tabellenkalkulation als „CSV UTF-8“ oder .xlsx speichern"
    )


def _excel(body: bytes, skip: int, sheet: str) -> Table:
    unsolved = uncalculated(_within_bounds(body), sheet) if body.startswith(ZIP_MARK) else []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        names = book.sheet_names
        if sheet and sheet not in names:
            raise TableUnreadableError(f"ein Blatt „{sheet[:40]}“ gibt es nicht")
        rows = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
        _mark(rows, unsolved)
    except PasswordError as error:
        raise TableUnreadableError("sie ist mit einem Kennwort geschützt") from error
    except (CalamineError, ZipError, OSError, ValueError, IndexError) as error:
        raise TableUnreadableError("sie ist beschädigt oder keine Excel-Datei") from error
    if len(rows) <= skip:
        raise TableUnreadableError("das Blatt ist leer")
    if len(rows) - skip - 1 > MAX_ROWS:
        raise TableUnreadableError(f"sie hat mehr als {MAX_ROWS} Zeilen")
    header = _names([_cell(value) for value in rows[skip]])
    texts = [[_cell(value) for value in row] for row in rows[skip + 1 :]]
    columns = [[row[place] for row in texts] for place in range(len(header))]
    found = pa.table(dict(zip(header, columns, strict=True)), schema=_schema(header))
    return _bounded(header, found, "xlsx", "", skip)


def _mark(rows: list[list[Any]], unsolved: list[tuple[int, int]]) -> None:
    """Put a mark into cells whose formula has no result, which are empty otherwise."""
    width = len(rows[0]) if rows else 0
    for row, column in unsolved:
        if column < width and row < MAX_ROWS + MOST_SKIPPED:
            rows.extend([""] * width for _ in range(len(rows), row + 1))
            rows[row][column] = rows[row][column] or UNCALCULATED


def _within_bounds(body: bytes) -> BoundedZip:
    try:
        return BoundedZip(body, ZipLimits(MAX_UNPACKED, ratio=MAX_RATIO))
    except ZipRefusedError as error:
        raise TableUnreadableError(_ZIP_WORDS[error.fault]) from error


def _schema(names: list[str]) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in names])


def _cell(value: object) -> str:
    """Return a cell as text: whole numbers without a fraction, dates as ISO 8601."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        # a number is no text: its point is never one of thousands, so "1.234" must not look so
        return f"{value}0" if THREE_DECIMALS.fullmatch(str(value)) else str(value)
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if callable(isoformat) else str(value)


def _names(header: list[str]) -> list[str]:
    if len(header) > MAX_COLUMNS:
        raise TableUnreadableError(f"sie hat mehr als {MAX_COLUMNS} Spalten")
    names: list[str] = []
    for place, name in enumerate(header, start=1):
        plain = name.strip()[:80] or f"Spalte {place}"
        names.append(f"{plain} ({place})" if plain in names else plain)
    if not any(name.strip() for name in header):
        raise TableUnreadableError("die Kopfzeile ist leer")
    return names


def _bounded(names: list[str], found: pa.Table, encoding: str, delimiter: str, skip: int) -> Table:
    if found.num_rows > MAX_ROWS:
        raise TableUnreadableError(f"sie hat mehr als {MAX_ROWS} Zeilen")
    if not found.num_rows:
        raise TableUnreadableError("unter der Kopfzeile steht keine Zeile")
    return Table(tuple(names), found, encoding, delimiter, skip + 2)


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120]
