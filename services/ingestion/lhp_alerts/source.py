"""Flood warnings of the states from the LHP's public interface: options and the one request."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import Field

from services.ingestion.options import SourceOptions

NAME = "lhp-alerts"
MAX_BYTES = 20_000_000
State = Literal[
    "BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"
]


class Options(SourceOptions):
    """The states whose warnings are asked for, and how near an area must be to concern us."""

    states: Annotated[tuple[State, ...], Field(min_length=1, max_length=16)]
    within_km: Annotated[float, Field(ge=0, le=100)] = 2.0
    """From a gauge or place of the region (estimate: areas are drawn coarsely)."""


def alerts_url(base: str, options: Options) -> str:
    """Return the address of the present warnings, with their CAP blocks."""
    return f"{base}/data/alerts?{urlencode({'states': ','.join(options.states), 'cap': 'true'})}"
