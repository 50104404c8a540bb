"""The sources of a region (`sources.toml`): where data is fetched or taken from, and on what terms.

The options of a source depend on its kind; whoever knows the kinds checks them
(`services.sources.kinds`).
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from data.region_pack.faults import IS_FOLDER, Fault, RegionPackError
from data.region_pack.reasons import where_and_why
from data.region_pack.rows import Slug, Text

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
    path = directory / FILE
    if path.is_dir():
        raise RegionPackError(str(directory), [Fault(FILE, 0, "", IS_FOLDER)])
    if not path.is_file():
        return ()
    try:
        found = SourceFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = f"nicht lesbar als TOML in UTF-8: {error}"
        raise RegionPackError(str(directory), [Fault(FILE, 0, "", reason)]) from error
    except ValidationError as error:
        faults = [Fault(FILE, 0, *where_and_why(item)) for item in error.errors()]
        raise RegionPackError(str(directory), faults) from error
    twice = [name for name, count in Counter(s.id for s in found.source).items() if count > 1]
    if twice:
        faults = [Fault(FILE, 0, "source.id", f"„{name}“ steht zweimal da") for name in twice]
        raise RegionPackError(str(directory), faults)
    return found.source
