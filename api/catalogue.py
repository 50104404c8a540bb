"""The catalogue for machines: DCAT-AP.de as JSON-LD, RDF/XML and Turtle."""

import hashlib

from flask import Blueprint, Response, current_app, request

from services.catalogue.dcat import NOTATIONS, catalogue_graph, catalogue_state, serialized
from services.container import services
from services.errors import UnknownDatasetError

TAG_LENGTH = 20
MAX_AGE_S = 60
NAME = "cockpit_catalogue"
Written = dict[str, tuple[str, bytes]]
"""By ending the tag of what was described, and the document."""


def catalogue_blueprint() -> Blueprint:
    """Serve the catalogue by ending, and by what the client accepts."""
    blueprint = Blueprint("catalogue", __name__, url_prefix="/api/v1")

    @blueprint.get("/catalog.<ending>")
    def by_ending(ending: str) -> Response:
        if ending not in NOTATIONS:
            words = f"Den Katalog gibt es als {', '.join(NOTATIONS)}."
            raise UnknownDatasetError(user_message=words)
        return _answer(ending)

    @blueprint.get("/catalog")
    def by_acceptance() -> Response:
        endings = {media: ending for ending, (_, media) in NOTATIONS.items()}
        best = request.accept_mimetypes.best_match(list(endings), default="application/ld+json")
        response = _answer(endings[best or "application/ld+json"])
        response.vary.add("Accept")
        return response

    return blueprint


def _answer(ending: str) -> Response:
    body, tag = _document(ending)
    response = Response(body, content_type=f"{NOTATIONS[ending][1]}; charset=utf-8")
    response.set_etag(tag, weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    response.headers["Content-Disposition"] = f'inline; filename="catalog.{ending}"'
    response.make_conditional(request)
    return response


def _document(ending: str) -> tuple[bytes, str]:
    """Return the document and its tag; it is written anew only when what it describes changed.

    Its bytes alone would tell nothing: nameless nodes are numbered afresh each time.
    """
    service = services().catalogue
    state = f"{ending}|{catalogue_state(service)}"
    tag = hashlib.sha256(state.encode()).hexdigest()[:TAG_LENGTH]
    kept: Written = current_app.extensions.setdefault(NAME, {})
    known = kept.get(ending)
    if known is None or known[0] != tag:
        known = kept[ending] = (tag, serialized(catalogue_graph(service), ending))
    return known[1], tag
