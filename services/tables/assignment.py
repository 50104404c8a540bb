"""What a person says about a table, in a form or a TOML file: kind, columns, describing fields."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Self

from services.catalogue.licence_names import licence_code
from services.catalogue.vocabulary import LICENCES
from services.tables.decimals import SIGNS
from services.tables.errors import TableMappingError
from services.tables.instants import LOCAL, TIME_ZONES, UTC_TIME, WINTER_TIME
from services.tables.mapping import IndicatorMapping
from services.tables.reader import read_table
from services.tables.series import SeriesMapping
from services.tables.service import ImportReport, IndicatorMeta, TableService

INDICATOR, SERIES = "indicator", "series"
INDICATOR_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
LONGEST = {"indicator_id": 64, "title": 200, "unit": 40, "source": 300, "licence": 100}
"""Lengths of the columns in the store."""
LONGEST_OTHER = 200
NEEDED = {
    INDICATOR: {
        "ags_column": "Spalte des Gemeindeschlüssels",
        "value_column": "Spalte des Werts",
        "indicator_id": "Kennung",
        "title": "Titel",
        "unit": "Einheit",
        "source": "Quelle",
        "licence": "Lizenz",
    },
    SERIES: {
        "time_column": "Spalte der Zeit",
        "value_column": "Spalte des Werts",
        "datastream": "Messreihe",
        "unit": "Einheit",
    },
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which columns of a table mean what, and what the values are."""

    kind: str
    skip: int = 0
    sheet: str = ""
    value_column: str = ""
    decimal: str = ""
    ags_column: str = ""
    period_column: str = ""
    period: str = ""
    time_column: str = ""
    time_zone: str = LOCAL
    station_column: str = ""
    station: str = ""
    indicator_id: str = ""
    title: str = ""
    unit: str = ""
    source: str = ""
    licence: str = ""
    datastream: str = ""

    @classmethod
    def of(cls, given: Mapping[str, object]) -> Self:
        """Return an assignment from plain values; what is missing, unknown or too long is named.

        Raises
        ------
        TableMappingError
            With the first thing that is wrong.
        """
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(given) - known)
        if unknown:
            raise TableMappingError(f"ein Feld „{unknown[0][:40]}“ gibt es nicht")
        texts = {name: _text(name, value) for name, value in given.items() if name != "skip"}
        kind = texts.get("kind", "")
        if kind not in NEEDED:
            raise TableMappingError(f"kind muss „{INDICATOR}“ oder „{SERIES}“ sein")
        lacking = [words for name, words in NEEDED[kind].items() if not texts.get(name)]
        if lacking:
            raise TableMappingError(f"es fehlt: {', '.join(lacking)}")
        if kind == INDICATOR:
            texts |= _described(texts)
        _require_known(texts)
        return cls(skip=_skip(given.get("skip", 0)), **texts)


def carry_out(
    tables: TableService,
    body: bytes,
    chosen: Assignment,
    *,
    dry_run: bool,
    told: Callable[[int], None] = lambda _rows: None,
) -> ImportReport:
    """Read a table and check (`dry_run`) or store what an assignment takes from it.

    `told` hears the number of rows when they are read and before they are looked at.

    Raises
    ------
    CockpitError
        When the file is no table, or columns, datastream or unit do not fit.
    """
    table = read_table(body, skip=chosen.skip, sheet=chosen.sheet)
    told(table.rows)
    if chosen.kind == SERIES:
        series = SeriesMapping(
            **{field: getattr(chosen, field) for field in SeriesMapping.__slots__}
        )
        return tables.import_series(table, series, chosen.datastream, chosen.unit, dry_run=dry_run)
    mapping = IndicatorMapping(
        chosen.ags_column,
        chosen.value_column,
        chosen.period_column,
        chosen.period,
        chosen.decimal,
    )
    described = {name: getattr(chosen, name) for name in IndicatorMeta.__slots__}
    return tables.import_indicator(table, mapping, IndicatorMeta(**described), dry_run=dry_run)


def _text(name: str, value: object) -> str:
    """Return a field as text; a year may be written as a number."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not (isinstance(value, str) or is_number):
        raise TableMappingError(f"{name} muss ein Text sein")
    plain = str(value).strip()
    longest = LONGEST.get(name, LONGEST_OTHER)
    if len(plain) > longest or not plain.isprintable():
        raise TableMappingError(f"{name} ist länger als {longest} Zeichen oder nicht druckbar")
    return plain


def _require_known(texts: Mapping[str, str]) -> None:
    """Refuse a decimal sign, time zone or choice of station that is none."""
    if texts.get("decimal", "") not in SIGNS:
        raise TableMappingError("das Dezimalzeichen ist Komma oder Punkt")
    if texts.get("time_zone", "") not in TIME_ZONES:
        raise TableMappingError(
            f"die Zeitzone ist „{WINTER_TIME}“ (MEZ ganzjährig), „{UTC_TIME}“ oder leer"
        )
    if texts.get("station_column") and not texts.get("station"):
        raise TableMappingError("es fehlt: die Station, deren Zeilen gemeint sind")


def _described(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the code of the licence: whoever takes the values is told the right terms."""
    if not INDICATOR_ID.fullmatch(texts["indicator_id"]):
        raise TableMappingError("die Kennung besteht aus a bis z, 0 bis 9 und Bindestrich")
    text = texts["licence"]
    code = licence_code(text)
    if code is None:
        raise TableMappingError(
            f"eine Lizenz „{text[:40]}“ ist nicht bekannt; möglich sind: {', '.join(LICENCES)}"
        )
    return {"licence": code}


def _skip(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TableMappingError("skip muss eine ganze Zahl sein")
    return value
