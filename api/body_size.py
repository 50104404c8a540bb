"""How large a request may be: nothing beyond it is read into memory, and the answer says so."""

import sys
from math import ceil

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from api.problems import BASE, problem

TOO_LARGE = 413
BYTES_PER_MB = 1_000_000
BESIDE_THE_FILE_BYTES = 1_000_000
"""What Dash sends beside the text of a file: ids, names, the other fields of a page (estimate)."""

OWN_BOUND = frozenset({"uplinks.take_uplink", "ngsi-ld.take_notification"})
"""Webhooks read no more than their own, smaller bound, and keep the beginning of what is larger."""


def most_body_bytes(largest_file: int) -> int:
    """Return the size of a request in which Dash sends a file as base64: 4 bytes for each 3."""
    return 4 * ceil(largest_file / 3) + BESIDE_THE_FILE_BYTES


def limit_bodies(server: Flask, largest_file: int) -> None:
    """Refuse requests that are larger than one with the largest file in bytes that a page takes.

    A chunked body, whose size nobody announces, is read no further than that.
    """
    most = most_body_bytes(largest_file)
    server.config["MAX_CONTENT_LENGTH"] = most

    @server.before_request
    def refuse_announced() -> Response | None:
        if request.endpoint in OWN_BOUND:
            request.max_content_length = sys.maxsize  # None would mean the server's
            return None
        return _refused(largest_file) if (request.content_length or 0) > most else None

    @server.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> Response:
        return _refused(largest_file)


def _refused(largest_file: int) -> Response:
    if request.path.startswith(f"{BASE}/"):
        return problem(TOO_LARGE)
    words = (
        f"Die Anfrage ist zu groß: Eine Datei darf höchstens {largest_file // BYTES_PER_MB} MB "
        "haben. Größere Tabellen liest auf dem Rechner des Cockpits das Verb "
        "./cockpit import table ein.\n"
    )
    answer = Response(words, status=TOO_LARGE, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
