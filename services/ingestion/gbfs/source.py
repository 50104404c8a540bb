"""General Bikeshare Feed Specification 2.x and 3.0 (MobilityData): options and what is asked for.

The address of the source is that of the auto-discovery file `gbfs.json`.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from services.ingestion.options import SourceOptions

NAME = "gbfs"
INFORMATION, STATUS = "station_information", "station_status"
MOST_STATIONS = 5000


class Options(SourceOptions):
    """Language of a 2.x feed, the beginning of our names of its stations, which of them."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "de"
    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,19}$")] = "gbfs"
    only: Annotated[tuple[str, ...], Field(max_length=MOST_STATIONS)] = ()
    """Ids of stations; none: all that lie in or near the region."""
