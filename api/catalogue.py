"""The catalogue for machines: DCAT-AP.de as JSON-LD, RDF/XML and Turtle."""

import hashlib

from flask import Blueprint, Response, request

from api.sentences import refused
from services.catalogue.dcat import NOTATIONS, catalogue_graph, serialized
from services.container import services
from services.errors import CockpitError

TAG_LENGTH = 20
MAX_AGE_S = 60


def catalogue_blueprint() -> Blueprint:
    """Serve the catalogue by ending, and by what the client accepts."""
    blueprint = Blueprint("catalogue", __name__, url_prefix="/api/v1")

    @blueprint.get("/catalog.<ending>")
    def by_ending(ending: str) -> Response:
        if ending not in NOTATIONS:
            words = f"Den Katalog gibt es als {', '.join(NOTATIONS)}."
            return refused(CockpitError(user_message=words), 404)
        return _written(ending)

    @blueprint.get("/catalog")
    def by_acceptance() -> Response:
        endings = {media: ending for ending, (_, media) in NOTATIONS.items()}
        best = request.accept_mimetypes.best_match(list(endings), default="application/ld+json")
        response = _written(endings[best or "application/ld+json"])
        response.vary.add("Accept")
        return response

    return blueprint


def _written(ending: str) -> Response:
    try:
        body = serialized(catalogue_graph(services().catalogue), ending)
    except CockpitError as error:
        return refused(error, 503)
    response = Response(body, content_type=f"{NOTATIONS[ending][1]}; charset=utf-8")
    response.set_etag(hashlib.sha256(body).hexdigest()[:TAG_LENGTH], weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    response.headers["Content-Disposition"] = f'inline; filename="catalog.{ending}"'
    return response
