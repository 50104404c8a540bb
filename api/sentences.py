"""A refusal as an answer: one German sentence as plain text."""

from flask import Response

from services.errors import CockpitError


def refused(error: CockpitError, status: int) -> Response:
    """Return the sentence of an expected failure under a status."""
    return Response(
        f"{error.user_message}\n", status=status, content_type="text/plain; charset=utf-8"
    )
