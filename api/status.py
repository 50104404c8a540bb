"""What the poll of the screens asks: the version of what is shown, the clock, what waits.

The version changes with each run, each text of the duty officer and, for who may watch, each alarm
and entry of the journal.
"""

from typing import Any

from flask import Blueprint, Response, jsonify

from api.problems import UNAVAILABLE, problem
from components.backlog import backlog_words
from components.shell.banner import pace_words
from services.container import services
from services.errors import CockpitError
from services.people import identity
from services.people.model import Right


def status_blueprint() -> Blueprint:
    """Serve /api/v1/status, never cached by anybody outside."""
    blueprint = Blueprint("status", __name__)

    @blueprint.get("/api/v1/status")
    def status() -> tuple[Response, int]:
        try:
            found = services().situation
            clock = found.clock.view()
            version = f"{found.version()}-{services().notes.version()}"
            if identity.may(Right.WATCH):
                version += f"-{services().alarms.polled_version()}"
                version += f"-{services().journal.reading.polled_version()}"
                version += f"-{services().sources.version()}"
        except CockpitError as error:
            return problem(UNAVAILABLE, error.user_message, notice=_notice()), UNAVAILABLE
        body = {
            "version": version,
            "now": clock.now.isoformat(),
            "speed": clock.speed,
            "notice": _notice(),
            **_drill(),
        }
        return _answer(body), 200

    return blueprint


def _drill() -> dict[str, Any]:
    """Return what every page of a drill shows of it, nothing in real operation."""
    if not services().site.is_drill:
        return {}
    found = services().drills.desk.view()
    speed = 0.0 if found.is_paused else found.speed
    return {"drill": {"pace": pace_words(speed), "remark": found.remark}}


def _notice() -> str:
    return backlog_words(services().health.waiting())


def _answer(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response
