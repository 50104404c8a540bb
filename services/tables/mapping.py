"""From a table of texts to values, by a choice of columns; every refused row has its reason."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from data.indicators import ValueRow
from services.ingestion.quantity import QuantityError, parse_quantity
from services.tables.decimals import written_with
from services.tables.errors import TableMappingError
from services.tables.formulas import REASON, UNCALCULATED
from services.tables.instants import GERMAN_DATE
from services.tables.reader import Table

MISSING = frozenset({"", "-", ".", "...", "/", "x", "X", "–", "·", "n/a", "NA"})
"""Signs of the German statistical offices for "nothing", "unknown" and "secret": no value."""
MOST_REASONS = 100
AGS = re.compile(r"\d{8}")
AGS_WITHOUT_ZERO = re.compile(r"\d{7}")
"""Spreadsheets eat a leading zero."""
ARS = re.compile(r"\d{12}")
PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T00:00:00)?")
"""As spreadsheets give a date."""
ARS_AGS = slice(0, 5), slice(9, 12)
"""The first five and the last three digits of a regional key are the municipality key."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that could not be taken; `row` is counted as a spreadsheet counts."""

    row: int
    reason: str


@dataclass(slots=True)
class Mapped:
    """What a table gave; `refused` holds the first reasons, `reasons` counts all."""

    values: list[ValueRow] = field(default_factory=list)
    readings: list[tuple[datetime, float | None]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: int, reason: str) -> None:
        """Note a refused row."""
        self.reasons[reason] += 1
        if len(self.refused) < MOST_REASONS:
            self.refused.append(Refused(row, reason))


@dataclass(frozen=True, slots=True)
class IndicatorMapping:
    """Which column holds the municipality, which the value; the period is a column or fixed."""

    ags_column: str
    value_column: str
    period_column: str = ""
    period: str = ""
    decimal: str = ""


def map_indicator(table: Table, mapping: IndicatorMapping, known: Collection[str]) -> Mapped:
    """Return values by municipality and period; `known` are the AGS of the region.

    Raises
    ------
    TableMappingError
        When a column does not exist or there is no period.
    """
    chosen = [mapping.ags_column, mapping.value_column]
    chosen += [mapping.period_column] if mapping.period_column else []
    if not mapping.period_column and not PERIOD.fullmatch(mapping.period):
        raise TableMappingError("ohne Spalte braucht es einen Zeitraum wie 2024 oder 2024-06")
    found = Mapped()
    seen: dict[tuple[str, str], int] = {}
    for number, cells in rows_of(table, chosen):
        ags = _ags(cells[mapping.ags_column])
        period = cells[mapping.period_column].strip() if mapping.period_column else mapping.period
        if ags is None:
            found.refuse(number, "kein Gemeindeschlüssel (8 oder 12 Ziffern)")
        elif known and ags not in known:
            found.refuse(number, "Gemeinde liegt nicht in dieser Region")
        elif not PERIOD.fullmatch(period_of(period)):
            found.refuse(number, "kein Zeitraum (2024, 2024-06, 2024-Q2 oder ein Datum)")
        elif (ags, period_of(period)) in seen:
            first = seen[ags, period_of(period)]
            found.refuse(number, f"Gemeinde und Zeitraum stehen schon in Zeile {first}")
        else:
            seen[ags, period_of(period)] = number
            _take(
                found,
                number,
                (cells[mapping.value_column], mapping.decimal),
                ags,
                period_of(period),
            )
    return found


class NotANumber:
    """Stands for a cell whose row was refused."""


NOT_A_NUMBER = NotANumber()


def _take(found: Mapped, number: int, cell: tuple[str, str], ags: str, period: str) -> None:
    value = number_of(found, number, *cell)
    if not isinstance(value, NotANumber):
        found.values.append(ValueRow(ags, period, value))


def number_of(found: Mapped, number: int, cell: str, decimal: str) -> float | NotANumber | None:
    """Return the value of a cell, None where it is missing; what is no number is refused."""
    plain = cell.strip()
    if plain in MISSING:
        return None
    if plain == UNCALCULATED:
        found.refuse(number, REASON)
        return NOT_A_NUMBER
    try:
        return parse_quantity(written_with(plain, decimal)).value
    except QuantityError as error:
        found.refuse(number, str(error).rstrip("."))
        return NOT_A_NUMBER


def rows_of(table: Table, chosen: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Return rows as a spreadsheet counts them, with the cells of the chosen columns.

    Raises
    ------
    TableMappingError
        When a column does not exist.
    """
    missing = [name for name in chosen if name not in table.columns]
    if missing:
        raise TableMappingError(f"eine Spalte „{missing[0][:40]}“ gibt es nicht")
    number = table.first_row
    for batch in table.data.select(list(dict.fromkeys(chosen))).to_batches():
        for cells in batch.to_pylist():
            yield number, cells
            number += 1


def _ags(cell: str) -> str | None:
    """Return the municipality key: 8 digits, from 12 digits of the regional key, or 7 without 0."""
    plain = cell.strip().replace(" ", "")
    if ARS.fullmatch(plain):
        return plain[ARS_AGS[0]] + plain[ARS_AGS[1]]
    if AGS_WITHOUT_ZERO.fullmatch(plain):
        plain = f"0{plain}"
    return plain if AGS.fullmatch(plain) else None


def period_of(text: str) -> str:
    """Return a period; a date counts as its year, as "Stand 31.12.2024" is meant."""
    plain = text.strip()
    german = GERMAN_DATE.fullmatch(plain)
    if german:
        return german[3]
    return plain[:4] if ISO_DATE.fullmatch(plain) else plain
