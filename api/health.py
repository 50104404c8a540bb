"""What a watchdog, a load balancer and Prometheus ask; nothing of it is ever cached.

`live`: the process answers. `ready`: it may get traffic. `freshness`: what it shows is young enough
to act on; ask for this one every minute from another machine.
"""

import hmac
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from api.metrics import exposition
from services.container import services
from services.errors import CockpitError
from services.health.model import SourceHealth

OK, UNAUTHORIZED, NOT_FOUND, UNAVAILABLE = 200, 401, 404, 503
BEARER = "Bearer "


def health_blueprint(metrics_token: str) -> Blueprint:
    """Serve /healthz/… and, with a token, /metrics."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz/live")
    def live() -> Response:
        return _answer({"status": "ok", "build": services().site.build}, OK)

    @blueprint.get("/healthz/ready")
    def ready() -> Response:
        checks = services().health.checks()
        is_ready = all(check.is_ok for check in checks)
        body = {
            "status": "ok" if is_ready else "unavailable",
            "checks": [asdict(check) for check in checks],
        }
        return _answer(body, OK if is_ready else UNAVAILABLE)

    @blueprint.get("/healthz/freshness")
    def freshness() -> Response:
        try:
            found = services().health.freshness()
        except CockpitError as error:
            return _answer({"status": "degraded", "reason": error.user_message}, UNAVAILABLE)
        body = {
            **asdict(found),
            "sources": [_without_words(source) for source in found.sources],
            "status": "stale" if found.is_stale else "ok",
            "is_simulated": services().site.is_demo,
        }
        return _answer(body, UNAVAILABLE if found.is_stale else OK)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        if not metrics_token:
            abort(NOT_FOUND)
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"{BEARER}{metrics_token}".encode()):
            return Response("Anmeldung fehlt.\n", UNAUTHORIZED, {"WWW-Authenticate": "Bearer"})
        body, content_type = exposition()
        return Response(body, content_type=content_type)

    return blueprint


def _without_words(source: SourceHealth) -> dict[str, object]:
    """Leave out what a source said: it may name hosts, and anyone can ask here."""
    words = asdict(source)
    del words["message"]
    return words


def _answer(body: dict[str, Any], status: int) -> Response:
    response = jsonify(body)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
