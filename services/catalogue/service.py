"""The catalogue as pages and addresses ask for it: data sets, their files, their description."""

import dataclasses
import heapq
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode

from sqlalchemy.orm import Session, sessionmaker

from data import catalogue, things
from data.engine import writing
from data.region_pack.dataset_codes import STATIC
from data.region_pack.datasets import DatasetFile, DatasetRow
from data.things import StoredStream
from services.catalogue import citation, files, sidecar, status
from services.catalogue.formats import registry
from services.catalogue.holdings import series, tables
from services.catalogue.holdings.columns import COLUMNS
from services.catalogue.model import (
    CatalogueView,
    DatasetDetail,
    DatasetView,
    Download,
    Record,
    Selection,
    SeriesQuality,
    Table,
)
from services.catalogue.request import DEFAULT_DAYS, selection
from services.clock import Clock, wall_now
from services.errors import UnknownDatasetError
from services.reading import Reading
from services.region import Region

PREVIEW = 20
CUT = 1000
"""Rows after which all but the newest are let go."""
TIME = 3
"""Place of the time in a record of a series."""
NOTHING: Mapping[str, str] = MappingProxyType({})
MEASURED = ("csv", "geojson")
"""Formats whose size follows from the number of rows; the others pack their values."""


@dataclass(frozen=True, slots=True)
class CatalogueService:
    """Reads the catalogue of the region beside what the store really holds."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    boundaries: tables.Boundaries
    situations: tables.Situations
    public_url: str
    contributor_id: str = ""
    is_simulated: bool = False
    wall: Callable[[], datetime] = wall_now

    @property
    def file(self) -> DatasetFile | None:
        """Return what the region's pack publishes, None if it has no catalogue."""
        return self.region.catalogue

    def register(self) -> None:
        """Note which data sets are published now; one that is gone stays known as withdrawn."""
        rows = self.file.dataset if self.file else ()
        with self.sessions() as session, session.begin():
            writing(session)
            offered = [(row.id, row.title, row.issued) for row in rows]
            catalogue.sync(session, self.region.region_id, offered, self.wall())

    def overview(self) -> CatalogueView:
        """Return the catalogue page."""
        now = self.wall()
        if self.file is None:
            return CatalogueView("", now, (), (), ())
        with Reading(self.sessions) as session:
            stored = things.streams(session)
            entries = catalogue.entries(session, self.region.region_id)
        views = tuple(self._view(row, stored) for row in self.file.dataset)
        return CatalogueView(
            title=self.file.catalogue.title,
            now=now,
            datasets=views,
            providers=status.providers(self.file, views),
            years=status.years(entries, now),
        )

    def row(self, dataset_id: str) -> DatasetRow:
        """Return what the pack says of a data set.

        Raises
        ------
        UnknownDatasetError
            When there is none of this id.
        """
        rows = self.file.dataset if self.file else ()
        found = next((row for row in rows if row.id == dataset_id), None)
        if found is None:
            raise UnknownDatasetError(dataset_id)
        return found

    def dataset(self, dataset_id: str, args: Mapping[str, str] = NOTHING) -> DatasetDetail:
        """Return the page of a data set; `args` may name the window and moment of a citation.

        Raises
        ------
        UnknownDatasetError
            When there is no such data set.
        BadParameterError
            When the citation is impossible.
        """
        row = self.row(dataset_id)
        cited = args if row.holds == "series" else NOTHING
        chosen, stored = self._chosen(row, cited)
        view, now = self._view(row, stored), self._now(row)
        found = self._quality(row, stored) if row.holds == "series" else None
        if row.holds == "series" and not cited:
            preview, rows = self._newest(row, stored), found.arrived if found else 0
        else:
            preview, rows = _newest_of(row, self._records(row, chosen, stored))
        query = urlencode(cited, safe=":") if cited else citation.cite_query(view, now)
        as_of = chosen.window.as_of if chosen.window else None
        address = f"{self.public_url}/daten/{row.id}" + (f"?{query}" if query else "")
        words = citation.Words(self.publisher, address, self.region.timezone)
        return DatasetDetail(
            view=view,
            columns=COLUMNS[row.holds],
            preview=preview,
            quality=found,
            bytes_by_format=self._sizes(row, preview, rows),
            rows=rows,
            cite_text=words.text(view, as_of or now - citation.SETTLED),
            cite_query=query,
            cited_words=words.moment(as_of) if as_of else "",
            quality_note=sidecar.quality_note(row, is_simulated=self.is_simulated),
            now=now,
        )

    def download(self, dataset_id: str, ending: str, args: Mapping[str, str]) -> Download:
        """Return a finished file; `zip` packs the file of `format` with its description.

        Raises
        ------
        UnknownDatasetError
            When there is no such data set, or not in this format.
        BadParameterError
            When a parameter is impossible or too much is asked for.
        """
        row = self.row(dataset_id)
        is_packed = ending == "zip"
        kind = args.get("format", "csv") if is_packed else ending
        if kind not in registry.formats_of(row.holds):
            possible = ", ".join(registry.formats_of(row.holds))
            raise UnknownDatasetError(
                user_message=f"In diesem Format gibt es den Datensatz nicht. Möglich: {possible}."
            )
        chosen, stored = self._chosen(row, args)
        if kind == "nc" and not chosen.observed_property:
            chosen = dataclasses.replace(chosen, observed_property=self._main(row, stored))
        table = Table(row, COLUMNS[row.holds], self._records(row, chosen, stored), chosen.with_bom)
        about = self._metadata(row, chosen)
        return files.make_file(table, kind, chosen.observed_property, about, is_packed=is_packed)

    def metadata(self, dataset_id: str, args: Mapping[str, str]) -> Mapping[str, object]:
        """Return the description of a file that the same parameters would give."""
        row = self.row(dataset_id)
        return self._metadata(row, self._chosen(row, args)[0])

    @property
    def publisher(self) -> str:
        """Return who publishes the catalogue."""
        return self._provider(self.file.catalogue.publisher) if self.file else ""

    def _chosen(
        self, row: DatasetRow, args: Mapping[str, str]
    ) -> tuple[Selection, list[StoredStream]]:
        chosen = selection(row.holds, args, self.clock.now(), self.region.timezone)
        with Reading(self.sessions) as session:
            stored = things.streams(session)
        if row.holds == "series":
            series.chosen_streams(row, stored, chosen)
        tables.require_municipality(self.region.pack, chosen.municipality)
        return chosen, stored

    def _metadata(self, row: DatasetRow, chosen: Selection) -> Mapping[str, object]:
        return sidecar.metadata(
            row,
            self._provider(row.provider),
            chosen,
            self._now(row),
            is_simulated=self.is_simulated,
        )

    def _records(
        self, row: DatasetRow, chosen: Selection, stored: Sequence[StoredStream]
    ) -> Iterator[Record]:
        if row.holds == "series":
            if chosen.window is None:
                raise TypeError("a series is read in a window")
            streams = series.chosen_streams(row, stored, chosen)
            return series.series_records(
                lambda: Reading(self.sessions), streams, chosen.window, files.MAX_ROWS + 1
            )
        if row.holds == "boundaries":
            return tables.boundary_records(self.region, self.boundaries, chosen)
        if row.holds == "lead-times":
            return tables.village_records(self.region, self.situations, chosen)
        return tables.pack_records(self.region, row.holds, chosen)

    def _main(self, row: DatasetRow, stored: Sequence[StoredStream]) -> str:
        filled = {
            stream.observed_property
            for stream in series.streams_of(row, stored)
            if stream.newest_at is not None
        }
        return next((name for name in row.properties if name in filled), row.properties[0])

    def _view(self, row: DatasetRow, stored: Sequence[StoredStream]) -> DatasetView:
        if row.holds == "series":
            known = [stream.newest_at for stream in series.streams_of(row, stored)]
            newest_at = max((at for at in known if at is not None), default=None)
        elif row.holds == "lead-times":
            newest_at = self.situations.situation().run_at
        else:
            newest_at = status.midnight(row.updated)
        return status.dataset_view(row, self._provider(row.provider), newest_at, self._now(row))

    def _now(self, row: DatasetRow) -> datetime:
        """Values age by the clock of the screens, tables of the pack by the one on the wall."""
        return self.wall() if row.holds in STATIC else self.clock.now()

    def _provider(self, provider_id: str) -> str:
        rows = self.file.provider if self.file else ()
        return next((row.name for row in rows if row.id == provider_id), provider_id)

    def _newest(self, row: DatasetRow, stored: Sequence[StoredStream]) -> tuple[Record, ...]:
        streams = {found.datastream_id: found for found in series.streams_of(row, stored)}
        with Reading(self.sessions) as session:
            rows = catalogue.newest(session, list(streams), PREVIEW)
        return tuple(
            series.record(streams[number], at, value, flag) for number, at, value, flag in rows
        )

    def _quality(self, row: DatasetRow, stored: Sequence[StoredStream]) -> SeriesQuality:
        streams = series.streams_of(row, stored)
        now = self.clock.now()
        sampling = {gauge.gauge_id: gauge.sampling_min for gauge in self.region.pack.gauges}
        usual = row.interval_min or 1.0
        with Reading(self.sessions) as session:
            counts = catalogue.flag_counts(
                session,
                [stream.datastream_id for stream in streams],
                now - timedelta(days=DEFAULT_DAYS),
                now,
            )
        minutes = DEFAULT_DAYS * 24 * 60
        expected = sum(minutes / sampling.get(found.thing.thing_id, usual) for found in streams)
        return status.quality(counts, round(expected), DEFAULT_DAYS)

    def _sizes(self, row: DatasetRow, sample: Sequence[Record], rows: int) -> Mapping[str, int]:
        if not sample:
            return {}
        sizes = {}
        with tempfile.TemporaryDirectory() as folder:
            for ending in MEASURED:
                path = Path(folder, f"sample.{ending}")
                registry.write(path, ending, Table(row, COLUMNS[row.holds], iter(sample)), "")
                sizes[ending] = round(path.stat().st_size * rows / len(sample))
        return sizes


def _newest_of(row: DatasetRow, records: Iterator[Record]) -> tuple[tuple[Record, ...], int]:
    """Return the newest rows of a series or the first of a table, and how many there are."""
    counted = 0
    kept: list[Record] = []
    for record in records:
        counted += 1
        kept.append(record)
        if row.holds == "series" and counted % CUT == 0:
            kept = _latest(kept)
        elif row.holds != "series":
            kept = kept[:PREVIEW]
    return tuple(_latest(kept) if row.holds == "series" else kept), counted


def _latest(records: list[Record]) -> list[Record]:
    return heapq.nlargest(PREVIEW, records, key=lambda record: str(record.values[TIME]))
