"""What the poll of the screens asks: the version of what is shown, the clock, what waits."""

from typing import Any

from flask import Blueprint, Response, jsonify

from api.problems import UNAVAILABLE, problem
from components.backlog import backlog_words
from services.container import services
from services.errors import CockpitError
from services.people import identity
from services.people.model import Right

STALE_MARK = "-veraltet"
"""A calculation that stands still is news too: pages then say so.

For who may watch, the version also changes with each alarm.
"""


def status_blueprint() -> Blueprint:
    """Serve /api/v1/status, never cached."""
    blueprint = Blueprint("status", __name__)

    @blueprint.get("/api/v1/status")
    def status() -> tuple[Response, int]:
        try:
            found = services().situation
            clock = found.clock.view()
            version = f"{found.version()}{STALE_MARK if found.situation().is_stale else ''}"
            if identity.may(Right.WATCH):
                version += f"-{services().alarms.version()}"
        except CockpitError as error:
            return problem(UNAVAILABLE, error.user_message, notice=_notice()), UNAVAILABLE
        body = {
            "version": version,
            "now": clock.now.isoformat(),
            "speed": clock.speed,
            "notice": _notice(),
        }
        return _answer(body), 200

    return blueprint


def _notice() -> str:
    return backlog_words(services().health.waiting())


def _answer(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response
