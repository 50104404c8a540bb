"""GeoJSON after RFC 7946, written feature by feature; licence and columns in the collection."""

import json
from datetime import date, datetime
from pathlib import Path

from services.catalogue.model import Record, Table, Value
from services.catalogue.vocabulary import LICENCES

COMPACT = (",", ":")


def write_geojson(path: Path, table: Table) -> None:
    """Write all rows as features; a row without a place has no geometry."""
    row = table.dataset
    head: dict[str, object] = {
        "type": "FeatureCollection",
        "title": row.title,
        "license": LICENCES[row.licence].text_url,
        "attribution": row.attribution,
        "is_simulated": bool(table.note),
    }
    if table.note:
        head["note"] = table.note
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False, separators=COMPACT)[:-1])
        file.write(',"features":[')
        for number, record in enumerate(table.records):
            file.write(",\n" if number else "\n")
            file.write(feature(names, record))
        file.write("\n]}")


def feature(names: list[str], record: Record) -> str:
    """Return one row as the text of a feature."""
    values = zip(names, record.values, strict=True)
    body = {
        "type": "Feature",
        "geometry": record.geometry,
        "properties": {name: plain(value) for name, value in values},
    }
    return json.dumps(body, ensure_ascii=False, separators=COMPACT, allow_nan=False)


def plain(value: Value) -> str | float | int | bool | None:
    """Return a value as JSON knows it."""
    return value.isoformat() if isinstance(value, datetime | date) else value
