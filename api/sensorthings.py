"""OGC SensorThings 1.1, reading: `/api/v1/sensorthings/v1.1`."""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from api.answers import answered, body_of
from api.open_api import BASE, STANDARD, Answers, failures
from api.page_memory import kept
from api.schemas import regional
from api.schemas.asked import ThingsPath, ThingsQuery
from services.container import services

ROOT = f"{BASE}/sensorthings/v1.1"


def sensorthings_blueprint() -> APIBlueprint:
    """Serve the root, collections, entities and what they are linked with."""
    blueprint = APIBlueprint("sensorthings", __name__, url_prefix=ROOT, abp_tags=[STANDARD])
    answers: Answers = {200: regional.Collection, **failures()}

    @blueprint.get("", summary="Wurzel des Dienstes", responses=answers)
    def root() -> Response:
        return answered(services().api.sensorthings.root(_address()))

    @blueprint.get("/<path:path>", summary="Objekte und Listen", responses=answers)
    def read(path: ThingsPath, query: ThingsQuery) -> Response:  # noqa: ARG001  # for the document
        if not path.path.strip("/"):
            return answered(services().api.sensorthings.root(_address()))
        given = request.args.to_dict()
        found = services().api.sensorthings
        return kept(lambda: body_of(found.answer(_address(), path.path, given)))

    return blueprint


def _address() -> str:
    return f"{services().api.public_url}{ROOT}"
