"""Sources and visits by hand: bodies by address, no network."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from data.region_pack.sources import SourceEntry
from services.region import Region
from services.sources.errors import SourceUnavailableError
from services.sources.model import Answer, Ask, Request, Visit

NOW = datetime(2023, 7, 26, 17, 20, tzinfo=UTC)
URL = "https://source.example"


def entry(kind: str, options: Mapping[str, object] | None = None, **changes) -> SourceEntry:
    values = {
        "id": "quelle",
        "kind": kind,
        "title": "Quelle",
        "url": URL,
        "every_min": 15,
        "enabled": True,
        "publisher": "test",
        "licence": "test",
        "agreement": "open",
        "options": options or {},
        **changes,
    }
    return SourceEntry.model_validate(values)


def visit(
    source: SourceEntry,
    region: Region,
    bodies: Mapping[str, bytes],
    now: datetime = NOW,
    ask: Ask | None = None,
) -> Visit:
    """A visit that finds a body under the beginning of its address, the longest one first."""

    def fetch(request: Request) -> Answer:
        for start in sorted(bodies, key=len, reverse=True):
            if request.url.removeprefix(URL).startswith(start):
                return Answer(request.url, 200, bodies[start])
        raise SourceUnavailableError("Status 404", status=404)

    return Visit(source, region, now, fetch, ask=ask)


def with_sources(region: Region, *sources: SourceEntry) -> Region:
    return replace(region, sources=sources)
