"""The tables of a GTFS zip, read in batches within bounds; raises SourceFormatError only."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.csv as pcsv

from services.bounded_zip import BoundedZip, ZipFault, ZipLimits, ZipRefusedError
from services.sources.errors import SourceFormatError

MOST_MEMBERS = 200
LARGEST_TOTAL = 6_000_000_000
MOST_RATIO = 200
"""Text tables pack 10 to 30 times; a bomb packs 1000 times (estimate)."""
BLOCK = 4 << 20
REQUIRED = ("stops.txt", "trips.txt", "stop_times.txt")
_LIMITS = ZipLimits(LARGEST_TOTAL, members=MOST_MEMBERS, ratio=MOST_RATIO)
_WORDS = {
    ZipFault.DAMAGED: "das Archiv ist beschädigt oder unvollständig",
    ZipFault.TOO_MANY: f"das Archiv hat mehr als {MOST_MEMBERS} Dateien",
    ZipFault.TOO_LARGE: "das Archiv ist ausgepackt viel zu groß",
}


class GtfsArchive:
    """An opened zip; `tables` are the names of its text tables."""

    def __init__(self, body: bytes) -> None:
        try:
            self._zip = BoundedZip(body, _LIMITS)
        except ZipRefusedError as error:
            raise SourceFormatError(_WORDS[error.fault]) from error
        self._names = {name.rpartition("/")[2]: name for name in self._zip.names}
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
        except (ZipRefusedError, pa.ArrowInvalid, pa.ArrowKeyError) as error:
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
