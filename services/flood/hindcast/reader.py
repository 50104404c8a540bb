"""Read observations of several gauges from a CSV file: columns `ID,Time,Q` or `ID,Time,H`."""

import csv
import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from data.region_pack.model import RegionPack
from services.errors import ImportFailedError
from services.flood.model import Flag, Series

VALUE_COLUMNS = ("Q", "H")
MISSING_WORDS = frozenset({"", "na", "nan", "null", "none", "-"})
MIN_GAUGES = 2


@dataclass(frozen=True, slots=True)
class Observations:
    """Readings by gauge id, and whether they are discharge ("Q") or stage ("H")."""

    name: str
    quantity: str
    series: Mapping[str, Series]


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

    Empty values and "NA" are missing readings and left out; of equal times the last row counts.

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
        When file, column, gauge id, time or value is missing or wrong.
    """
    zone = _zone(path, timezone)
    gauge_ids = {row.gauge_id for row in pack.gauges if row.river_km is not None}
    found: dict[str, dict[float, float]] = defaultdict(dict)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, skipinitialspace=True, strict=True)
            column = _value_column(path, reader.fieldnames)
            for row, gauge_id, time_text, value_text in _rows(path, reader, column):
                if gauge_id not in gauge_ids:
                    reason = f"„{gauge_id}“ ist kein Pegel dieses Regionsordners"
                    raise ObservationsError(path, reason, row, "ID")
                time_s = _time(path, row, time_text, zone)
                value = _value(path, row, column, value_text)
                if value is not None:
                    found[gauge_id][time_s] = value
    except FileNotFoundError as error:
        raise ObservationsError(path, "die Datei fehlt") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ObservationsError(path, f"nicht lesbar als CSV in UTF-8 ({error})") from error
    if not found:
        raise ObservationsError(path, "die Datei enthält keinen Messwert")
    if len(found) < MIN_GAUGES:
        reason = f"nur der Pegel „{next(iter(found))}“ hat Werte, nötig sind mindestens zwei"
        raise ObservationsError(path, reason, 0, "ID")
    return Observations(
        path.name,
        column,
        {gauge_id: _series(readings) for gauge_id, readings in sorted(found.items())},
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


def _time(path: Path, row: int, text: str, zone: ZoneInfo) -> float:
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=zone)
        return instant.astimezone(UTC).timestamp()
    except (ValueError, OverflowError) as error:
        reason = f"„{text[:40]}“ ist keine Zeit (Beispiel: 2014-01-01 00:15:00)"
        raise ObservationsError(path, reason, row, "Time") from error


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
