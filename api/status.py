"""What the poll of the screens asks: the version of what is shown, and the clock."""

from typing import Any

from flask import Blueprint, Response, jsonify

from services.container import services
from services.errors import CockpitError

STALE_MARK = "-veraltet"
"""A calculation that stands still is news too: pages then say so."""


def status_blueprint() -> Blueprint:
    """Serve /api/v1/status, never cached."""
    blueprint = Blueprint("status", __name__)

    @blueprint.get("/api/v1/status")
    def status() -> tuple[Response, int]:
        try:
            found = services().situation
            clock = found.clock.view()
            version = f"{found.version()}{STALE_MARK if found.situation().is_stale else ''}"
        except CockpitError as error:
            return _answer({"error": error.user_message}), 503
        body = {"version": version, "now": clock.now.isoformat(), "speed": clock.speed}
        return _answer(body), 200

    return blueprint


def _answer(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response
