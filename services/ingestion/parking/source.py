"""Parking sites in the forms of ParkAPI: version 1 (`lots`) and 3 (`items`): options."""

from typing import Annotated

from pydantic import Field, StringConstraints

from services.ingestion.options import SourceOptions

NAME = "parkapi"
MOST_SITES = 2000


class Options(SourceOptions):
    """The beginning of our names of the sites, and which of them; none: all near the region."""

    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,19}$")] = "parken"
    only: Annotated[tuple[str, ...], Field(max_length=MOST_SITES)] = ()
