"""Files of the journal: PDF, CSV, photos, reports of shifts; the services check who may read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, request

from components import urls
from services.container import services
from services.journal.journal_search import JournalSearch
from services.local_time import instant_of

PDF, CSV = "application/pdf", "text/csv; charset=utf-8"
DRILL = "uebung-"


def journal_blueprint() -> Blueprint:
    """Serve the files."""
    blueprint = Blueprint("journal_files", __name__)

    @blueprint.get(urls.JOURNAL_PDF)
    def journal_pdf() -> Response:
        wanted, at = _asked(request.args)
        return attached(services().journal.pdf.entries(wanted.search(), at), PDF, "tagebuch.pdf")

    @blueprint.get(urls.JOURNAL_CSV)
    def journal_csv() -> Response:
        wanted, at = _asked(request.args)
        search = replace(wanted.search(), known_at=at)
        return attached(services().journal.csv.entries(search), CSV, "tagebuch.csv")

    @blueprint.get(urls.KNOWN_CSV)
    def known_csv() -> Response:
        _, at = _asked(request.args)
        instant = at or services().journal.reading.clock.now()
        return attached(services().journal.csv.known(instant), CSV, "wissensstand.csv")

    @blueprint.get(f"{urls.HANDOVER_PDF}/<int:entry_id>.pdf")
    def handover_pdf(entry_id: int) -> Response:
        body = services().journal.handover_pdf(entry_id)
        return attached(body, PDF, f"uebergabe-{entry_id}.pdf")

    @blueprint.get(f"{urls.JOURNAL_PHOTO}/<sha256>")
    def photo(sha256: str) -> Response:
        found = services().journal.reading.photo(sha256)
        response = Response(found.body, content_type=found.media_type)
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response

    return blueprint


def _asked(query: Mapping[str, str]) -> tuple[JournalSearch, datetime | None]:
    """Return what is searched and, if one is named, the instant of the knowledge."""
    reading = services().journal.reading
    wanted = JournalSearch.of(query, reading)
    at = query.get("wissensstand", "").strip()
    return wanted, instant_of(at, reading.region.timezone) if at else None


def attached(body: str | bytes, kind: str, name: str) -> Response:
    """Return a file to be kept; the name of one of a drill says so."""
    mark = DRILL if services().journal.reading.is_drill else ""
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{mark}{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
