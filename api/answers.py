"""Answers of the API: plain JSON with a strong ETag, 304 where nothing changed, paging links."""

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, abort, request

TAG_LENGTH = 32
NOT_ACCEPTABLE = 406
JSON = "application/json"
MAX_AGE_S = 10


def answered(content: object, media_type: str = JSON) -> Response:
    """Return content as JSON."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return tagged(body.encode(), media_type)


def tagged(body: bytes, media_type: str) -> Response:
    """Return a body with its ETag; aborts with 406 when the client does not take the type."""
    wanted = request.accept_mimetypes
    if wanted and not any(wanted.quality(form) for form in (media_type, _plain(media_type))):
        abort(NOT_ACCEPTABLE)
    response = Response(body, content_type=_with_charset(media_type))
    response.set_etag(hashlib.sha256(body).hexdigest()[:TAG_LENGTH])
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    response.make_conditional(request)
    return response


def with_next(response: Response, address: str, query: Mapping[str, str] | None) -> Response:
    """Name the next page in the Link header, if there is one."""
    if query:
        response.headers["Link"] = f'<{address}?{urlencode(query)}>; rel="next"'
    return response


def _plain(media_type: str) -> str:
    """Return the general form of a structured type: GeoJSON is JSON, CAP is XML."""
    _, plus, suffix = media_type.partition("+")
    return f"application/{suffix}" if plus else media_type


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.endswith("xml") else media_type
