"""Files of the data sets: `/api/v1/datasets/<id>/download.<ending>` and their description."""

import json

from flask import Blueprint, Response, request
from werkzeug.wsgi import FileWrapper

from api.sentences import refused
from services.catalogue.model import Download
from services.container import services
from services.errors import BadParameterError, CockpitError, UnknownDatasetError

BUFFER = 64 * 1024
STATUS = {BadParameterError: 400, UnknownDatasetError: 404}


def downloads_blueprint() -> Blueprint:
    """Serve files and descriptions."""
    blueprint = Blueprint("downloads", __name__, url_prefix="/api/v1/datasets")

    @blueprint.get("/<dataset_id>/download.<ending>")
    def download(dataset_id: str, ending: str) -> Response:
        try:
            found = services().catalogue.download(dataset_id, ending, request.args.to_dict())
        except CockpitError as error:
            return refused(error, STATUS.get(type(error), 503))
        return _file(found)

    @blueprint.get("/<dataset_id>/metadata.json")
    def metadata(dataset_id: str) -> Response:
        try:
            found = services().catalogue.metadata(dataset_id, request.args.to_dict())
        except CockpitError as error:
            return refused(error, STATUS.get(type(error), 503))
        body = json.dumps(found, ensure_ascii=False, indent=2)
        return Response(body, content_type="application/json; charset=utf-8")

    return blueprint


def _file(found: Download) -> Response:
    is_text = found.media_type.startswith("text/")
    kind = f"{found.media_type}; charset=utf-8" if is_text else found.media_type
    response = Response(FileWrapper(found.stream, BUFFER), content_type=kind)
    response.call_on_close(found.stream.close)
    response.content_length = found.size
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(found.etag, weak=True)
    response.make_conditional(request)
    return response
