"""From a table of texts to values, by a choice of columns; every refused row has its reason."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from data.indicators import ValueRow
from services.ingestion.fields import parse_time
from services.ingestion.quantity import QuantityError, parse_quantity
from services.tables.decimals import written_with
from services.tables.errors import TableMappingError
from services.tables.reader import Table

MISSING = frozenset({"", "-", ".", "...", "/", "x", "X", "–", "·", "n/a", "NA"})
"""Signs of the German statistical offices for "nothing", "unknown" and "secret": no value."""
MOST_REASONS = 100
AGS = re.compile(r"\d{8}")
ARS = re.compile(r"\d{12}")
PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?")
GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
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


@dataclass(frozen=True, slots=True)
class SeriesMapping:
    """Which columns hold time and value of one datastream."""

    time_column: str
    value_column: str
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
    for number, cells in _rows(table, chosen):
        ags = _ags(cells[mapping.ags_column])
        period = cells[mapping.period_column].strip() if mapping.period_column else mapping.period
        if ags is None:
            found.refuse(number, "kein Gemeindeschlüssel (8 oder 12 Ziffern)")
        elif known and ags not in known:
            found.refuse(number, "Gemeinde liegt nicht in dieser Region")
        elif not PERIOD.fullmatch(_period(period)):
            found.refuse(number, "kein Zeitraum (2024, 2024-06, 2024-Q2 oder ein Datum)")
        elif (ags, _period(period)) in seen:
            first = seen[ags, _period(period)]
            found.refuse(number, f"Gemeinde und Zeitraum stehen schon in Zeile {first}")
        else:
            seen[ags, _period(period)] = number
            _take(
                found, number, (cells[mapping.value_column], mapping.decimal), ags, _period(period)
            )
    return found


def map_series(table: Table, mapping: SeriesMapping, zone: tzinfo, now: datetime) -> Mapped:
    """Return instants and values; times without zone are local times of the region.

    Raises
    ------
    TableMappingError
        When a column does not exist.
    """
    found = Mapped()
    seen: set[datetime] = set()
    for number, cells in _rows(table, [mapping.time_column, mapping.value_column]):
        at = parse_instant(cells[mapping.time_column], zone)
        if at is None:
            found.refuse(number, "keine Zeit (2026-03-01T12:00, 01.03.2026 12:00)")
        elif at > now:
            found.refuse(number, "die Zeit liegt in der Zukunft")
        elif at in seen:
            found.refuse(number, "diese Zeit steht schon weiter oben")
        else:
            value = _number(found, number, cells[mapping.value_column], mapping.decimal)
            if not isinstance(value, _NotANumber):
                seen.add(at)
                found.readings.append((at, value))
    return found


def parse_instant(text: str, zone: tzinfo) -> datetime | None:
    """Return an instant of ISO 8601 or German writing; without a zone it is local time."""
    plain = text.strip()
    aware = parse_time(plain)
    if aware is not None:
        return aware
    german = GERMAN_DATE.fullmatch(plain)
    try:
        if german:
            day, month, year, hour, minute, second = (int(part or 0) for part in german.groups())
            local = datetime(year, month, day, hour, minute, second, tzinfo=zone)
        else:
            local = datetime.fromisoformat(plain).replace(tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class _NotANumber:
    """Stands for a cell whose row was refused."""


NOT_A_NUMBER = _NotANumber()


def _take(found: Mapped, number: int, cell: tuple[str, str], ags: str, period: str) -> None:
    value = _number(found, number, *cell)
    if not isinstance(value, _NotANumber):
        found.values.append(ValueRow(ags, period, value))


def _number(found: Mapped, number: int, cell: str, decimal: str) -> float | _NotANumber | None:
    plain = cell.strip()
    if plain in MISSING:
        return None
    try:
        return parse_quantity(written_with(plain, decimal)).value
    except QuantityError as error:
        found.refuse(number, str(error).rstrip("."))
        return NOT_A_NUMBER


def _rows(table: Table, chosen: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
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
    if len(plain) == 7 and plain.isdigit():  # noqa: PLR2004  # spreadsheets eat a leading zero
        plain = f"0{plain}"
    return plain if AGS.fullmatch(plain) else None


def _period(text: str) -> str:
    """Return a period; a date counts as its year, as "Stand 31.12.2024" is meant."""
    german = GERMAN_DATE.fullmatch(text.strip())
    if german:
        return german[3]
    return text.strip()
