"""Answers of the API: plain JSON with a strong ETag, 304 where nothing changed, paging links."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, abort, request

TAG_LENGTH = 32
NOT_ACCEPTABLE = 406
JSON = "application/json"
MAX_AGE_S = 10


@dataclass(frozen=True, slots=True)
class Body:
    """An answer before the client's conditions are looked at: content, type, tag, next page."""

    content: bytes
    media_type: str
    tag: str
    link: str = ""


def body_of(content: object, media_type: str = JSON, link: str = "") -> Body:
    """Return content as JSON; `link` is the value of the Link header."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _body(text.encode(), media_type, link)


def answered(content: object, media_type: str = JSON, link: str = "") -> Response:
    """Answer with content as JSON."""
    return finished(body_of(content, media_type, link))


def tagged(content: bytes, media_type: str) -> Response:
    """Answer with finished bytes."""
    return finished(_body(content, media_type, ""))


def finished(body: Body) -> Response:
    """Return the answer with its ETag; aborts with 406 when the client does not take the type."""
    wanted, media_type = request.accept_mimetypes, body.media_type
    if wanted and not any(wanted.quality(form) for form in (media_type, _plain(media_type))):
        abort(NOT_ACCEPTABLE)
    response = Response(body.content, content_type=_with_charset(media_type))
    response.set_etag(body.tag)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    if body.link:
        response.headers["Link"] = body.link
    response.make_conditional(request)
    return response


def next_link(address: str, query: Mapping[str, str] | None) -> str:
    """Return the Link header that names the next page, "" at the end."""
    return f'<{address}?{urlencode(query)}>; rel="next"' if query else ""


def _body(content: bytes, media_type: str, link: str) -> Body:
    return Body(content, media_type, hashlib.sha256(content).hexdigest()[:TAG_LENGTH], link)


def _plain(media_type: str) -> str:
    """Return the general form of a structured type: GeoJSON is JSON, CAP is XML."""
    _, plus, suffix = media_type.partition("+")
    return f"application/{suffix}" if plus else media_type


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.endswith("xml") else media_type
