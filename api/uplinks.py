"""Webhooks for uplinks of ChirpStack and The Things Stack: authenticated, bounded, kept on disk.

202 means that the message is on disk. What an authenticated sender gets wrong (another type, no
JSON, too large) is kept as well, so that it is counted and can be looked at, and is answered with
the reason.
"""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Blueprint, Response, request

from services.ingestion.chirpstack import source as chirpstack
from services.ingestion.json_text import JsonFault, parse_object
from services.ingestion.mqtt_settings import MAX_BODY_BYTES
from services.ingestion.spool import Spool, SpoolError
from services.ingestion.spooled import HEAD_BYTES, SpooledMessage, oversized
from services.ingestion.tts import source as tts

RETRY_AFTER_S = 30
TOPICS = {
    chirpstack.NAME: chirpstack.WEBHOOK_TOPIC + chirpstack.UP,
    tts.NAME: tts.WEBHOOK_TOPIC,
}

ACCEPTED, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 202, 400, 401, 403, 404
TOO_LARGE, UNSUPPORTED_TYPE, UNAVAILABLE = 413, 415, 503

TITLES = {
    BAD_REQUEST: "Ungültige Nachricht",
    UNAUTHORIZED: "Anmeldung fehlt",
    FORBIDDEN: "Zugriff verweigert",
    NOT_FOUND: "Unbekannte Quelle",
    TOO_LARGE: "Nachricht zu groß",
    UNSUPPORTED_TYPE: "Falscher Inhaltstyp",
    UNAVAILABLE: "Zurzeit nicht aufnahmebereit",
}


def utc_now() -> datetime:
    """Return the wall clock's instant."""
    return datetime.now(UTC)


class RefusedError(Exception):
    """A request is answered with a problem."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Webhook:
    """What a route works with; `topics` are the sources that it takes, with their topic."""

    spool: Spool
    token: str
    max_bytes: int
    now: Callable[[], datetime]
    origin: str
    topics: Mapping[str, str] = field(default_factory=lambda: TOPICS)

    def take(self, source: str) -> Response:
        """Take one message of a source, or say why not."""
        self._authenticate()
        if source not in self.topics:
            known = ", ".join(self.topics)
            raise RefusedError(NOT_FOUND, f"Diese Quelle gibt es nicht; bekannt sind {known}.")
        if source == chirpstack.NAME and request.args.get("event", chirpstack.UP) != chirpstack.UP:
            return answer(ACCEPTED, {"status": "übergangen"})
        body = self._body(source)
        if not request.is_json:
            self._keep_foreign(source, body)
            raise RefusedError(
                UNSUPPORTED_TYPE, "Erwartet wird JSON (Content-Type: application/json)."
            )
        self._put(SpooledMessage(source, self.topics[source], self.now(), body, self.origin))
        found = parse_object(body)
        if isinstance(found, JsonFault):
            raise RefusedError(BAD_REQUEST, found.reason)
        return answer(ACCEPTED, {"status": "angenommen"})

    def _authenticate(self) -> None:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not given.strip():
            raise RefusedError(
                UNAUTHORIZED, "Der Kopf „Authorization: Bearer <Token>“ fehlt in der Anfrage."
            )
        if not hmac.compare_digest(given.strip().encode(), self.token.encode()):
            raise RefusedError(FORBIDDEN, "Der Token stimmt nicht; bitte im Netzserver prüfen.")

    def _body(self, source: str) -> bytes:
        """Read the body, never more of it than allowed."""
        announced = request.content_length or 0
        if announced > self.max_bytes:
            head = request.stream.read(HEAD_BYTES)
        else:
            head = request.stream.read(self.max_bytes + 1)
        size = max(announced, len(head))
        if size > self.max_bytes:
            self._put(oversized(source, self.topics[source], self.now(), head, size, self.origin))
            raise RefusedError(
                TOO_LARGE, f"Nachricht hat {size} Bytes, erlaubt sind {self.max_bytes}."
            )
        return head

    def _keep_foreign(self, source: str, body: bytes) -> None:
        given = request.content_type or "fehlt"
        reason = f"Inhaltstyp ist nicht application/json, sondern: {given}"
        at = self.now()
        self._put(
            SpooledMessage(source, self.topics[source], at, body, self.origin, refusal=reason)
        )

    def _put(self, message: SpooledMessage) -> None:
        try:
            self.spool.put([message])
        except SpoolError as error:
            raise RefusedError(UNAVAILABLE, error.user_message) from error


def create_blueprint(
    spool: Spool,
    token: str | None,
    max_bytes: int = MAX_BODY_BYTES,
    now: Callable[[], datetime] = utc_now,
    origin: str = "live",
) -> Blueprint:
    """Serve POST /api/v1/uplinks/chirpstack and /tts; without a token there is no such address.

    `now` and `origin` mark what comes in: with a replayed recording both are the recording's.
    """
    blueprint = Blueprint("uplinks", __name__)
    if not token:
        return blueprint
    webhook = Webhook(spool, token, max_bytes, now, origin)

    @blueprint.post("/api/v1/uplinks/<source>")
    def take_uplink(source: str) -> Response:
        try:
            return webhook.take(source)
        except RefusedError as error:
            return problem(error)

    return blueprint


def answer(status: int, content: dict[str, str]) -> Response:
    """Answer with JSON."""
    body = json.dumps(content, ensure_ascii=False)
    return Response(body, status=status, content_type="application/json")


def problem(error: RefusedError) -> Response:
    """Answer with the reason of a refusal."""
    content = {
        "type": "about:blank",
        "title": TITLES[error.status],
        "status": error.status,
        "detail": error.detail,
    }
    response = Response(
        json.dumps(content, ensure_ascii=False),
        status=error.status,
        content_type="application/problem+json",
    )
    if error.status == UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if error.status == UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response
