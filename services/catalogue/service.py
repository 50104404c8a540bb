"""The catalogue as pages and addresses ask for it: data sets, their files, their description."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlencode

from sqlalchemy.orm import Session, sessionmaker

from data import catalogue
from data.engine import writing
from data.region_pack.dataset_codes import STATIC
from data.region_pack.datasets import DatasetFile, DatasetRow
from data.things import StoredStream
from services.catalogue import citation, files, sidecar, status
from services.catalogue.contents import Contents
from services.catalogue.formats import registry
from services.catalogue.holdings import series, tables
from services.catalogue.holdings.columns import COLUMNS
from services.catalogue.model import (
    CatalogueView,
    DatasetDetail,
    DatasetView,
    Download,
    Selection,
    Table,
)
from services.catalogue.request import selection
from services.clock import Clock, wall_now
from services.errors import UnknownDatasetError
from services.reading import Reading
from services.region import Region

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CatalogueService:
    """Reads the catalogue of the region beside what the store really holds."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    contents: Contents
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
            entries = catalogue.entries(session, self.region.region_id)
        stored = self.contents.stored()
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
        is_series = row.holds == "series"
        found = self.contents.quality(row, stored) if is_series else None
        if found is not None and not cited:
            preview, rows = self.contents.newest(row, stored), found.arrived
        else:
            preview, rows = self.contents.preview(row, chosen, stored)
        query = urlencode(cited, safe=":") if cited else citation.cite_query(view, now)
        as_of = chosen.window.as_of if chosen.window else None
        address = f"{self.public_url}/daten/{row.id}" + (f"?{query}" if query else "")
        note = sidecar.simulated_note(row, is_simulated=self.is_simulated)
        words = citation.Words(self.publisher, address, self.region.timezone)
        return DatasetDetail(
            view=view,
            columns=COLUMNS[row.holds],
            preview=preview,
            quality=found,
            bytes_by_format=files.sample_sizes(row, preview, rows),
            rows=rows,
            cite_text=words.text(view, as_of or now - citation.SETTLED, note),
            cite_query=query,
            cited_words=words.moment(as_of) if as_of else "",
            quality_note=sidecar.quality_note(row, is_simulated=self.is_simulated),
            now=now,
            places=self.contents.places(row, stored),
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
            chosen = dataclasses.replace(
                chosen, observed_property=self.contents.main_property(row, stored)
            )
        records = self.contents.records(row, chosen, stored)
        note = sidecar.simulated_note(row, is_simulated=self.is_simulated)
        table = Table(row, COLUMNS[row.holds], records, chosen.with_bom, note)
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
        stored = self.contents.stored()
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

    def _view(self, row: DatasetRow, stored: Sequence[StoredStream]) -> DatasetView:
        newest_at = self.contents.newest_at(row, stored)
        return status.dataset_view(row, self._provider(row.provider), newest_at, self._now(row))

    def _now(self, row: DatasetRow) -> datetime:
        """Values age by the clock of the screens, tables of the pack by the one on the wall."""
        return self.wall() if row.holds in STATIC else self.clock.now()

    def _provider(self, provider_id: str) -> str:
        rows = self.file.provider if self.file else ()
        return next((row.name for row in rows if row.id == provider_id), provider_id)
