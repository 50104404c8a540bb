"""hochwasser.rlp.de: options and requests. Not a contracted interface: off unless agreed."""

from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field

from data.region_pack.columns import Slug
from services.ingestion.options import SourceOptions

NAME = "lhp"
MOST_SITES = 100


class Site(SourceOptions):
    """A measurement site: its number there, the gauge of the pack, and who runs it."""

    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,32}$")]
    gauge_id: Slug
    site_type: Literal["state", "municipal"]


class Options(SourceOptions):
    """The sites to ask for."""

    sites: Annotated[tuple[Site, ...], Field(min_length=1, max_length=MOST_SITES)]


def site_url(base: str, site: Site) -> str:
    """Return the address of one measurement site."""
    return f"{base}/measurement-site/{quote(site.number, safe='')}"
