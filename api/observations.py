"""Readings page by page: of a gauge, or of any datastream."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from api.answers import Body, body_of, next_link
from api.cursors import cursor_of, text_of_cursor
from api.envelope import envelope
from api.open_api import BASE, READ, Answers, failures
from api.page_memory import kept
from api.schemas import gauges
from api.schemas.asked import GaugePath, ObservationQuery, StreamPath
from services.api_views.instants import instant_of, text_of
from services.api_views.observations import ObservationPage, Question
from services.container import services

NOTICE = "Rohdaten, ungeprüft. Das Kennzeichen (flag) folgt QARTOD."
SUMMARY = "Messwerte, stündlich oder täglich zusammengefasst"


def observations_blueprint() -> APIBlueprint:
    """Serve pages of readings."""
    blueprint = APIBlueprint("observations", __name__, url_prefix=BASE, abp_tags=[READ])
    answers: Answers = {200: gauges.ObservationList, **failures()}

    @blueprint.get("/gauges/<gauge_id>/observations", summary=SUMMARY, responses=answers)
    def of_gauge(path: GaugePath, query: ObservationQuery) -> Response:
        found = services().api.observations
        return kept(lambda: _body(query, lambda asked: found.of_gauge(path.gauge_id, asked)))

    @blueprint.get("/datastreams/<path:key>/observations", summary=SUMMARY, responses=answers)
    def of_stream(path: StreamPath, query: ObservationQuery) -> Response:
        found = services().api.observations
        return kept(lambda: _body(query, lambda asked: found.of_stream(path.key, asked)))

    return blueprint


def _body(query: ObservationQuery, read: Callable[[Question], ObservationPage]) -> Body:
    page = read(_question(query))
    following = _following(page)
    address = f"{services().api.public_url}{request.path}"
    content = {
        **envelope("series", len(page.items)),
        "datastream": page.stream.key,
        "observed_property": page.stream.observed_property,
        "unit": page.stream.unit,
        "resolution": query.resolution,
        "start": text_of(page.start),
        "end": text_of(page.end),
        "as_of": query.as_of,
        "notice": NOTICE,
        "waiting_hours": page.waiting_hours,
        "next": following["cursor"] if following else None,
        "observations": page.items,
    }
    return body_of(content, link=next_link(address, following))


def _question(query: ObservationQuery) -> Question:
    return Question(
        resolution=query.resolution,
        start=_instant("start", query.start),
        end=_instant("end", query.end),
        as_of=_instant("as_of", query.as_of),
        flags=frozenset(int(flag) for flag in query.flags.split(",") if flag),
        limit=query.limit,
        after=_instant("cursor", text_of_cursor(query.cursor)),
    )


def _instant(name: str, text: str | None) -> datetime | None:
    return instant_of(name, text) if text else None


def _following(page: ObservationPage) -> dict[str, str] | None:
    """Return the query of the next page; the stretch is fixed, or it would move with the clock."""
    if page.next_after is None:
        return None
    given = {name: value for name, value in request.args.items() if name != "cursor"}
    given |= {"start": text_of(page.start), "end": text_of(page.end)}
    return {**given, "cursor": cursor_of(text_of(page.next_after.astimezone(UTC)))}
