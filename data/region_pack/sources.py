"""The sources of a region (`sources.toml`): where data is fetched or taken from, and on what terms.

The options of a source depend on its kind; whoever knows the kinds checks them
(`services.sources.kinds`).
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from data.region_pack.columns import (
    Slug,
    Text,
)
from data.region_pack.toml_file import read_toml, require_once

FILE = "sources.toml"
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]


class SourceEntry(BaseModel):
    """One source: of which kind, where, how often, who publishes it and on what terms."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: Slug
    kind: Slug
    title: Text
    url: Address | None = None
    every_min: Annotated[float, Field(ge=1, le=44_640)]
    enabled: bool
    publisher: Text
    licence: Text
    agreement: Literal["open", "contracted", "missing"]
    terms: str = ""
    options: dict[str, Any] = Field(default_factory=dict)


class SourceFile(BaseModel):
    """All sources of a region."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: tuple[SourceEntry, ...] = ()


def load_sources(directory: Path) -> tuple[SourceEntry, ...]:
    """Return the region's sources in their order; a region without the file has none.

    Raises
    ------
    RegionPackError
        With every fault of the file.
    """
    found = read_toml(directory, FILE, SourceFile)
    if found is None:
        return ()
    require_once(directory, FILE, "source.id", (entry.id for entry in found.source))
    return found.source
