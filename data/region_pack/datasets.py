"""The catalogue of a region (`datasets.toml`): its data sets, their providers, who publishes."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from data.region_pack.columns import (
    Slug,
    Text,
)
from data.region_pack.dataset_codes import (
    RESERVED,
    STATIC,
    Frequency,
    Holds,
    Hvd,
    Licence,
    Property,
    Theme,
)
from data.region_pack.faults import IS_FOLDER, Fault, RegionPackError
from data.region_pack.reasons import where_and_why

FILE = "datasets.toml"
SUMMARY_MAX = 160
"""Characters of the one line under a title."""
Web = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class CatalogueInfo(_Frozen):
    """The catalogue itself: its title, who publishes it, where to ask."""

    title: Text
    description: Text
    publisher: Slug
    contact_name: Text
    contact_url: Web


class ProviderRow(_Frozen):
    """Someone in the region who has data; connected is who has one here that holds values."""

    id: Slug
    name: Text
    homepage: str = ""
    estimate: bool = False
    """Counted by judgement, nobody has confirmed that there are data to connect."""


class DatasetRow(_Frozen):
    """One data set: what it is, what it holds, who made it, on which terms it may be used."""

    id: Slug
    title: Text
    summary: Annotated[Text, StringConstraints(max_length=SUMMARY_MAX)]
    description: Text
    provider: Slug
    holds: Holds
    things: tuple[Slug, ...] = ()
    properties: tuple[Property, ...] = ()
    licence: Licence
    licence_provisional: bool = False
    attribution: Text
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    hvd: Hvd | None = None
    keywords: Annotated[tuple[Text, ...], Field(min_length=1)]
    frequency: Frequency
    issued: date
    updated: date | None = None
    temporal_start: date | None = None
    interval_min: Annotated[float, Field(gt=0, le=1440)] | None = None


class DatasetFile(_Frozen):
    """All data sets of a region with their providers."""

    catalogue: CatalogueInfo
    provider: tuple[ProviderRow, ...]
    dataset: tuple[DatasetRow, ...]


def load_datasets(directory: Path) -> DatasetFile | None:
    """Return the region's catalogue; a region without the file has none.

    Raises
    ------
    RegionPackError
        With every fault of the file.
    """
    path = directory / FILE
    if path.is_dir():
        raise RegionPackError(str(directory), [Fault(FILE, 0, "", IS_FOLDER)])
    if not path.is_file():
        return None
    try:
        found = DatasetFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegionPackError(str(directory), [Fault(FILE, 0, "", str(error))]) from error
    except ValidationError as error:
        faults = [Fault(FILE, 0, *where_and_why(item)) for item in error.errors()]
        raise RegionPackError(str(directory), faults) from error
    faults = list(_faults(found))
    if faults:
        raise RegionPackError(str(directory), faults)
    return found


def _faults(found: DatasetFile) -> Iterator[Fault]:
    providers = {row.id for row in found.provider}
    for table, rows in (("provider", found.provider), ("dataset", found.dataset)):
        counted = Counter(row.id for row in rows)
        for name in (name for name, count in counted.items() if count > 1):
            yield Fault(FILE, 0, f"{table}.id", f"„{name}“ steht zweimal da")
    named = [("catalogue.publisher", found.catalogue.publisher)]
    named += [(f"{row.id}.provider", row.provider) for row in found.dataset]
    for where, name in named:
        if name not in providers:
            yield Fault(FILE, 0, where, f"„{name}“ ist kein provider")
    for row in found.dataset:
        yield from _row_faults(row)


def _row_faults(row: DatasetRow) -> Iterator[Fault]:
    if row.id in RESERVED:
        yield Fault(FILE, 0, "dataset.id", f"„{row.id}“ ist der Name einer Seite")
    if row.holds == "series" and not (row.things and row.properties):
        yield Fault(FILE, 0, f"{row.id}.things", "eine Zeitreihe nennt things und properties")
    if row.holds == "series" and row.interval_min is None:
        yield Fault(FILE, 0, f"{row.id}.interval_min", "fehlt: Abstand zweier Werte der Zeitreihe")
    if row.holds in STATIC and row.updated is None:
        yield Fault(FILE, 0, f"{row.id}.updated", "fehlt: Stand der Tabelle")
