"""NGSI-LD: notifications of a context broker in, our own gauges as `WaterObserved` out."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from api.ngsi_ld_entities import CONTEXT, TYPE, entity
from api.uplinks import RefusedError, Webhook, problem, utc_now
from components import urls
from services.container import services
from services.errors import StoreUnavailableError
from services.ingestion.mqtt_settings import MAX_BODY_BYTES
from services.ingestion.ngsi_ld import source
from services.ingestion.spool import Spool

DEFAULT_LIMIT, MOST_ENTITIES = 20, 1000
JSON_LD = "application/ld+json"
LINK = f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="{JSON_LD}"'
BAD_REQUEST, UNAVAILABLE = 400, 503
PROBLEMS = {
    BAD_REQUEST: ("https://uri.etsi.org/ngsi-ld/errors/BadRequestData", "Ungültige Anfrage"),
    UNAVAILABLE: ("https://uri.etsi.org/ngsi-ld/errors/InternalError", "Zurzeit nicht verfügbar"),
}
FORMS = frozenset({"normalized", "keyValues", "simplified"})


class _QueryError(Exception):
    """A query parameter is not usable; the text is a German sentence."""


def ngsi_ld_blueprint(
    spool: Spool,
    token: str | None,
    max_bytes: int = MAX_BODY_BYTES,
    now: Callable[[], datetime] = utc_now,
    origin: str = "live",
) -> Blueprint:
    """Serve `entities`, and with a token `notify`, which answers 202 once a message is on disk."""
    blueprint = Blueprint("ngsi-ld", __name__)

    @blueprint.get(f"{urls.API}/ngsi-ld/entities")
    def query_entities() -> Response:
        try:
            return _entities()
        except _QueryError as error:
            return _problem(BAD_REQUEST, str(error))
        except StoreUnavailableError as error:
            return _problem(UNAVAILABLE, error.user_message)

    if token:
        topics = {source.NAME: source.TOPIC}
        webhook = Webhook(spool, token, max_bytes, now, origin, topics)

        @blueprint.post(f"{urls.API}/ngsi-ld/notify")
        def take_notification() -> Response:
            try:
                return webhook.take(source.NAME)
            except RefusedError as error:
                return problem(error)

    return blueprint


def _entities() -> Response:
    limit = _whole("limit", DEFAULT_LIMIT, MOST_ENTITIES)
    offset = _whole("offset", 0, 10**9)
    form = request.args.get("format") or request.args.get("options") or "normalized"
    if form not in FORMS:
        raise _QueryError(f"options kennt nur {', '.join(sorted(FORMS))}.")
    wanted, ids, attrs = (_names(name) for name in ("type", "id", "attrs"))
    if not wanted and not ids and not attrs:
        raise _QueryError("Eine der Angaben type, id oder attrs muss da sein.")
    site = services().site
    found = [
        entity(gauge, site, is_short=form != "normalized")
        for gauge in services().situation.situation().gauges
        if gauge.is_connected and gauge.value is not None
    ]
    found = [
        _chosen(item, attrs)
        for item in found
        if (not wanted or TYPE in wanted)
        and (not ids or item["id"] in ids)
        and (not attrs or attrs & set(item))
    ]
    return _answer(found[offset : offset + limit], len(found))


def _chosen(item: dict[str, Any], attrs: frozenset[str]) -> dict[str, Any]:
    return {
        name: value
        for name, value in item.items()
        if not attrs or name in attrs or name in {"id", "type"}
    }


def _answer(found: list[dict[str, Any]], count: int) -> Response:
    is_linked_data = JSON_LD in request.headers.get("Accept", "")
    if is_linked_data:
        found = [{"@context": [CONTEXT], **item} for item in found]
    response = Response(
        json.dumps(found, ensure_ascii=False),
        content_type=JSON_LD if is_linked_data else "application/json",
    )
    if not is_linked_data:
        response.headers["Link"] = LINK
    if request.args.get("count") == "true":
        response.headers["NGSILD-Results-Count"] = str(count)
    return response


def _names(key: str) -> frozenset[str]:
    return frozenset(name.strip() for name in request.args.get(key, "").split(",") if name.strip())


def _whole(key: str, default: int, most: int) -> int:
    text = request.args.get(key, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        raise _QueryError(f"{key} ist keine ganze Zahl von 0 bis {most}.")
    if int(text) > most:
        raise _QueryError(f"{key} ist größer als {most}.")
    return int(text)


def _problem(status: int, detail: str) -> Response:
    kind, title = PROBLEMS[status]
    content = {"type": kind, "title": title, "status": status, "detail": detail}
    return Response(
        json.dumps(content, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
    )
