"""Who may ask how often, from where: rate limit per client, CORS for reads, trusted proxies."""

from typing import Any

from flask import Flask, request
from flask_cors import CORS
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from api.problems import BASE

READS = ["GET", "HEAD", "OPTIONS"]
EXPOSED = ["ETag", "Link", "Retry-After"]
COSTLY = ("downloads.download",)
FILE_COSTS = 20
"""A file of a data set counts as so many reads: making one may take half a minute of a core
(estimate)."""
OWN_SCREENS = (f"{BASE}/status", f"{BASE}/boundaries.geojson")
"""What our own screens ask for again and again; a whole town hall may share one address."""


def limit_clients(server: Flask, per_minute: int, storage: str) -> None:
    """Allow a client so many reads a minute; messages of devices are never limited.

    Without its storage (Redis) each process counts for itself: an outage locks nobody out.
    """
    limiter = Limiter(
        get_remote_address,
        app=server,
        application_limits=[f"{per_minute} per minute"],
        storage_uri=storage,
        headers_enabled=True,
        strategy="fixed-window",
        in_memory_fallback_enabled=True,
        swallow_errors=True,
    )

    files = limiter.limit(f"{max(per_minute // FILE_COSTS, 1)} per minute")
    for name in COSTLY:
        if name in server.view_functions:
            limited: Any = files(server.view_functions[name])
            server.view_functions[name] = limited

    @limiter.request_filter
    def is_free() -> bool:
        is_api = request.path.startswith(f"{BASE}/")
        return not is_api or request.method not in READS or request.path in OWN_SCREENS


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
