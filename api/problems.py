"""Refusals and faults below /api/v1 as RFC 9457 problems, German, without anything internal."""

import json
from http import HTTPStatus

import dash
from flask import Flask, Response, redirect, request
from flask_limiter import RateLimitExceeded
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from components import urls
from services.errors import (
    BadParameterError,
    CockpitError,
    NoRunError,
    StoreUnavailableError,
    UnknownDatasetError,
    UnknownGaugeError,
    UnknownPlaceError,
    UnknownResourceError,
    UnknownRunError,
)
from services.journal.errors import PhotoRefusedError, UnknownEntryError
from services.local_time import UnclearTimeError
from services.people.errors import NotAllowedError, NotSignedInError
from services.validation import reasons

BASE = "/api/v1"
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 30
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, UNAVAILABLE = 400, 401, 403, 404, 503
SEE_OTHER = 303
STATUS: dict[type[CockpitError], int] = {
    BadParameterError: BAD_REQUEST,
    UnknownDatasetError: NOT_FOUND,
    UnknownGaugeError: NOT_FOUND,
    UnknownPlaceError: NOT_FOUND,
    UnknownResourceError: NOT_FOUND,
    UnknownRunError: NOT_FOUND,
    NoRunError: NOT_FOUND,
    StoreUnavailableError: UNAVAILABLE,
    UnclearTimeError: BAD_REQUEST,
    UnknownEntryError: NOT_FOUND,
    PhotoRefusedError: BAD_REQUEST,
    NotSignedInError: UNAUTHORIZED,
    NotAllowedError: FORBIDDEN,
}
TITLES = {
    400: ("Ungültige Anfrage", "Die Anfrage wird nicht verstanden."),
    401: ("Anmeldung nötig", NotSignedInError.user_message),
    403: ("Nicht erlaubt", NotAllowedError.user_message),
    404: ("Nicht gefunden", f"Unter dieser Adresse gibt es nichts. Was es gibt: {BASE}/docs."),
    405: (
        "Methode nicht erlaubt",
        "Diese Adresse nimmt diese Methode nicht; gelesen wird mit GET.",
    ),
    406: ("Form nicht vorhanden", "Die verlangte Form (Accept) gibt es hier nicht."),
    413: ("Anfrage zu groß", "Die Anfrage ist größer als erlaubt."),
    415: ("Falscher Inhaltstyp", "Der Inhaltstyp der Anfrage wird nicht angenommen."),
    429: ("Zu viele Anfragen", "Die Grenze der Anfragen je Minute ist erreicht. Bitte warten."),
    500: ("Interner Fehler", "Die Anfrage ist an einem Fehler des Cockpits gescheitert."),
    503: ("Zurzeit nicht verfügbar", "Bitte versuchen Sie es gleich noch einmal."),
}


def handle_problems(server: Flask) -> None:
    """Answer every failure below /api/v1 with a problem; elsewhere nothing changes."""

    @server.errorhandler(HTTPException)
    def http_failure(error: HTTPException) -> BaseResponse | HTTPException:
        if isinstance(error.response, BaseResponse):
            return error.response
        if not request.path.startswith(f"{BASE}/"):
            return error
        code = error.code or int(HTTPStatus.INTERNAL_SERVER_ERROR)
        if code < BAD_REQUEST:
            return error
        limited = isinstance(error, RateLimitExceeded)
        answer = problem(code, str(error.description) if limited else "")
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                answer.headers[name] = value
        return answer

    @server.errorhandler(CockpitError)
    def expected_failure(error: CockpitError) -> Response:
        return problem(STATUS.get(type(error), UNAVAILABLE), error.user_message)

    server.register_error_handler(NotSignedInError, _not_signed_in)


def _not_signed_in(error: NotSignedInError) -> BaseResponse:
    """Lead a person who follows a link to the sign-in; a script gets the problem, not a page."""
    if request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate":
        return redirect(urls.sign_in_url(_page_of(request.path)), SEE_OTHER)
    return problem(UNAUTHORIZED, error.user_message)


def _page_of(path: str) -> str:
    """Return the page that a file hangs on: a file itself would leave the sign-in on the screen."""
    pages = {page["path"] for page in dash.page_registry.values()}
    while path and path not in pages:
        path = path.rpartition("/")[0]
    return path or urls.HOME


def invalid_request(error: ValidationError) -> Response:
    """Say which parameters are impossible and why."""
    return problem(BAD_REQUEST, "; ".join(reasons(error)))


def problem(status: int, detail: str = "", **more: str) -> Response:
    """Return a problem document; `more` are members of its own kind."""
    title, default = TITLES.get(status, (HTTPStatus(status).phrase, "Die Anfrage schlug fehl."))
    content = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or default,
        **more,
    }
    body = json.dumps(content, ensure_ascii=False)
    answer = Response(body, status=status, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    if status == UNAVAILABLE:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer
