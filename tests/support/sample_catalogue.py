"""A catalogue by hand: the data sets of the shipped pack with invented values and ages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from data.catalogue import EntryRow
from data.region_pack.datasets import DatasetFile, DatasetRow, load_datasets
from services.catalogue import citation, files, sidecar, status
from services.catalogue.formats.registry import formats_of
from services.catalogue.holdings.columns import COLUMNS
from services.catalogue.model import (
    CatalogueView,
    DatasetDetail,
    Record,
    SeriesQuality,
    Table,
    Value,
)
from services.catalogue.request import selection
from services.errors import StoreUnavailableError, UnknownDatasetError
from services.region import Region, open_region
from tests.support import sample_water

PACK = Path(__file__).resolve().parents[2] / "data" / "regions" / "myk"
BERLIN = ZoneInfo("Europe/Berlin")
WALL = datetime(2026, 11, 28, 12, tzinfo=UTC)
AGES = {"pegel-messwerte": timedelta(minutes=8), "vorwarnzeiten": timedelta(minutes=40)}
POINT = {"type": "Point", "coordinates": [7.02, 50.33]}


def pack_file() -> DatasetFile:
    found = load_datasets(PACK)
    assert found is not None
    return found


def sample_record(row: DatasetRow, number: int) -> Record:
    kinds: dict[str, Value] = {
        "text": f"{row.id} {number}",
        "number": 1.25 + number,
        "integer": 1,
        "boolean": True,
        "time": sample_water.NOW - timedelta(minutes=15 * number),
        "date": date(2026, 11, 1),
    }
    return Record(tuple(kinds[column.kind] for column in COLUMNS[row.holds]), POINT)


@dataclass
class FakeCatalogue:
    is_down: bool = False
    is_empty: bool = False
    public_url: str = "http://127.0.0.1:8050"
    contributor_id: str = ""

    @property
    def region(self) -> Region:
        return open_region(PACK, simulated=True)

    @property
    def file(self) -> DatasetFile | None:
        return None if self.is_empty else pack_file()

    def _provider(self, key: str) -> str:
        return next(row.name for row in pack_file().provider if row.id == key)

    def _view(self, row: DatasetRow):
        if row.id == "regen-einzugsgebiete":
            return status.dataset_view(row, self._provider(row.provider), None, WALL)
        at = WALL - AGES[row.id] if row.id in AGES else status.midnight(row.updated)
        return status.dataset_view(row, self._provider(row.provider), at, WALL)

    def overview(self) -> CatalogueView:
        if self.is_down:
            raise StoreUnavailableError
        if self.is_empty:
            return CatalogueView("", WALL, (), (), ())
        views = tuple(self._view(row) for row in pack_file().dataset)
        entries = [EntryRow(v.row.id, v.row.title, v.row.issued, None) for v in views]
        entries.append(EntryRow("alt", "Zurückgezogen", date(2025, 3, 1), WALL))
        return CatalogueView(
            title=pack_file().catalogue.title,
            now=WALL,
            datasets=views,
            providers=status.providers(pack_file(), views),
            years=status.years(entries, WALL),
        )

    def row(self, dataset_id: str) -> DatasetRow:
        rows = () if self.is_empty else pack_file().dataset
        found = next((row for row in rows if row.id == dataset_id), None)
        if found is None:
            raise UnknownDatasetError(dataset_id)
        return found

    def dataset(self, dataset_id: str, args=None) -> DatasetDetail:
        if self.is_down:
            raise StoreUnavailableError
        row = self.row(dataset_id)
        view = self._view(row)
        is_series = row.holds == "series"
        return DatasetDetail(
            view=view,
            columns=COLUMNS[row.holds],
            preview=tuple(sample_record(row, number) for number in range(3)),
            quality=SeriesQuality(30, 2880, 2700, 2600, 80, 20) if is_series else None,
            bytes_by_format={"csv": 210_000, "geojson": 1_400_000},
            rows=2700 if is_series else 3,
            cite_text=citation.Words(
                "Landkreis Mayen-Koblenz", f"{self.public_url}/daten/{row.id}", BERLIN
            ).text(view, WALL),
            cited_words="28.11.2026, 12:00 Uhr" if (args or {}).get("as_of") else "",
            cite_query=citation.cite_query(view, WALL),
            quality_note=sidecar.quality_note(row, is_simulated=True),
            now=WALL,
            places=((7.02, 50.33), (7.3, 50.4)),
        )

    def download(self, dataset_id: str, ending: str, args):
        row = self.row(dataset_id)
        chosen = selection(row.holds, args, WALL, BERLIN)
        records = iter([sample_record(row, number) for number in range(3)])
        table = Table(row, COLUMNS[row.holds], records, chosen.with_bom)
        if ending not in formats_of(row.holds):
            raise UnknownDatasetError(ending)
        return files.make_file(table, ending, "stage", {})

    def metadata(self, dataset_id: str, args):
        row = self.row(dataset_id)
        chosen = selection(row.holds, args, WALL, BERLIN)
        return sidecar.metadata(row, "Anbieter", chosen, WALL, is_simulated=True)
