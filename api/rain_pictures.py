"""The pictures of the rain loop, below each other in one file."""

from flask import Blueprint, Response, request

from api.problems import NOT_FOUND, problem
from services.container import services
from services.errors import UnknownResourceError

MAX_AGE_S = 3600
VERSION_MAX = 60


def rain_pictures_blueprint() -> Blueprint:
    """Serve /api/v1/rain-pictures.png?v=VERSION; a version never changes."""
    blueprint = Blueprint("rain-pictures", __name__)

    @blueprint.get("/api/v1/rain-pictures.png")
    def pictures() -> tuple[Response, int]:
        try:
            body = services().wall.rain.strip(request.args.get("v", "")[:VERSION_MAX])
        except UnknownResourceError as error:
            return problem(NOT_FOUND, error.user_message), NOT_FOUND
        response = Response(body, content_type="image/png")
        response.cache_control.public = True
        response.cache_control.max_age = MAX_AGE_S
        return response, 200

    return blueprint
