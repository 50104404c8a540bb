"""A server of OGC SensorThings 1.1 (FROST and others): options and requests."""

from datetime import datetime
from typing import Annotated
from urllib.parse import quote, urljoin, urlsplit

from pydantic import Field

from data.region_pack.columns import Slug
from services.ingestion.options import SourceOptions
from services.ingestion.units import ALLOWED
from services.sources.errors import SourceUnavailableError

NAME = "sensorthings"
MOST_STREAMS = 100
PropertyName = Annotated[str, Field(pattern=f"^({'|'.join(ALLOWED)})$")]


class Stream(SourceOptions):
    """A datastream there, and what it is here; `unit` where the server's own is no symbol."""

    datastream: Annotated[str, Field(pattern=r"^(\d{1,18}|'[^'\s]{1,100}')$")]
    thing_id: Slug
    observed_property: PropertyName
    unit: str = ""


class Options(SourceOptions):
    """Which datastreams, how far back, and what the server's quality means.

    A `resultQuality` means something else on every server: a status "9" is good on one and missing
    on another. It counts only where `quality_key` says where it stands and `good` what good is.
    """

    streams: Annotated[tuple[Stream, ...], Field(min_length=1, max_length=MOST_STREAMS)]
    history_h: Annotated[int, Field(ge=1, le=744)] = 24
    page_size: Annotated[int, Field(ge=1, le=1000)] = 200
    most_pages: Annotated[int, Field(ge=1, le=50)] = 5
    quality_key: str = ""
    good: tuple[str, ...] = ()


def stream_url(base: str, stream: Stream) -> str:
    """Return the address of a datastream with its thing and place."""
    name = f"Datastreams({quote(stream.datastream, safe='')})"
    return f"{base}/{name}?$expand=Thing($expand=Locations)"


def observations_url(base: str, stream: Stream, options: Options, since: datetime) -> str:
    """Return the address of the first page of a datastream's observations, newest first."""
    name = f"Datastreams({quote(stream.datastream, safe='')})"
    start = quote(f"phenomenonTime ge {since:%Y-%m-%dT%H:%M:%SZ}", safe="")
    return (
        f"{base}/{name}/Observations?$filter={start}"
        f"&$orderby=phenomenonTime%20desc&$top={options.page_size}"
    )


def next_page(base: str, link: str) -> str:
    """Return the address of the next page if it is on the same server.

    Raises
    ------
    SourceUnavailableError
        When it leads elsewhere.
    """
    try:
        url = urljoin(f"{base}/", link)
        there, here = urlsplit(url), urlsplit(base)
        is_same = (there.scheme, there.netloc) == (here.scheme, here.netloc)
    except ValueError as error:
        raise SourceUnavailableError("der Verweis auf die nächste Seite ist unlesbar") from error
    if not is_same:
        raise SourceUnavailableError("die nächste Seite liegt auf einem anderen Server")
    return url
