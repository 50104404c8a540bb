"""Parquet: one column group for each ten thousand rows, units and licence in its metadata."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from services.catalogue.formats.chunks import chunks, turned
from services.catalogue.model import Column, Table
from services.catalogue.vocabulary import LICENCES

BATCH = 10_000


def write_parquet(path: Path, table: Table) -> None:
    """Write all rows."""
    schema = pa.schema([_field(column) for column in table.columns], metadata=_about(table))
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in chunks(table.records, BATCH):
            columns = turned(table.columns, rows)
            arrays = [
                pa.array(values, type=field.type)
                for field, values in zip(schema, columns, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _field(column: Column) -> pa.Field:
    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "time": pa.timestamp("ms", tz="UTC"),
        "date": pa.date32(),
    }
    about = {"unit": column.unit, "meaning": column.meaning}
    return pa.field(column.name, types[column.kind], metadata=about)


def _about(table: Table) -> dict[str, str]:
    row = table.dataset
    return {
        "title": row.title,
        "license": LICENCES[row.licence].uri,
        "attribution": row.attribution,
        "is_simulated": "true" if table.note else "false",
        **({"note": table.note} if table.note else {}),
    }
