"""What data sets hold right now: their rows, the newest of them, how good they are."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import catalogue, things
from data.region_pack.datasets import DatasetRow
from data.things import StoredStream
from services.archive.reading import NO_ARCHIVE, SeriesReader
from services.catalogue import files, status
from services.catalogue.holdings import series, tables
from services.catalogue.holdings.columns import COLUMNS
from services.catalogue.model import Record, Selection, SeriesQuality, Value
from services.catalogue.request import DEFAULT_DAYS
from services.clock import Clock
from services.reading import Reading
from services.region import Region
from services.thresholds.in_effect import Held, InEffect, of_pack

PREVIEW = 20
CUT = 1000
"""Rows after which all but the newest are let go."""
TIME = 3
"""Place of the time in a record of a series."""
Preview = tuple[tuple[Record, ...], int]
"""Rows to show, and how many there are."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Reads rows from the store, the pack, the boundaries and the newest run."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    boundaries: tables.Boundaries
    situations: tables.Situations
    reader: SeriesReader = NO_ARCHIVE
    thresholds: Held = of_pack

    def stored(self) -> list[StoredStream]:
        """Return all datastreams with the instant of their newest value."""
        with Reading(self.sessions) as session:
            return things.streams(session)

    def records(
        self, row: DatasetRow, chosen: Selection, stored: Sequence[StoredStream]
    ) -> Iterator[Record]:
        """Return the rows that are asked for."""
        if row.holds == "series":
            if chosen.window is None:
                raise TypeError("a series is read in a window")
            streams = series.chosen_streams(row, stored, chosen)
            opened, limit = (lambda: Reading(self.sessions)), files.MAX_ROWS + 1
            return series.series_records(opened, self.reader, streams, chosen.window, limit)
        if row.holds == "boundaries":
            return tables.boundary_records(self.region, self.boundaries, chosen)
        if row.holds == "lead-times":
            return tables.village_records(self.region, self.situations, chosen)
        return tables.pack_records(self.held().applied(self.region.pack), row.holds, chosen)

    def held(self) -> InEffect:
        """Return the changes of thresholds that hold."""
        with Reading(self.sessions) as session:
            return self.thresholds(session)

    def newest_at(self, row: DatasetRow, stored: Sequence[StoredStream]) -> datetime | None:
        """Return the instant of the newest value, None before the first."""
        if row.holds == "series":
            known = [stream.newest_at for stream in series.streams_of(row, stored)]
            return max((at for at in known if at is not None), default=None)
        if row.holds == "lead-times":
            return self.situations.situation().run_at
        delivered = status.midnight(row.updated)
        changed = self.held().valid_from if row.holds == "thresholds" else None
        return max((at for at in (delivered, changed) if at is not None), default=None)

    def main_property(self, row: DatasetRow, stored: Sequence[StoredStream]) -> str:
        """Return the first property of a series that has values."""
        filled = {
            stream.observed_property
            for stream in series.streams_of(row, stored)
            if stream.newest_at is not None
        }
        return next((name for name in row.properties if name in filled), row.properties[0])

    def newest(self, row: DatasetRow, stored: Sequence[StoredStream]) -> tuple[Record, ...]:
        """Return the newest rows of a series."""
        streams = {found.datastream_id: found for found in series.streams_of(row, stored)}
        with Reading(self.sessions) as session:
            rows = catalogue.newest(session, list(streams), PREVIEW)
        return tuple(
            series.record(streams[number], (at, value, flag, origin))
            for number, at, value, flag, origin in rows
        )

    def preview(
        self, row: DatasetRow, chosen: Selection, stored: Sequence[StoredStream]
    ) -> Preview:
        """Return the newest rows of a cited series or the first of a table, and their number."""
        counted = 0
        kept: list[Record] = []
        for record in self.records(row, chosen, stored):
            counted += 1
            if row.holds == "series" or counted <= PREVIEW:
                kept.append(record)
            if len(kept) >= CUT:
                kept = _latest(kept)
        return tuple(_latest(kept) if row.holds == "series" else kept), counted

    def places(
        self, row: DatasetRow, stored: Sequence[StoredStream]
    ) -> tuple[tuple[float, float], ...]:
        """Return where the stations of a series or the rows of a table lie, each place once."""
        if row.holds == "series":
            things_here = [stream.thing for stream in series.streams_of(row, stored)]
            known = [(thing.lon, thing.lat) for thing in things_here]
        elif row.holds == "boundaries":
            return ()
        else:
            names = [column.name for column in COLUMNS[row.holds]]
            lon, lat = names.index("lon"), names.index("lat")
            rows = self.records(row, Selection(), stored)
            known = [(_degrees(r.values[lon]), _degrees(r.values[lat])) for r in rows]
        found = {(x, y): None for x, y in known if x is not None and y is not None}
        return tuple(found)

    def quality(self, row: DatasetRow, stored: Sequence[StoredStream]) -> SeriesQuality:
        """Count what came in the last days against what the stations should have sent."""
        streams = series.streams_of(row, stored)
        now = self.clock.now()
        sampling = {gauge.gauge_id: gauge.sampling_min for gauge in self.region.pack.gauges}
        usual = row.interval_min or 1.0
        numbers = [stream.datastream_id for stream in streams]
        with Reading(self.sessions) as session:
            start = now - timedelta(days=DEFAULT_DAYS)
            counts = catalogue.flag_counts(session, numbers, start, now)
        minutes = DEFAULT_DAYS * 24 * 60
        expected = sum(minutes / sampling.get(found.thing.thing_id, usual) for found in streams)
        return status.quality(counts, round(expected), DEFAULT_DAYS)


def _degrees(value: Value) -> float | None:
    return value if isinstance(value, float) else None


def _latest(records: list[Record]) -> list[Record]:
    return heapq.nlargest(PREVIEW, records, key=lambda record: str(record.values[TIME]))
