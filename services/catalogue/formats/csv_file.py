"""CSV after RFC 4180: comma, CRLF, UTF-8; no cell of text can become a formula.

A spreadsheet takes a text that begins with = + - @ or a control character for a formula (OWASP,
CSV injection): such a text gets an apostrophe in front. Numbers stay as they are.
"""

import csv
from datetime import date, datetime
from pathlib import Path

from services.catalogue.model import Table, Value

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(path: Path, table: Table) -> None:
    """Write all rows."""
    encoding = "utf-8-sig" if table.with_bom else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        for record in table.records:
            writer.writerow([cell(value) for value in record.values])


def cell(value: Value) -> str | float | int:
    """Return a value as a cell: empty where it is missing, text made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return _moment(value)
    is_formula = isinstance(value, str) and value.startswith(DANGEROUS)
    return f"'{value}" if is_formula else value


def _moment(value: datetime | date) -> str:
    """Write a time in whole seconds: fractions are noise of the clock of receipt."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat()
