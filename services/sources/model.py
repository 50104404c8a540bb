"""What passes between the parts of a source: requests, answers, and what came out of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from data.region_pack.sources import SourceEntry
from data.rejected import RejectedRow
from data.things import StreamRow
from services.ingestion.model import Reading
from services.region import Region

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. Only a source's one and only request may be `conditional` (ETag)."""

    url: str
    is_conditional: bool = False
    max_bytes: int = 20 * MEGABYTE
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a body by; empty where it gave nothing."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with the address that it came from in the end."""

    url: str
    status: int
    body: bytes
    validators: Validators = Validators()
    date: str = ""
    """The Date header, and below when its head was here: a body may take long."""
    headed_at: datetime | None = None


Answered = TypeVar("Answered")
Fetch = Callable[[Request], Answer]
"""Gets a request's answer; raises SourceUnavailableError or NotModified."""

HttpGet = Callable[[Request, Validators], Answer]
"""The same with the validators of the body that is stored."""


@dataclass(frozen=True, slots=True)
class MissingValue:
    """A value that the source marks as missing: kept as such, with the reason."""

    datastream_key: str
    phenomenon_time: datetime
    raw_value: float | None
    reason: str
    origin: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one visit to a source gave; `store` keeps rows other than readings, in one go with them.

    `items` counts what the source sent, `newest_at` is its newest instant where that is not the
    newest reading, `notes` are German sentences for the screen (a station twice, say).
    """

    streams: tuple[StreamRow, ...] = ()
    readings: tuple[Reading, ...] = ()
    missing: tuple[MissingValue, ...] = ()
    rejects: tuple[RejectedRow, ...] = ()
    notes: tuple[str, ...] = ()
    items: int = 0
    newest_at: datetime | None = None
    store: Callable[[Session], int] | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a source: who, when, and how to fetch."""

    entry: SourceEntry
    region: Region
    now: datetime
    fetch: Fetch
    origin: str = "live"
    ask: "Ask | None" = None
    """Asks our own store: what an earlier visit left there."""

    @property
    def url(self) -> str:
        """Return the address of the source; the registry has checked that there is one."""
        return self.entry.url or ""


class Ask(Protocol):
    """Answers a question to the store in a session of its own."""

    def __call__(self, question: Callable[[Session], Answered], /) -> Answered:
        """Return the answer."""


class Collector(Protocol):
    """What a kind of source does on a visit: fetch, parse, map."""

    def __call__(self, visit: Visit) -> Harvest:
        """Return what the source has.

        Raises
        ------
        SourceUnavailableError, SourceFormatError
            When it does not answer, or not in its format.
        """
