"""Read observations of several gauges from a CSV file: columns `ID,Time,Q` or `ID,Time,H`."""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from data.region_pack.model import RegionPack
from data.region_pack.rows import GaugeRow
from services.errors import ImportFailedError
from services.flood.hindcast.local_time import LocalTimes
from services.flood.model import Flag, Series

VALUE_COLUMNS: Mapping[str, tuple[str, str]] = {
    "Q": ("discharge", "Abfluss"),
    "H": ("stage", "Wasserstand"),
}
"""What a gauge observes, and its German word, by column."""

MISSING_WORDS = frozenset({"", "na", "nan", "null", "none", "-"})
MIN_GAUGES = 2


@dataclass(frozen=True, slots=True)
class Observations:
    """Readings by gauge id, and whether they are discharge ("Q") or stage ("H").

    `dropped` counts by reason and gauge what the file holds and the series do not.
    """

    name: str
    quantity: str
    series: Mapping[str, Series]
    dropped: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class ObservationsError(ImportFailedError):
    """The file of observations can't be used; the message names file, row and column."""

    def __init__(self, path: Path | str, reason: str, row: int = 0, column: str = "") -> None:
        where = Path(path).name
        if row:
            where += f", Zeile {row}"
        if column:
            where += f", Spalte {column}"
        super().__init__(user_message=f"{where}: {reason}")


def read_observations(path: Path, pack: RegionPack, timezone: str = "UTC") -> Observations:
    """Return the readings of each gauge in time order.

    Empty values and "NA" are missing readings and left out. Values outside the gauge's range are
    dropped and counted. Of equal times the last row counts; where it differs, that is counted.

    Parameters
    ----------
    path
        CSV in UTF-8 with a header; quoted or not.
    pack
        The region: `ID` must be a gauge id that has a river kilometre.
    timezone
        Zone of times without offset.

    Raises
    ------
    ObservationsError
        When file, column, gauge id, time or value is missing or wrong, or the column holds what
        the gauge does not observe.
    """
    file = _File(path, pack, LocalTimes(_zone(path, timezone)))
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, skipinitialspace=True, strict=True)
            column = _value_column(path, reader.fieldnames)
            for row, gauge_id, time_text, value_text in _rows(path, reader, column):
                gauge = file.gauge(row, gauge_id, column)
                time_s = file.time_s(row, gauge_id, time_text)
                value = _value(path, row, column, value_text)
                if value is not None:
                    file.take(gauge, time_s, value)
    except FileNotFoundError as error:
        raise ObservationsError(path, "die Datei fehlt") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ObservationsError(path, f"nicht lesbar als CSV in UTF-8 ({error})") from error
    return file.observations(column)


@dataclass(slots=True)
class _File:
    """What was read of a file so far, and what was dropped."""

    path: Path
    pack: RegionPack
    times: LocalTimes
    _gauges: dict[str, GaugeRow] = field(init=False)
    _found: dict[str, dict[float, float]] = field(init=False)
    _out_of_range: Counter[str] = field(default_factory=Counter, init=False)
    _conflicting: Counter[str] = field(default_factory=Counter, init=False)

    def __post_init__(self) -> None:
        """Know the gauges that have a place on a river."""
        self._gauges = {row.gauge_id: row for row in self.pack.gauges if row.river_km is not None}
        self._found = defaultdict(dict)

    def gauge(self, row: int, gauge_id: str, column: str) -> GaugeRow:
        """Return the gauge of a row that observes what the column holds."""
        gauge = self._gauges.get(gauge_id)
        if gauge is None:
            reason = f"„{gauge_id}“ ist kein Pegel dieses Regionsordners"
            raise ObservationsError(self.path, reason, row, "ID")
        observes, word = VALUE_COLUMNS[column]
        if gauge.observes != observes:
            other = next(name for name, (what, _) in VALUE_COLUMNS.items() if what != observes)
            reason = (
                f"{word} für den Pegel „{gauge_id}“, der {VALUE_COLUMNS[other][1]} beobachtet; "
                f"erwartet wird die Spalte {other}"
            )
            raise ObservationsError(self.path, reason, row, column)
        return gauge

    def time_s(self, row: int, gauge_id: str, text: str) -> float:
        """Return the instant of a row."""
        try:
            return self.times.instant_s(gauge_id, text)
        except (ValueError, OverflowError) as error:
            reason = f"„{text[:40]}“ ist keine Zeit (Beispiel: 2014-01-01 00:15:00)"
            raise ObservationsError(self.path, reason, row, "Time") from error

    def take(self, gauge: GaugeRow, time_s: float, value: float) -> None:
        """Keep a value, or count why it is dropped; of equal times the last row counts."""
        if not gauge.range_min <= value <= gauge.range_max:
            self._out_of_range[gauge.gauge_id] += 1
            return
        found = self._found[gauge.gauge_id]
        if found.get(time_s, value) != value:
            self._conflicting[gauge.gauge_id] += 1
        found[time_s] = value

    def observations(self, column: str) -> Observations:
        """Return what was read, if it is enough for a hindcast."""
        if not self._found:
            lost = self._out_of_range.total()
            reason = f"; {lost} Werte liegen außerhalb des Messbereichs" if lost else ""
            raise ObservationsError(self.path, f"die Datei enthält keinen Messwert{reason}")
        if len(self._found) < MIN_GAUGES:
            only = next(iter(self._found))
            reason = f"nur der Pegel „{only}“ hat Werte, nötig sind mindestens zwei"
            raise ObservationsError(self.path, reason, 0, "ID")
        return Observations(
            self.path.name,
            column,
            {gauge_id: _series(found) for gauge_id, found in sorted(self._found.items())},
            {
                "out_of_range": dict(sorted(self._out_of_range.items())),
                "conflicting_duplicates": dict(sorted(self._conflicting.items())),
            },
        )


def _zone(path: Path, timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        reason = f"die Zeitzone „{timezone}“ gibt es nicht (Beispiel: Europe/Berlin)"
        raise ObservationsError(path, reason) from error


def _value_column(path: Path, header: Collection[str] | None) -> str:
    if not header:
        raise ObservationsError(path, "die Datei ist leer")
    if len(header) == 1 and any(";" in name for name in header):
        reason = "Trennzeichen ist das Komma, nicht das Semikolon; Dezimalzeichen ist der Punkt"
        raise ObservationsError(path, reason, 1)
    for wanted in ("ID", "Time"):
        if wanted not in header:
            raise ObservationsError(path, "diese Spalte fehlt", 1, wanted)
    for column in VALUE_COLUMNS:
        if column in header:
            return column
    raise ObservationsError(path, "eine Spalte Q (Abfluss) oder H (Wasserstand) fehlt", 1, "Q/H")


def _rows(
    path: Path, reader: "csv.DictReader[str]", column: str
) -> Iterator[tuple[int, str, str, str]]:
    for raw in reader:
        row = reader.line_num
        texts = (raw["ID"], raw["Time"], raw[column])
        if any(text is None for text in texts):
            raise ObservationsError(path, "die Zeile ist zu kurz", row)
        yield row, texts[0].strip(), texts[1].strip(), texts[2].strip()


def _value(path: Path, row: int, column: str, text: str) -> float | None:
    if text.lower() in MISSING_WORDS:
        return None
    try:
        value = float(text)
    except ValueError as error:
        reason = f"„{text[:40]}“ ist keine Zahl (mit Dezimalpunkt)"
        raise ObservationsError(path, reason, row, column) from error
    if not math.isfinite(value):
        raise ObservationsError(path, f"„{text[:40]}“ ist keine endliche Zahl", row, column)
    return value


def _series(readings: Mapping[float, float]) -> Series:
    times = sorted(readings)
    return Series(
        np.array(times),
        np.array([readings[time] for time in times]),
        np.full(len(times), Flag.NOT_EVALUATED, dtype=np.int8),
    )
