"""Files of the data sets: `/api/v1/datasets/<id>/download.<ending>` and their description."""

import json
from threading import BoundedSemaphore

from flask import Blueprint, Response, request
from werkzeug.wsgi import FileWrapper

from services.catalogue.model import Download
from services.container import services
from services.errors import BusyError

BUFFER = 64 * 1024
AT_ONCE = 2
"""Files that one process makes at a time: a large one takes half a minute (measured), and the
threads that are left must show the situation."""
PATIENCE_S = 5.0


def downloads_blueprint() -> Blueprint:
    """Serve files and descriptions."""
    blueprint = Blueprint("downloads", __name__, url_prefix="/api/v1/datasets")
    places = BoundedSemaphore(AT_ONCE)

    @blueprint.get("/<dataset_id>/download.<ending>")
    def download(dataset_id: str, ending: str) -> Response:
        if not places.acquire(timeout=PATIENCE_S):
            raise BusyError
        try:
            found = services().catalogue.download(dataset_id, ending, request.args.to_dict())
        finally:
            places.release()
        return _file(found)

    @blueprint.get("/<dataset_id>/metadata.json")
    def metadata(dataset_id: str) -> Response:
        found = services().catalogue.metadata(dataset_id, request.args.to_dict())
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
