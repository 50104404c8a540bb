"""A table of a statistical office (Destatis, state offices) at an address: options.

Flat files with one row for each municipality and period, as CSV or Excel. Cross tables are imported
by hand (`/daten/hochladen`), where a person sees what a column means.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data.region_pack.columns import (
    Slug,
    Text,
)
from services.ingestion.options import SourceOptions

NAME = "statistics"
MAX_BYTES = 100_000_000


class Options(SourceOptions):
    """Which indicator the table holds, in which columns, and how many lines stand above it."""

    indicator: Slug
    title: Text
    unit: Text
    ags_column: Text
    value_column: Text
    period_column: str = ""
    period: Annotated[str, StringConstraints(pattern=r"^(|\d{4}(-\d{2}|-Q[1-4])?)$")] = ""
    decimal: Literal["", ",", "."] = ""
    skip: Annotated[int, Field(ge=0, le=50)] = 0
    sheet: str = ""
