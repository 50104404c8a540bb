"""A timetable in the form of GTFS Schedule (zip of text tables): options and limits."""

from typing import Annotated

from pydantic import Field

from services.ingestion.options import SourceOptions

NAME = "gtfs"
MAX_BYTES = 300_000_000
"""The zip as it is sent: a feed of all of Germany has about 250 MB (estimate)."""


class Options(SourceOptions):
    """How much may be lost against the last accepted delivery before numbers are withheld."""

    most_lost_stop_times: Annotated[float, Field(gt=0, le=1)] = 0.5
    most_lost_stops: Annotated[float, Field(gt=0, le=1)] = 0.2
    most_orphans: Annotated[float, Field(gt=0, le=1)] = 0.05
