"""Tells the worker that a person has been served: it then tries the official boundaries once."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response


def watch_first_page(server: Flask, marker: Path) -> Callable[[], None]:
    """Touch `marker` after the first page; returns what arms it, once the warm-up is over."""
    waiting: set[str] = set()

    @server.after_request
    def touch(response: Response) -> Response:
        is_page = response.status_code == HTTPStatus.OK and response.mimetype == "text/html"
        if waiting and is_page:
            waiting.clear()
            marker.touch()
        return response

    return lambda: waiting.add("page")
