"""Headers of every answer: strict content policy by hashes, no sniffing, no referrer."""

from collections.abc import Callable, Sequence

from flask import Flask, Response


def protect(server: Flask, inline_hashes: Callable[[], Sequence[str]]) -> None:
    """Add the headers after each request.

    The hashes of Dash's inline scripts are known only after its first request has registered
    them; they are asked for at the first answer that is a document, and kept.
    """
    policies: dict[str, str] = {}

    @server.after_request
    def add_headers(response: Response) -> Response:
        if response.mimetype == "text/html":
            if "html" not in policies:
                policies["html"] = content_policy(inline_hashes())
            response.headers["Content-Security-Policy"] = policies["html"]
            response.headers["Cache-Control"] = "no-cache"
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=()"
        )
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response


def content_policy(hashes: Sequence[str]) -> str:
    """Write the policy: only our own files; styles may be inline, scripts only by hash."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(hashes)}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "connect-src 'self' data:",
            "worker-src 'self' blob:",
            "font-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )
