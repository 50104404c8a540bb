"""Weather warnings of the DWD as CAP 1.2 (a zip of XML messages): options."""

from typing import Annotated

from pydantic import Field

from services.ingestion.options import SourceOptions

NAME = "dwd-cap"
MAX_BYTES = 40_000_000
WARNCELL = Annotated[str, Field(pattern=r"^\d{1,12}$")]


class Options(SourceOptions):
    """Whose warnings are kept: cells that begin so (for example `807137`); none means all."""

    warncells: Annotated[tuple[WARNCELL, ...], Field(max_length=200)] = ()
