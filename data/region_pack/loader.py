"""Read a region pack from its folder: every fault is collected and named, none is skipped."""

import csv
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.region_pack.checks import cross_faults
from data.region_pack.columns import Row
from data.region_pack.faults import IS_FOLDER, Fault, RegionPackError
from data.region_pack.model import RegionInfo, RegionPack
from data.region_pack.plausibility import plausibility_faults
from data.region_pack.reasons import where_and_why
from data.region_pack.tables import TABLES, Table

_TOML = "region.toml"
_SEMICOLON = "Trennzeichen ist das Komma, nicht das Semikolon; Dezimalzeichen ist der Punkt"


@dataclass(frozen=True, slots=True)
class Tables:
    """What the files of a folder hold: settings, rows and their lines by table, faults so far."""

    info: RegionInfo | None
    rows: Mapping[str, tuple[Row, ...]]
    lines: Mapping[str, tuple[int, ...]]
    digest: str
    faults: tuple[Fault, ...]


def load_region(directory: Path) -> RegionPack:
    """Return the pack in `directory`.

    Raises
    ------
    RegionPackError
        With all faults of all files, when anything is missing or wrong.
    """
    tables = read_tables(directory)
    if tables.faults:
        raise RegionPackError(str(directory), tables.faults)
    pack = pack_of(directory, tables)
    faults = pack_faults(pack, tables.lines)
    if faults:
        raise RegionPackError(str(directory), faults)
    return pack


def read_tables(directory: Path) -> Tables:
    """Return all tables of a folder with the faults that show while reading.

    Raises
    ------
    RegionPackError
        When there is no such folder.
    """
    if not directory.is_dir():
        raise RegionPackError(str(directory), [Fault(_TOML, 0, "", "der Ordner fehlt")])
    faults: list[Fault] = []
    info = _read_info(directory, faults)
    rows: dict[str, tuple[Row, ...]] = {}
    lines: dict[str, tuple[int, ...]] = {}
    digest = hashlib.sha256()
    for path in [*sorted(directory.glob("*.csv")), directory / _TOML]:
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    for table in TABLES:
        name = table.file.removesuffix(".csv")
        rows[name], lines[name] = _read_table(directory, table, faults)
    return Tables(info, rows, lines, digest.hexdigest()[:12], tuple(faults))


def pack_of(directory: Path, tables: Tables) -> RegionPack:
    """Return the pack of tables that could be read.

    Raises
    ------
    RegionPackError
        When the settings of the region could not be read.
    """
    if tables.info is None:
        raise RegionPackError(str(directory), tables.faults)
    return RegionPack(directory, tables.info, tables.digest, **tables.rows)  # type: ignore[arg-type]  # each table's rows have the model that tables.py names


def pack_faults(pack: RegionPack, lines: Mapping[str, tuple[int, ...]]) -> list[Fault]:
    """Return the faults that show only when tables are read together."""
    return [*cross_faults(pack, lines), *plausibility_faults(pack, lines)]


def _read_info(directory: Path, faults: list[Fault]) -> RegionInfo | None:
    try:
        raw = tomllib.loads((directory / _TOML).read_text(encoding="utf-8-sig"))
        return RegionInfo.model_validate(raw)
    except FileNotFoundError:
        faults.append(Fault(_TOML, 0, "", "die Datei fehlt"))
    except IsADirectoryError:
        faults.append(Fault(_TOML, 0, "", IS_FOLDER))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(_TOML, 0, "", f"nicht lesbar als TOML in UTF-8: {error}"))
    except ValidationError as error:
        faults.extend(Fault(_TOML, 0, *where_and_why(item)) for item in error.errors())
    return None


def _read_table(
    directory: Path, table: Table, faults: list[Fault]
) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    path = directory / table.file
    if path.is_dir():
        faults.append(Fault(table.file, 0, "", IS_FOLDER))
        return (), ()
    if not path.is_file():
        if table.required:
            faults.append(Fault(table.file, 0, "", "die Datei fehlt"))
        return (), ()
    found: list[Row] = []
    lines: list[int] = []
    seen: dict[tuple[Any, ...], int] = {}
    try:
        for line, raw in _raw_rows(path, table, faults):
            row = _parse(table, line, raw, faults)
            if row is None:
                continue
            key = tuple(getattr(row, column) for column in table.key)
            if key in seen:
                faults.append(
                    Fault(table.file, line, table.key[0], f"doppelt, schon in Zeile {seen[key]}")
                )
            seen.setdefault(key, line)
            found.append(row)
            lines.append(line)
    except (UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(table.file, 0, "", f"nicht lesbar als CSV in UTF-8: {error}"))
    return tuple(found), tuple(lines)


def _raw_rows(
    path: Path, table: Table, faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle, strict=True)
        header = list(reader.fieldnames or ())
        wanted = table.row.model_fields
        if len(header) == 1 and ";" in header[0]:
            faults.append(Fault(table.file, 1, "", _SEMICOLON))
            return
        missing = [
            name for name, info in wanted.items() if info.is_required() and name not in header
        ]
        unknown = [name for name in header if name not in wanted]
        faults.extend(Fault(table.file, 1, name, "diese Spalte fehlt") for name in missing)
        faults.extend(Fault(table.file, 1, name, "unbekannte Spalte") for name in unknown)
        if missing or unknown:
            return
        for raw in reader:
            if None in raw or None in raw.values():
                faults.append(
                    Fault(table.file, reader.line_num, "", f"nicht {len(header)} Spalten")
                )
                continue
            yield reader.line_num, raw


def _parse(table: Table, line: int, raw: dict[str, str], faults: list[Fault]) -> Row | None:
    try:
        return table.row.model_validate(raw)
    except ValidationError as error:
        faults.extend(Fault(table.file, line, *where_and_why(item)) for item in error.errors())
        return None
