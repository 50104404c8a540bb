"""Who may ask how often, from where: rate limit per client, CORS for reads, trusted proxies."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from flask_cors import CORS
from flask_limiter import ApplicationLimit, Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from api.problems import BASE
from services.api_views.costs import files_a_minute

READS = ["GET", "HEAD", "OPTIONS"]
EXPOSED = ["ETag", "Link", "Retry-After"]
COSTLY = ("downloads.download",)
OWN_SCREENS = (f"{BASE}/status", f"{BASE}/boundaries.geojson")
"""What our own screens ask for again and again; a whole town hall may share one address."""


def limit_clients(server: Flask, per_minute: int, storage: str) -> None:
    """Allow a client so many reads a minute; messages of devices are never limited.

    Without its storage (Redis) each process counts for itself: an outage locks nobody out.
    """
    _keep_for_refusals(server)
    limiter = Limiter(
        get_remote_address,
        app=server,
        application_limits=[
            ApplicationLimit(
                f"{per_minute} per minute", error_message=_words(per_minute, "Anfragen")
            )
        ],
        storage_uri=storage,
        headers_enabled=True,
        strategy="fixed-window",
        in_memory_fallback_enabled=True,
        swallow_errors=True,
    )

    most = files_a_minute(per_minute)
    files = limiter.limit(f"{most} per minute", error_message=_words(most, "Dateien"))
    for name in COSTLY:
        if name in server.view_functions:
            limited: Any = files(server.view_functions[name])
            server.view_functions[name] = limited

    @limiter.request_filter
    def is_free() -> bool:
        is_api = request.path.startswith(f"{BASE}/")
        return not is_api or request.method not in READS or request.path in OWN_SCREENS


def _words(most: int, what: str) -> str:
    return f"Die Grenze von {most} {what} je Minute ist erreicht. Bitte warten."


def _keep_for_refusals(server: Flask) -> None:
    """Leave `Retry-After` to refusals; the limiter puts it on every answer.

    Called before the limiter comes: of two such functions the earlier one runs last.
    """

    @server.after_request
    def without_retry(response: Response) -> Response:
        if response.status_code < HTTPStatus.BAD_REQUEST:
            response.headers.pop("Retry-After", None)
        return response


def allow_reads_from_anywhere(server: Flask) -> None:
    """Let scripts of other sites read the API: it knows no cookies and no log-in."""
    CORS(
        server,
        resources={rf"{BASE}/.*": {"origins": "*"}},
        methods=READS,
        send_wildcard=True,
        expose_headers=EXPOSED,
        max_age=3600,
    )


def trust_proxies(server: Flask, count: int) -> None:
    """Take the client's address from so many proxies in front; with none, nobody can forge it."""
    if count:
        fixed = ProxyFix(server.wsgi_app, x_for=count, x_proto=count, x_host=count)
        server.wsgi_app = fixed  # type: ignore[method-assign]  # as Flask documents it
