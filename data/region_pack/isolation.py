"""A fault in one river must not blind the others: the river is left out, named and unknown.

`load_region` refuses a pack with any fault, as `./cockpit region check` wants it. In operation a
fault that belongs to one river takes only that river out: its reaches, gauges, levels and sensors
are dropped, its villages stay and are unknown. A fault that belongs to no river is still refused.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.region_pack.columns import Row
from data.region_pack.faults import Fault, RegionPackError
from data.region_pack.loader import Tables, pack_faults, pack_of, read_tables
from data.region_pack.model import RegionPack
from data.region_pack.rows import RiverRow

DROPPED = ("river_points", "reaches", "gauges", "lags")
"""Tables of which an isolated river loses its rows; villages (exposures) stay."""
BY_GAUGE = ("thresholds", "ratings", "pairs", "sensors")
LOOSE = ("impacts", "measures", "gauge_events", "objects", "contacts")
"""Tables of which a faulty row is left out alone: it says nothing about its river's water."""
OUT_OF_ORDER_KM = 2000.0
"""Length of the stand-in of an isolated river: every kilometre of its villages lies on it."""

Raw = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class _Blame:
    """Whom a fault belongs to: rivers by id, or rows of gauges that nobody knows."""

    rivers: Mapping[str, Fault]
    strays: frozenset[tuple[str, int]]
    rest: tuple[Fault, ...]


def load_isolating(directory: Path) -> RegionPack:
    """Return the pack with every river left out that has a fault; `isolated` says why.

    Raises
    ------
    RegionPackError
        With all faults, when one of them belongs to no river or no river is left.
    """
    tables = read_tables(directory)
    raw = {name: _raw(directory / f"{name}.csv") for name in tables.rows}
    faults: list[Fault] = list(tables.faults)
    isolated: dict[str, str] = {}
    strays: set[tuple[str, int]] = set()
    fresh: Sequence[Fault] = tables.faults
    while True:
        blame = _blame(fresh, raw)
        is_new = bool(set(blame.rivers) - set(isolated) or blame.strays - strays)
        if blame.rest or (fresh and not is_new):
            raise RegionPackError(str(directory), faults)
        for river_id, fault in blame.rivers.items():
            isolated.setdefault(river_id, str(fault))
        strays |= blame.strays
        kept = _without(tables, isolated, strays, raw)
        pack = replace(
            pack_of(directory, kept), isolated=isolated, blind_mouths=_mouths(isolated, raw)
        )
        fresh = pack_faults(pack, kept.lines)
        faults += fresh
        if not fresh:
            break
    if isolated and not any(row.river_id not in isolated for row in pack.rivers):
        raise RegionPackError(str(directory), faults)
    return pack


def _mouths(isolated: Mapping[str, str], raw: Raw) -> tuple[tuple[str, str, float], ...]:
    """Return where isolated rivers join others; without a readable kilometre at the source."""
    found = []
    for row in raw["rivers"]:
        if row.get("river_id", "") in isolated and row.get("receives_into"):
            try:
                km = float(row.get("mouth_km", ""))
            except ValueError:
                km = OUT_OF_ORDER_KM
            found.append((row["river_id"], row["receives_into"], km))
    return tuple(sorted(found))


def _blame(faults: Iterable[Fault], raw: Raw) -> _Blame:
    rivers: dict[str, Fault] = {}
    strays: set[tuple[str, int]] = set()
    rest: list[Fault] = []
    river_of = {row.get("gauge_id", ""): row.get("river_id", "") for row in raw["gauges"]}
    for fault in faults:
        table = fault.file.removesuffix(".csv")
        row = _row(raw.get(table, ()), fault.row)
        of_gauge = river_of.get(row.get("gauge_id", ""), "")
        own = row.get("river_id", "")
        name = of_gauge or own if table in BY_GAUGE else own or of_gauge
        if table in LOOSE and row:
            strays.add((table, fault.row))
        elif name:
            rivers.setdefault(name, fault)
        elif table in BY_GAUGE and row:
            strays.add((table, fault.row))
        else:
            rest.append(fault)
    return _Blame(rivers, frozenset(strays), tuple(rest))


def _without(
    tables: Tables, isolated: Mapping[str, str], strays: set[tuple[str, int]], raw: Raw
) -> Tables:
    gauges = {row["gauge_id"] for row in raw["gauges"] if row.get("river_id") in isolated}
    rows: dict[str, tuple[Row, ...]] = {}
    lines: dict[str, tuple[int, ...]] = {}
    for table, found in tables.rows.items():
        kept = [
            (line, row)
            for line, row in zip(tables.lines[table], found, strict=True)
            if (table, line) not in strays and not _is_dropped(table, row, isolated, gauges)
        ]
        lines[table] = tuple(line for line, _ in kept)
        rows[table] = tuple(row for _, row in kept)
    stand_ins = [_stand_in(name, raw) for name in sorted(isolated)]
    rows["rivers"] += tuple(stand_ins)
    lines["rivers"] += tuple(0 for _ in stand_ins)
    return replace(tables, rows=rows, lines=lines)


def _is_dropped(table: str, row: Row, isolated: Mapping[str, str], gauges: set[str]) -> bool:
    river_id = getattr(row, "river_id", "")
    if table in BY_GAUGE:
        return river_id in isolated or getattr(row, "gauge_id", "") in gauges
    if table in LOOSE:
        return getattr(row, "gauge_id", None) in gauges
    return table in {*DROPPED, "rivers"} and river_id in isolated


def _stand_in(river_id: str, raw: Raw) -> RiverRow:
    """Return a river that carries the villages of an isolated one and flows nowhere."""
    found = next((row for row in raw["rivers"] if row.get("river_id") == river_id), {})
    return RiverRow.model_construct(
        river_id=river_id,
        name=found.get("name") or river_id,
        receives_into=None,
        mouth_km=None,
        length_km=OUT_OF_ORDER_KM,
        area_km2=None,
        slope_permille=None,
        source=found.get("source") or "-",
        confidence=found.get("confidence") or "-",
    )


def _raw(path: Path) -> tuple[dict[str, str], ...]:
    """Return the rows of a file as text, with their line; an unreadable file has none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            return tuple(
                {**{k: v or "" for k, v in row.items() if k}, "#": str(reader.line_num)}
                for row in reader
            )
    except (OSError, UnicodeDecodeError, csv.Error):
        return ()  # the loader has named this fault, and it belongs to no river


def _row(rows: Sequence[Mapping[str, str]], line: int) -> Mapping[str, str]:
    return next((row for row in rows if row["#"] == str(line)), {})
