"""What the catalogue shows and gives out: views of data sets, tables, finished files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from data.region_pack.datasets import DatasetRow
from services.catalogue.vocabulary import LicenceTerm, Rhythm

Value = str | float | int | bool | datetime | date | None
Geometry = Mapping[str, object]


class Timeliness(StrEnum):
    """How a data set stands against its own frequency."""

    CURRENT = "aktuell"
    STALE = "veraltet"
    EMPTY = "leer"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: `kind` is text, number, integer, boolean, time or date."""

    name: str
    kind: str
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a file with its place, None where it has none."""

    values: tuple[Value, ...]
    geometry: Geometry | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Which instants of a series are asked for, and as known when (None: now)."""

    start: datetime
    end: datetime
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a data set is asked for; `window` is for series only."""

    window: Window | None = None
    gauge: str = ""
    municipality: str = ""
    observed_property: str = ""
    with_bom: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows on their way into a file; they can be read once."""

    dataset: DatasetRow
    columns: tuple[Column, ...]
    records: Iterator[Record]
    with_bom: bool = False
    note: str = ""
    """What every copy has to say: that its values are simulated; empty where they are not."""


@dataclass(frozen=True, slots=True)
class DatasetView:
    """A data set as lists show it."""

    row: DatasetRow
    provider: str
    licence: LicenceTerm
    rhythm: Rhythm
    timeliness: Timeliness
    newest_at: datetime | None
    age_min: float | None
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderView:
    """Someone who has data; connected: a data set of theirs holds values here."""

    provider_id: str
    name: str
    homepage: str
    is_estimate: bool
    datasets: int
    is_connected: bool


@dataclass(frozen=True, slots=True)
class YearCount:
    """New data sets of a calendar year; `withdrawn` of them are gone by now."""

    year: int
    new: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """The catalogue page: data sets, providers, data sets by year."""

    title: str
    now: datetime
    datasets: tuple[DatasetView, ...]
    providers: tuple[ProviderView, ...]
    years: tuple[YearCount, ...]


@dataclass(frozen=True, slots=True)
class SeriesQuality:
    """How complete and how good a series was in the last days; shares None where none came."""

    days: int
    expected: int
    arrived: int
    good: int
    suspect: int
    failed: int


@dataclass(frozen=True, slots=True)
class DatasetDetail:
    """The page of one data set."""

    view: DatasetView
    columns: tuple[Column, ...]
    preview: tuple[Record, ...]
    quality: SeriesQuality | None
    bytes_by_format: Mapping[str, int]
    """Approximate size of the default download, from its number of rows and a sample."""
    rows: int
    cite_text: str
    cite_query: str
    cited_words: str
    """The moment that a cited address names, "" for what is known now."""
    quality_note: str
    now: datetime
    places: tuple[tuple[float, float], ...] = ()
    """Where its stations or rows lie: longitude and latitude."""


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file; whoever takes it closes `stream`."""

    stream: BinaryIO
    size: int
    name: str
    media_type: str
    etag: str
