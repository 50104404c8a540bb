"""The tables of a GTFS zip, read in batches within bounds; raises SourceFormatError only."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.csv as pcsv

from services.sources.errors import SourceFormatError

MOST_MEMBERS = 200
LARGEST_TOTAL = 6_000_000_000
MOST_RATIO = 200
"""Text tables pack 10 to 30 times; a bomb packs 1000 times (estimate)."""
BLOCK = 4 << 20
REQUIRED = ("stops.txt", "trips.txt", "stop_times.txt")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)


class GtfsArchive:
    """An opened zip; `tables` are the names of its text tables."""

    def __init__(self, body: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
            members = [item for item in self._zip.infolist() if not item.is_dir()]
        except _BROKEN as error:
            raise SourceFormatError("das Archiv ist beschädigt oder unvollständig") from error
        if len(members) > MOST_MEMBERS:
            raise SourceFormatError(f"das Archiv hat mehr als {MOST_MEMBERS} Dateien")
        total = sum(item.file_size for item in members)
        packed = sum(item.compress_size for item in members)
        if total > LARGEST_TOTAL or total > MOST_RATIO * max(packed, 1):
            raise SourceFormatError("das Archiv ist ausgepackt viel zu groß")
        self._names = {item.filename.rpartition("/")[2]: item.filename for item in members}
        missing = [name for name in REQUIRED if name not in self._names]
        if missing:
            raise SourceFormatError(f"im Archiv fehlt {', '.join(missing)}")

    def has(self, table: str) -> bool:
        """Tell whether the zip has a table."""
        return table in self._names

    def batches(self, table: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the rows of a table in batches; a column that lacks is filled with empty text.

        Raises
        ------
        SourceFormatError
            When the table is damaged, in another encoding, or has rows of another length.
        """
        try:
            with self._zip.open(self._names[table]) as handle:
                reader = pcsv.open_csv(
                    handle,
                    pcsv.ReadOptions(block_size=BLOCK),
                    pcsv.ParseOptions(newlines_in_values=False),
                    pcsv.ConvertOptions(
                        column_types=dict.fromkeys(columns, pa.string()),
                        include_columns=list(columns),
                        include_missing_columns=True,
                        strings_can_be_null=False,
                    ),
                )
                yield from reader
        except (*_BROKEN, pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError) as error:
            raise SourceFormatError(f"{table} ist nicht lesbar") from error

    def rows(self, table: str, columns: Sequence[str]) -> list[dict[str, str]]:
        """Return all rows of a small table; a missing table has none."""
        if not self.has(table):
            return []
        return [
            {name: (value or "").strip() for name, value in row.items()}
            for batch in self.batches(table, columns)
            for row in batch.to_pylist()
        ]
